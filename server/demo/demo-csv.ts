// A demo journal as the CSV file that an import reads: one row a line, rows of one reference are one entry.
import { decimalText } from '#ledger/domain/money.ts';
import type { DemoEntry, DemoLine } from './draft-ledger.ts';
import { countedUnder } from './trading-details.ts';

const HEADER =
  'date,reference,kind,description,account,debit,credit,memo,party,invoice,due,tax code,tax part,dimension:channel,dimension:centre\n';
const PLAIN_HEADER = 'date,reference,kind,description,account,debit,credit,memo\n';
const ROWS_PER_CHUNK = 2_000;

const cell = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The file in pieces, as an upload would bring it. @param exponent decimals of the currency @param parties their codes */
export async function* demoCsv(
  entries: readonly DemoEntry[],
  exponent: number,
  parties: ReadonlyMap<string, string>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const withDetails = parties.size > 0;
  let rows = [withDetails ? HEADER : PLAIN_HEADER];
  for (const entry of entries) {
    const start = [entry.date, entry.reference, entry.kind, entry.description].map(cell).join(',');
    for (const line of entry.lines) {
      const amount = decimalText(line.amount < 0n ? -line.amount : line.amount, exponent);
      const columns = line.amount < 0n ? `,${amount}` : `${amount},`;
      rows.push(
        `${start},${line.account},${columns},${cell(line.memo)}${withDetails ? detailCells(line, parties) : ''}\n`,
      );
    }
    if (rows.length < ROWS_PER_CHUNK) continue;
    yield encoder.encode(rows.join(''));
    rows = [];
  }
  yield encoder.encode(rows.join(''));
}

function detailCells(
  { account, details = {} }: DemoLine,
  parties: ReadonlyMap<string, string>,
): string {
  const { document = '', due = '', party, tax = ['', ''] } = details;
  const { centre, channel } = countedUnder(account, details);
  const code = party === undefined ? '' : (parties.get(party) ?? '');
  return ['', code, document, due, ...tax, channel, centre].join(',');
}
