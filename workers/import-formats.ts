// The readers of the formats that an import may have.
import { readBeancount } from '#ledger/formats/beancount.ts';
import { readCsv } from '#ledger/formats/csv.ts';
import { readHledger, readLedger } from '#ledger/formats/journal.ts';
import { readSaft } from '#ledger/formats/saft.ts';
import type { FormatReader } from '#ledger/formats/source-item.ts';

export const FORMATS = {
  csv: readCsv,
  hledger: readHledger,
  ledger: readLedger,
  beancount: readBeancount,
  saft: readSaft,
} as const satisfies Record<string, FormatReader>;
