// A report as CSV for spreadsheets: UTF-8 with a byte order mark (Excel needs it), comma, CRLF, amounts as plain
// decimals. Words that a spreadsheet would run as a formula get an apostrophe in front; amounts are ours and stay.
import type { ReportColumn, ReportRow } from '#reports/catalogue/report.ts';
import type { ReportSource } from './report-source.ts';

export const CSV_TEMPLATE = 1;

const FORMULA = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|]/u;
/** Begins like no formula and has nothing to quote: nearly every cell. */
const HARMLESS = /^[A-Za-z0-9][^",;\r\n\t']*$/;
const PLAIN_AMOUNT = /^-?\d+(\.\d+)?$/;

/** A cell's text that no spreadsheet takes for a formula, quoted where needed. */
export function csvCell(text: string): string {
  if (text === '' || HARMLESS.test(text)) return text;
  const harmless = FORMULA.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",;\r\n\t']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The lines of the file in pieces, a batch of rows each. */
export async function* writeCsv(source: ReportSource): AsyncIterable<Uint8Array> {
  const { columns } = source.body;
  const heads = [
    'kind',
    'level',
    'account',
    'path',
    'name',
    ...columns.map((column) => column.label),
  ];
  yield Buffer.from(`\ufeff${heads.map(csvCell).join(',')}\r\n`);
  for await (const batch of source.rows()) {
    if (batch.length > 0) yield Buffer.from(batch.map((row) => csvLine(row, columns)).join(''));
  }
}

function csvLine(row: ReportRow, columns: readonly ReportColumn[]): string {
  const { kind, level, account, path, name } = row;
  let line = `${kind},${level},${csvCell(account ?? '')},${csvCell(path ?? '')},${csvCell(name)}`;
  for (const column of columns) {
    const value = row.values[column.key] ?? '';
    const plain = column.kind === 'amount' && PLAIN_AMOUNT.test(value);
    line += `,${plain ? value : csvCell(value)}`;
  }
  return `${line}\r\n`;
}
