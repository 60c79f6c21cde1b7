// The readers of the formats that an import may have.
import { readCsv } from '#ledger/formats/csv.ts';
import type { FormatReader } from '#ledger/formats/source-item.ts';

export const FORMATS = {
  csv: readCsv,
} as const satisfies Record<string, FormatReader>;
