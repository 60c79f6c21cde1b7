// The readers of the formats that an import may have.
import { readCsv } from '#ledger/formats/csv.ts';
import { readHledger, readLedger } from '#ledger/formats/journal.ts';
import type { FormatReader } from '#ledger/formats/source-item.ts';

export const FORMATS = {
  csv: readCsv,
  hledger: readHledger,
  ledger: readLedger,
} as const satisfies Record<string, FormatReader>;
