// Every report there is, in the order in which an accountant goes through them. A report more is a file and a line here.
import type { FiscalCalendar, Period } from '#ledger/domain/calendar.ts';
import { adjustedTrialBalance } from './adjusted-trial-balance.ts';
import { agedPayables, agedReceivables } from './aged-list.ts';
import { balanceSheet } from './balance-sheet.ts';
import { balancesByUnit } from './balances-by-unit.ts';
import type { BookLedger, Stamp } from './book-ledger.ts';
import { budget } from './budget.ts';
import { cashFlow } from './cash-flow.ts';
import { cashFlowDirect } from './cash-flow-direct.ts';
import { changesAfterClose } from './changes-after-close.ts';
import { changesInEquity } from './changes-in-equity.ts';
import { consolidatedBalanceSheet } from './consolidated-balance-sheet.ts';
import { consolidatedIncomeStatement } from './consolidated-income-statement.ts';
import { consolidation } from './consolidation.ts';
import { currencyExposure } from './currency-exposure.ts';
import { dashboard } from './dashboard.ts';
import { dashboardOnly } from './dashboard-only.ts';
import { ONLY_INVARIANTS } from './dashboard-only-checks.ts';
import { generalLedger } from './general-ledger.ts';
import { incomeByDimension } from './income-by-dimension.ts';
import { incomeByMonth } from './income-by-month.ts';
import { incomeStatement } from './income-statement.ts';
import { checkSet } from './invariants.ts';
import { journal } from './journal.ts';
import { keyFigures } from './key-figures.ts';
import { type BehindFigures, type Figure, type LinesBehind, linesBehind } from './lines-behind.ts';
import { openItems } from './open-items.ts';
import { partyBalances } from './party-balances.ts';
import { partyStatements } from './party-statements.ts';
import type { ReportBody } from './report.ts';
import type { Invariant, LinesIndex, PeriodSet, ReportDefinition } from './report-definition.ts';
import { resultByDimension } from './result-by-dimension.ts';
import { taxReturn } from './tax-return.ts';
import { trialBalance } from './trial-balance.ts';
import { hasView, periodsOfView, readName, type View } from './view.ts';
import { AGREES_WITH_BUDGET, AGREES_WITH_REPORT, viewedReport } from './viewed-report.ts';

const REGISTRY: readonly ReportDefinition[] = [
  dashboard,
  consolidatedBalanceSheet,
  consolidatedIncomeStatement,
  consolidation,
  balanceSheet,
  incomeStatement,
  incomeByMonth,
  incomeByDimension,
  resultByDimension,
  budget,
  keyFigures,
  cashFlow,
  cashFlowDirect,
  changesInEquity,
  agedReceivables,
  agedPayables,
  openItems,
  partyBalances,
  partyStatements,
  taxReturn,
  trialBalance,
  adjustedTrialBalance,
  changesAfterClose,
  balancesByUnit,
  currencyExposure,
  generalLedger,
  journal,
];

const byName = new Map(REGISTRY.map((definition) => [definition.name, definition]));

/** What lists and links say of a report. */
export interface ListedReport
  extends Pick<
    ReportDefinition,
    'name' | 'title' | 'question' | 'periods' | 'paged' | 'groups' | 'views'
  > {
  /** Whether its amounts lead to the lines behind them, and the columns that don't; absent: they don't. */
  readonly behind?: Pick<BehindFigures, 'plans'>;
}

export const REPORT_LIST: readonly ListedReport[] = REGISTRY.map(
  ({ behind, groups, name, paged, periods, question, title, views }) => ({
    ...{ name, title, question, periods, paged },
    ...(groups && { groups }),
    ...(views && { views }),
    ...(behind && { behind: { plans: behind.plans ?? [] } }),
  }),
);

/** A report or a view of one by its name, as in addresses; undefined where there is none. */
export const listedReport = (name: string): ListedReport | undefined => known(name)?.definition;

/** The view that a name says; null: the report itself, or none. */
export const viewOf = (name: string): View | null => known(name)?.view ?? null;

/** Names of the reports that a book has for periods of a kind. @param isGroup whether it has, or had, other books as members */
export const reportsOf = (kind: Period['kind'], isGroup = false): readonly string[] =>
  (isGroup ? OF_GROUPS : OF_BOOKS)[kind];

const namesOf = (kind: Period['kind'], isGroup: boolean) =>
  REGISTRY.filter(({ groups, periods }) => periods.includes(kind) && (isGroup || !groups)).map(
    ({ name }) => name,
  );
const byKind = (isGroup: boolean) => ({
  ...{ month: namesOf('month', isGroup), quarter: namesOf('quarter', isGroup) },
  year: namesOf('year', isGroup),
});
const OF_BOOKS = byKind(false);
const OF_GROUPS = byKind(true);

/** Whether a report's lines lie in pages of their own. */
export const isPaged = (report: string): boolean => known(report)?.definition.paged ?? false;

/** Whether a report is computed from items. */
export const readsItems = (report: string): boolean => definitionOf(report).items ?? false;

/** Whether a report is computed from rates of currencies. */
export const readsRates = (report: string): boolean => definitionOf(report).rates ?? false;

/** The periods that a document shows, the newest first: its own, and those beside it. */
export function periodsShown(calendar: FiscalCalendar, report: string, period: Period): Period[] {
  const view = viewOf(report);
  return view ? periodsOfView(calendar, period, view) : [period];
}

/** Position of the last event that touched what the document shows: its inputs or how it looks. */
export function feedPosition(ledger: BookLedger, report: string, period: Period): number {
  return Math.max(definitionOf(report).fed(ledger, period), ledger.facts.presentationPosition);
}

export const computeReport = (
  ledger: BookLedger,
  report: string,
  period: Period,
  stamp: Stamp,
  lines: LinesIndex,
): ReportBody => definitionOf(report).compute(ledger, period, stamp, lines);

/** Which lines of the journal an amount of a document is the sum of; null: none, or the document's rows are lines. */
export function linesOf(figure: Figure): readonly LinesBehind[] | null {
  const { behind } = definitionOf(figure.body.report);
  return behind ? linesBehind(behind, figure) : null;
}

/** What lists say of an invariant. */
export interface ListedInvariant extends Pick<Invariant, 'name' | 'sentence'> {
  /** Title of the report that it holds of. */
  readonly report: string;
}

export const INVARIANT_LIST: readonly ListedInvariant[] = REGISTRY.flatMap(
  ({ invariants, title }) =>
    invariants.map(({ name, sentence }) => ({ name, sentence, report: title })),
).concat(
  [AGREES_WITH_REPORT, AGREES_WITH_BUDGET].map((own) => ({ ...own, report: 'Comparatives' })),
  ONLY_INVARIANTS.map((own) => ({ ...own, report: 'Filtered dashboard' })),
);

/**
 * What must hold of a set of documents before readers see it.
 * @returns names of the invariants that the set let us check
 * @throws BrokenInvariant naming for each that is broken the document, the figure and the difference
 */
export const checkInvariants = (ledger: BookLedger, period: Period, set: PeriodSet): string[] =>
  checkSet([...REGISTRY, ...viewsIn(set)], ledger, period, set);

const viewsIn = (set: PeriodSet): ReportDefinition[] =>
  Object.keys(set).flatMap((name) => (viewOf(name) ? definitionOf(name) : []));

function definitionOf(report: string): ReportDefinition {
  const definition = known(report)?.definition;
  if (!definition) throw new Error(`there is no report ${report}`);
  return definition;
}

interface Known {
  readonly definition: ReportDefinition;
  readonly view: View | null;
}

/** Of views that books have in common: there are no more than this file and `view.ts` name. */
const views = new Map<string, Known>();

function known(name: string): Known | null {
  const definition = byName.get(name);
  if (definition) return { definition, view: null };
  const before = views.get(name);
  if (before) return before;
  const { report = '', view = null } = readName(name) ?? {};
  const base = byName.get(report);
  if (!base || !view || !hasView(base.views, view)) return null;
  // Anybody may make up such names: nothing of them is kept.
  if (view.only) return { definition: dashboardOnly(view.only), view };
  const found = { definition: viewedReport(base, view), view };
  views.set(name, found);
  return found;
}
