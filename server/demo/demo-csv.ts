// A demo journal as the CSV file that an import reads: one row a line, rows of one reference are one entry.
import { decimalText } from '#ledger/domain/money.ts';
import type { DemoEntry } from './draft-ledger.ts';

const HEADER = 'date,reference,kind,description,account,debit,credit,memo\n';
const ROWS_PER_CHUNK = 2_000;

const cell = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The file in pieces, as an upload would bring it. @param exponent decimals of the currency. */
export async function* demoCsv(
  entries: readonly DemoEntry[],
  exponent: number,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let rows = [HEADER];
  for (const entry of entries) {
    const start = [entry.date, entry.reference, entry.kind, entry.description].map(cell).join(',');
    for (const line of entry.lines) {
      const amount = decimalText(line.amount < 0n ? -line.amount : line.amount, exponent);
      const columns = line.amount < 0n ? `,${amount}` : `${amount},`;
      rows.push(`${start},${line.account},${columns},${cell(line.memo)}\n`);
    }
    if (rows.length < ROWS_PER_CHUNK) continue;
    yield encoder.encode(rows.join(''));
    rows = [];
  }
  yield encoder.encode(rows.join(''));
}
