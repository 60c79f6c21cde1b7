// LibreOffice opens the workbook of every report, computes its formulas anew and comes to the figures of the document. The
// values that are kept beside formulas are damaged first: what it shows can't have been read from these.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { REPORT_LIST } from '#reports/catalogue/registry.ts';
import { ACCOUNTS, ENTRIES } from '../reports/two-years.ts';
import { Book } from '../reports/written-book.ts';
import { noLibreOffice, opened } from './libre-office.ts';
import { formatOf, readXlsx } from './read-xlsx.ts';
import { ofBook, written } from './xlsx-sources.ts';

const BOOK = new Book({
  ...{ accounts: ACCOUNTS, entries: ENTRIES },
  controls: { 1100: 'receivables', 2000: 'payables' },
  cashFlow: { 1000: 'cash' },
});

/** With all values beside formulas replaced by a cent. */
function damaged(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes);
  for (const [path, content] of Object.entries(files)) {
    if (!path.startsWith('xl/worksheets/')) continue;
    const xml = strFromU8(content).replace(/(<\/f><v>)[^<]*/g, '$10.01');
    files[path] = strToU8(xml);
  }
  return zipSync(files);
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** `1234.50` and `1234.5` are one number. */
const plain = (digits: string): string =>
  digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;

test.skipIf(noLibreOffice)(
  'every formula comes to its figure, every other cell says what was written',
  async () => {
    const workbooks = new Map<string, Buffer>();
    for (const { name, periods } of REPORT_LIST) {
      for (const kind of periods) {
        const key = { month: '2025-02', quarter: '2025-Q1', year: '2025' }[kind];
        workbooks.set(`${name}-${key}`, await written(ofBook(BOOK, name, key)));
      }
    }
    const shown = await opened([...workbooks].map(([name, bytes]) => [name, damaged(bytes)]));
    let formulas = 0;
    for (const [name, bytes] of workbooks) {
      const workbook = readXlsx(bytes);
      for (const sheet of workbook.sheets) {
        const rows = shown.get(`${name}-${sheet.name}`)!;
        for (const [place, cell] of sheet.cells) {
          const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(place)!;
          if (/yy/.test(formatOf(workbook, cell) ?? '')) continue;
          const value = cell.isText ? cell.value : plain(cell.value);
          expect([name, place, rows[+row! - 1]?.[columnOf(letters!)]]).toEqual([
            name,
            place,
            value,
          ]);
          if (cell.formula) formulas++;
        }
      }
    }
    expect(formulas).toBeGreaterThan(500);
  },
  240_000,
);
