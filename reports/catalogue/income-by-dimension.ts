// The income statement of a period with the values of each dimension across. A column is a value that is no part of
// another, its parts counted in it (Result by dimension shows them apart); then comes what names no value, and last the
// total, to which every dimension adds up. There is room for twelve columns beside the total, as for the months of a year,
// shared out evenly among the dimensions: of one with more values, those with the largest turnover (income and expenses
// without their signs) keep a column, in the order of their codes, and the others stand together in one, *Other*. The
// year's closing entries are left out.
import type { Account } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import {
  type BookLedger,
  closingNotes,
  type Dimension,
  frame,
  lastMonth,
  net,
  type Stamp,
  within,
} from './book-ledger.ts';
import { incomeBehind, rangeColumn, type StatedColumn, stateIncome } from './income-statement.ts';
import { figureOf, marginSums, mustEqual, sumNamed } from './invariants.ts';
import type { Figure, LinesBehind } from './lines-behind.ts';
import type { ReportBody } from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

const MOST_COLUMNS = 12;
/** The largest value, the others, and what names none. */
const FEWEST_OF_DIMENSION = 3;

export const incomeByDimension: ReportDefinition = {
  name: 'income-by-dimension',
  title: 'Income statement by dimension',
  question: 'Income and expenses by account with cost centres or projects side by side.',
  paged: false,
  periods: EVERY_PERIOD,
  // The note on closing entries is the year's.
  views: { compared: ['total'], budget: true, zeros: true },
  fed: ({ dimensions, table }, { fiscalYear, to }) =>
    dimensions.length === 0 ? 0 : table.positionBetween(monthOf(fiscalYear.from), monthOf(to)),
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'dimensions-add-up-across',
      sentence: 'In every row, the columns of each dimension add up to the total.',
      check({ body, ledger: { dimensions } }) {
        for (const { code } of dimensions) {
          const own = body.columns.filter(({ key }) => key.startsWith(`${code}/`));
          for (const row of body.rows.filter(({ kind }) => kind !== 'heading')) {
            const sum = own.reduce((all, { key }) => all + figureOf(body, row, key), 0n);
            const figure = `${row.name}, columns of ${code} together`;
            mustEqual(body, figure, sum, figureOf(body, row, 'total'));
          }
        }
      },
    },
    {
      name: 'total-is-the-income-statements',
      sentence: 'Its totals are those of the income statement.',
      against: 'income-statement',
      check({ body, ledger: { dimensions }, other: income }) {
        if (dimensions.length === 0) return;
        for (const row of marginSums(body)) {
          const stated = figureOf(income, sumNamed(income, row.name), 'period');
          mustEqual(body, `total of ${row.name}`, figureOf(body, row, 'total'), stated);
        }
      },
    },
  ],
};

function behindLine(figure: Figure): LinesBehind[] | null {
  const { body, book, key, period } = figure;
  const moved = incomeBehind(() => ({ from: monthOf(period.from), to: lastMonth(period) }))(figure);
  if (!moved || key === 'total') return moved && [...moved];
  const [code, kind, value] = key.split('/');
  const dimension = book.dimensions.find((own) => own.code === code);
  if (!dimension) return null;
  const withParts = (counts: (root: string) => boolean) =>
    dimension.values
      .filter((own) => own.parent === null && counts(own.code))
      .flatMap(({ id }) => within(dimension, id));
  const isShown = (root: string) =>
    body.columns.some((column) => column.key === `${code}/value/${root}`);
  const named =
    kind === 'without'
      ? { noneOf: dimension.values.map(({ id }) => id) }
      : { values: withParts((root) => (kind === 'value' ? root === value : !isShown(root))) };
  return moved.map((lines) => ({ ...lines, ...named }));
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const { dimensions } = ledger;
  const range = { from: monthOf(period.from), to: lastMonth(period) };
  const total = rangeColumn(ledger, { key: 'total', label: 'Total', ...range });
  const counted = dimensions.length > 0;
  // Without dimensions nothing that is posted feeds the document, so none of it may show.
  const columns = counted ? [total, ...dimensionColumns(ledger, period, total)] : [NO_TOTAL];
  const stated = stateIncome(ledger, columns);
  return {
    ...frame(ledger, incomeByDimension, period, stamp),
    // The total is what is controlled, and stands last.
    columns: [...stated.columns.slice(1), stated.columns[0]!],
    rows: counted ? stated.rows : [],
    controlTotals: stated.controlTotals,
    notes: [
      ...(counted ? closingNotes(ledger, period) : ['The book has no dimensions.']),
      ...(dimensions.length > 1 ? ['Each dimension adds up to the total by itself.'] : []),
    ],
  };
}

const NO_TOTAL: StatedColumn = { key: 'total', label: 'Total', net: () => 0n };

/** A value that is no part of another, with all its parts. */
interface Root extends StatedColumn {
  readonly turnover: bigint;
}

function dimensionColumns(ledger: BookLedger, period: Period, total: StatedColumn): StatedColumn[] {
  const found = ledger.dimensions.map((dimension) => ({
    dimension,
    roots: rootsOf(ledger, dimension, period),
  }));
  const room = new Map<Dimension, number>();
  let [left, waiting] = [MOST_COLUMNS, found.length];
  // Who needs little leaves the more to the others.
  for (const { dimension, roots } of found.toSorted((a, b) => a.roots.length - b.roots.length)) {
    const share = Math.max(FEWEST_OF_DIMENSION, Math.floor(left / waiting--));
    const own = roots.length + 1 > share ? share : roots.length + 1;
    room.set(dimension, own);
    left -= own;
  }
  return found.flatMap(({ dimension, roots }) => {
    const { code } = dimension;
    const shown = largest(roots, room.get(dimension)! - 1);
    const others = roots.filter((root) => !shown.includes(root));
    const other = {
      ...{ key: `${code}/other`, label: `Other ${code}` },
      net: (account: Account) => sumOf(others, account),
    };
    const without = {
      ...{ key: `${code}/without`, label: `Without ${code}` },
      net: (account: Account) => total.net(account) - sumOf(roots, account),
    };
    return [...shown, ...(others.length > 0 ? [other] : []), without];
  });
}

/** As many as have room; where not all do, one place less, for the others. */
function largest(roots: readonly Root[], room: number): readonly Root[] {
  if (roots.length <= room) return roots;
  const byTurnover = roots.toSorted((a, b) =>
    a.turnover === b.turnover ? 0 : a.turnover < b.turnover ? 1 : -1,
  );
  const kept = new Set(byTurnover.slice(0, room - 1));
  return roots.filter((root) => kept.has(root));
}

const sumOf = (columns: readonly StatedColumn[], account: Account): bigint =>
  columns.reduce((sum, { net: of }) => sum + of(account), 0n);

/** Those that anything moved in the period, in the order of their codes. */
function rootsOf({ accounts, details }: BookLedger, dimension: Dimension, period: Period): Root[] {
  const { code, values } = dimension;
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  return values
    .filter(({ parent }) => parent === null)
    .map((value) => {
      const ids = within(dimension, value.id);
      const figures = new Map(
        accounts
          .filter(({ type }) => type === 'income' || type === 'expense')
          .map(({ id: account }) => {
            const moved = (of: number) =>
              net(details.between('dimension', of, account, from, until, 'without-closing'));
            return [account, ids.reduce((sum, id) => sum + moved(id), 0n)];
          }),
      );
      return {
        ...{ key: `${code}/value/${value.code}`, label: value.name },
        net: ({ id }: Account) => figures.get(id) ?? 0n,
        turnover: [...figures.values()].reduce((sum, own) => sum + (own < 0n ? -own : own), 0n),
      };
    })
    .filter(({ turnover }) => turnover !== 0n);
}
