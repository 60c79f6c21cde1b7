// What holds of every book: the dashboards of values come to the company's, those of groups too, and each says what the
// company's says of it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { BOTH, checked, detail, viewIn } from './dashboard-only-book.ts';
import { periodsOf, writtenBook } from './made-up-books.ts';
import { Book } from './written-book.ts';

/** Of a book made up: some lines of results name a value, of two dimensions. */
const detailed = fc
  .tuple(
    writtenBook,
    fc.array(
      fc.record({
        of: fc.integer({ min: 1, max: 7 }),
        account: fc.integer({ min: 6, max: 9 }),
        month: fc.constantFrom('2024-06', '2025-01', '2025-12', '2026-02'),
        signed: fc.bigInt({ min: -9_999n, max: 9_999n }),
      }),
      { maxLength: 20 },
    ),
  )
  .map(([written, details]) => {
    const values = (first: number) => [
      { id: first, code: 'A', name: 'Result', parent: null },
      { id: first + 1, code: 'A-1', name: 'Income', parent: first },
      { id: first + 2, code: 'B', name: 'B', parent: null },
    ];
    return new Book({
      ...written,
      dimensions: [
        { code: 'centre', name: 'Expenses', values: values(1) },
        { code: 'p', name: 'Project', values: values(4) },
      ],
      details: details.map(({ account, month, of, signed }) => detail(of, account, month, signed)),
    });
  });

const digits = (text: string | undefined) => BigInt((text ?? '0').replace('.', ''));
const plus = (sums: readonly (readonly bigint[])[]) =>
  (sums[0] ?? []).map((_, at) => sums.reduce((all, sum) => all + sum[at]!, 0n));

/** Income and expenses in each column. */
function sumsIn(body: ReportBody): bigint[] {
  const sum = (name: string) => body.rows.find((row) => row.level === 0 && row.name === name);
  const [income, expenses] = [sum('Total income'), sum('Total expenses')];
  return body.columns.flatMap(({ key }) => [
    digits(income?.values[key]),
    digits(expenses?.values[key]),
  ]);
}

it('values and what names none come to the company; groups too; and both say what the dashboard says, in every book', () => {
  fc.assert(
    fc.property(detailed, fc.nat(), (book, seed) => {
      const periods = periodsOf(book);
      const { key } = periods[seed % periods.length]!;
      const dashboard = book.report('dashboard', key);
      for (const code of ['centre', 'p']) {
        const views = ['A', 'B', ''].map((own) => viewIn(book, { value: `${code}/${own}` }, key));
        expect(plus(views.map(sumsIn))).toEqual(sumsIn(dashboard));
        for (const view of views) expect(checked(book, view)).toEqual(BOTH);
      }
      const groups = ['Sales', 'Interest', 'Rent', 'Wages'];
      const ofCompany = groups.map((group) => viewIn(book, { group }, key));
      const sums = ofCompany.map(({ controlTotals: { credit, debit } }) =>
        [credit, debit].map(digits),
      );
      const { credit, debit } = dashboard.controlTotals;
      expect(plus(sums)).toEqual([credit, debit].map(digits));
      const inValues = groups.map((group, at) =>
        viewIn(book, { value: `centre/${['A', 'A-1', 'B', ''][at]}`, group }, key),
      );
      for (const view of [...ofCompany, ...inValues]) expect(checked(book, view)).toEqual(BOTH);
    }),
    { numRuns: 60 },
  );
});
