// The rows of a CSV file are those that csv-parse finds in it, line by line, however the text is cut into pieces.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvFault, type CsvRow, csvRows } from '#ledger/formats/csv-rows.ts';

async function rowsIn(pieces: readonly string[], delimiter = ','): Promise<CsvRow[] | number> {
  async function* text() {
    yield* pieces;
  }
  const rows: CsvRow[] = [];
  try {
    for await (const block of csvRows(text(), delimiter)) rows.push(...block);
    return rows;
  } catch (fault) {
    if (fault instanceof CsvFault) return fault.line;
    throw fault;
  }
}

const byLibrary = (text: string): CsvRow[] =>
  (
    parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
  ).map(({ info, record }) => ({ line: info.lines, cells: record }));

const cutAt = (text: string, places: readonly number[]): string[] => {
  const cuts = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...cuts].map((from, nth) => text.slice(from, cuts[nth] ?? text.length));
};

const PLAIN = fc.stringMatching(/^[a-z0-9 .é€]{0,12}$/);
const QUOTED = fc.stringMatching(/^[a-z ,\n]{0,12}$/).map((text) => `"${text}""x"`);
const cellsOf = (cell: fc.Arbitrary<string>) => fc.array(cell, { minLength: 1, maxLength: 4 });

test.each([
  ['plain cells', PLAIN],
  ['plain and quoted cells', fc.oneof(PLAIN, PLAIN, QUOTED)],
])('%s, cut anywhere, with either end of line', async (_, cell) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(cellsOf(cell), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.array(fc.nat(), { maxLength: 6 }),
      async (table, end, closed, places) => {
        const text = table.map((cells) => cells.join(',')).join(end) + (closed ? end : '');
        expect(await rowsIn(cutAt(text, places))).toEqual(byLibrary(text));
      },
    ),
    { numRuns: 500 },
  );
});

test('lines that end with a carriage return alone are lines', async () => {
  const text = 'date,account\r2026-01-01,1000\r2026-01-02,2000\r';
  expect(await rowsIn(cutAt(text, [5, 13, 20]))).toEqual(byLibrary(text));
});

test('a mark of the byte order is no part of the first name', async () => {
  expect(await rowsIn(['\ufeffdate,account\n'])).toEqual([{ line: 1, cells: ['date', 'account'] }]);
});

test('a quote inside a cell and one that never closes are faults with their line', async () => {
  expect(await rowsIn(['a,b\nc,d\n', 'e,5" pipe\nf,g\n'])).toBe(3);
  expect(await rowsIn(['a,b\nc,"d\n', 'e,f\n'])).toBe(2);
  expect(await rowsIn(['a,b\nc,"d\n', ...Array<string>(20).fill('x'.repeat(100_000))])).toBe(2);
});
