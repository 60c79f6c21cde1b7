// A report compared with itself: of the same ledger computed for several periods, or of the ledger and of what was planned, its
// figures stand in one table, with the change and per cent between the first two. A row that one of them hasn't is nothing
// there. It is a document like others: computed by the worker, kept current, by ID.
import { monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, type Stamp } from './book-ledger.ts';
import { mustEqual } from './invariants.ts';
import type { BehindFigures, Figure, LinesBehind } from './lines-behind.ts';
import { plannedLedger, plannedPosition, unplannedNotes } from './planned-ledger.ts';
import { lineCount, type ReportBody, type ReportRow } from './report.ts';
import type { Checked, Invariant, LinesIndex, ReportDefinition } from './report-definition.ts';
import { type Compared, figureOf, type Side, sideBySide, withoutZeros } from './side-by-side.ts';
import { periodsOfView, type View, viewName, viewWords } from './view.ts';

/** Name of the invariant that all comparatives share. */
export const AGREES_WITH_REPORT = {
  name: 'comparatives-are-their-reports',
  sentence:
    'Where a report stands beside other periods or the budget, its first column is the report’s own.',
};

/** Name of the invariant that reports beside the budget share. */
export const AGREES_WITH_BUDGET = {
  name: 'planned-comparatives-are-the-budgets',
  sentence:
    'Where a report stands beside the budget, what is planned in it is what the budget report plans.',
};

/** The definition of a view of a report. */
export function viewedReport(base: ReportDefinition, view: View): ReportDefinition {
  const periods = ({ facts }: BookLedger, period: Period) =>
    periodsOfView(facts.calendar, period, view);
  const { behind: _, ...plain } = base;
  const viewed = {
    ...plain,
    name: viewName(base.name, view),
    title: base.title + viewWords(view),
    // What stands beside other periods is no list.
    paged: base.paged && !view.compare,
  };
  const { name, title } = viewed;
  const behind = behindView(base, view);
  return {
    ...viewed,
    ...(behind && { behind }),
    fed: (ledger, period) =>
      periods(ledger, period).reduce(
        (last, own) => Math.max(last, base.fed(ledger, own)),
        view.budget ? plannedPosition(ledger, period.fiscalYear) : 0,
      ),
    compute(ledger, period, stamp, lines) {
      // With all accounts, so that those of all periods have the same sections.
      const whole: BookLedger = {
        ...(view.closing ? countingClosings(ledger) : ledger),
        zeros: true,
      };
      const compute = (of: BookLedger) => base.compute(of, period, stamp, lines);
      const stated = view.budget
        ? besideBudget(base, compute, whole, period, stamp)
        : view.compare
          ? sideBySide(
              bodiesOf(base, whole, periods(ledger, period), stamp, lines).map(sideOf),
              base.views!.compared!,
              'Change',
            )
          : compute(whole);
      const rows = view.zeros || !base.views?.zeros ? stated.rows : withoutZeros(stated.rows);
      const controlTotals = { ...stated.controlTotals, rows: lineCount(rows) };
      const notes = view.closing ? [...stated.notes, POST_CLOSING] : stated.notes;
      return { ...stated, report: name, title, rows, controlTotals, notes };
    },
    invariants: invariantsOf(base, view),
  };
}

function invariantsOf(base: ReportDefinition, view: View): readonly Invariant[] {
  const own: Invariant = {
    ...{ ...AGREES_WITH_REPORT, against: base.name },
    check: (checked) => agrees(base, checked),
  };
  if (view.budget)
    return [
      own,
      {
        ...AGREES_WITH_BUDGET,
        against: 'budget',
        check: (checked) => agreesWithBudget(base, checked),
      },
    ];
  if (view.compare) return [own];
  return base.invariants.filter(({ afterClosing }) => view.closing && afterClosing);
}

const POST_CLOSING = 'Closing entries of the year are counted.';

/** The ledger for reports that leave closing entries out, with these among the others. */
function countingClosings(ledger: BookLedger): BookLedger {
  const { table } = ledger;
  return {
    ...ledger,
    table: {
      ...table,
      between: (account, from, until) => table.between(account, from, until, 'all'),
      hasClosing: () => false,
    },
  };
}

/** @returns undefined where its figures lead nowhere: the report's don't, or what is compared is reckoned from others */
function behindView(base: ReportDefinition, view: View): BehindFigures | undefined {
  const { beside, behind } = base;
  if (!view.compare && !view.budget) return view.closing && behind ? behindClosed(behind) : behind;
  const own = beside?.behind ?? behind;
  const isPlan = own?.plans?.includes(base.views!.compared![0]) ?? false;
  return own && !isPlan ? behindCompared(base, own, view) : undefined;
}

/** Closing entries count in every figure. */
function behindClosed(behind: BehindFigures): BehindFigures {
  const counted = (lines: readonly LinesBehind[] | null) =>
    lines?.map((own) => ({ ...own, closingBefore: null })) ?? null;
  return { ...behind, line: (figure) => counted(behind.line(figure)) };
}

/** Every column is the report's own of one of the periods; plans, changes and per cents are none. */
function behindCompared(base: ReportDefinition, behind: BehindFigures, view: View): BehindFigures {
  const inPeriod = (figure: Figure): Figure | null => {
    const { book, key } = figure;
    const period = periodsOfView(book.facts.calendar, figure.period, view).find(
      ({ to }) => monthOf(to) === key,
    );
    return period ? { ...figure, period, key: base.views!.compared![0] } : null;
  };
  return {
    line(figure) {
      const own = inPeriod(figure);
      return own && behind.line(own);
    },
    sum(figure) {
      const own = inPeriod(figure);
      return own ? behind.sum?.(own) : null;
    },
    plans: [BUDGET, 'change', 'percent'],
  };
}

/** What a report states in each period to stand beside the others. */
function bodiesOf(
  base: ReportDefinition,
  ledger: BookLedger,
  periods: readonly Period[],
  stamp: Stamp,
  lines: LinesIndex,
): ReportBody[] {
  if (!base.beside) return periods.map((period) => base.compute(ledger, period, stamp, lines));
  const stated = base.beside.compute(ledger, periods, stamp);
  return periods.map((period, at) => ({
    ...frame(ledger, base, period, stamp),
    ...stated[at]!,
  }));
}

const sideOf = (body: ReportBody): Side => ({
  key: monthOf(body.period.to),
  label: body.report.endsWith('balance-sheet') ? body.period.to : body.period.key,
  body,
});

/** The column of what was planned. */
const BUDGET = 'budget';

/** What came of the period and what was planned for it. */
function besideBudget(
  base: ReportDefinition,
  compute: (ledger: BookLedger) => ReportBody,
  ledger: BookLedger,
  period: Period,
  stamp: Stamp,
): ReportBody {
  const planned = plannedLedger(ledger);
  const [actual, budget] = base.beside
    ?.budget?.(ledger, period)
    .map((stated) => ({ ...frame(ledger, base, period, stamp), ...stated })) ?? [
    compute({ ...ledger, beside: planned }),
    compute({ ...planned, beside: ledger }),
  ];
  const sides = [
    { key: monthOf(period.to), label: 'Actual', body: actual! },
    { key: BUDGET, label: 'Budget', body: budget! },
  ];
  const stated = sideBySide(sides, base.views!.compared!, 'Difference');
  return { ...stated, notes: [...unplannedNotes(ledger, period), ...stated.notes] };
}

/** Holds the first column against the report itself, account by account. */
function agrees(
  { beside, views }: ReportDefinition,
  { body, ledger, other, period }: Checked,
): void {
  const own = sumsOf(body.rows, [monthOf(period.to)]);
  const stated = sumsOf(beside?.of?.(other, ledger) ?? other.rows, views!.compared!);
  for (const [name, figure] of stated) mustEqual(body, name, own.get(name) ?? 0n, figure);
}

/** Holds what is planned against the budget report, account by account where it is laid out alike; one of a year is to date. */
function agreesWithBudget(
  { beside }: ReportDefinition,
  { body, other: plan, period }: Checked,
): void {
  const planned = sumsOf(body.rows, [BUDGET]);
  const stated = sumsOf(plan.rows, [period.kind === 'year' ? 'budgetToDate' : 'budget']);
  // What stands by values of dimensions has no result of all.
  if (!planned.has(RESULT)) return;
  for (const [name, figure] of stated) {
    if (beside && name !== RESULT) continue;
    mustEqual(body, `${name}, planned`, planned.get(name) ?? 0n, figure);
  }
}

const RESULT = 'Result';

/** What lines of an account, customer or supplier come to, and the sums at the margin. */
function sumsOf(rows: readonly ReportRow[], compared: Compared): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    const figure = counts(row) ? figureOf(row, compared) : null;
    const name = `${row.account ?? ''} ${row.name}`.trim();
    if (figure) sums.set(name, (sums.get(name) ?? 0n) + figure.amount);
  }
  return sums;
}

const counts = ({ accountId, kind, level, partyId }: ReportRow): boolean =>
  kind === 'line'
    ? level === 0 || accountId !== undefined || partyId !== undefined
    : kind === 'total' || (kind === 'subtotal' && level === 0);
