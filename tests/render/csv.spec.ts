// CSV for spreadsheets: what begins like a formula is made harmless, amounts stay numbers.
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csvCell, writeCsv } from '#reports/render/csv.ts';
import { trialBalance } from '../delivery/sample-reports.ts';

test.each([
  ['=1+1', `"'=1+1"`],
  ['+cmd', `"'+cmd"`],
  ['-2+3', `"'-2+3"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['  =1', `"'  =1"`],
  ['＝1', `"'＝1"`],
  ['Plain', 'Plain'],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
])('%j is written as %s', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test('a report reads back with its amounts, and its formula is words', async () => {
  const body = trialBalance(1);
  const pieces: Uint8Array[] = [];
  for await (const piece of writeCsv({
    body,
    digest: 'x',
    rows: async function* () {
      yield body.rows;
    },
  })) {
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString('utf8');
  expect(text.startsWith('\ufeffkind,level,account,path,name,Opening debit')).toBe(true);
  const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  expect(rows.find((row) => row.account === '1010')!['Opening credit']).toBe('-12.00');
  expect(rows.find((row) => row.account === '1020')!.name).toBe(
    '\'=HYPERLINK("http://example.org")',
  );
});
