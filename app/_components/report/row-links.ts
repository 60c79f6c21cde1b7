// Where rows of a report lead: names to the account's ledger, an entry, or the statements that a computed row stands for;
// amounts to the lines that they are the sums of.
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';

export interface LinkBase {
  /** The book's slug. */
  readonly book: string;
  /** Whether the reader may open accounts and entries. */
  readonly accounts: boolean;
  /** The report's own address and the columns without entries behind them, where its amounts lead to lines. */
  readonly lines?: { readonly address: string; readonly plans: readonly string[] };
}

export interface RowLinks {
  readonly name?: string;
  readonly entry?: string;
  readonly amounts: Readonly<Record<string, string>>;
}

const NOWHERE: RowLinks = { amounts: {} };

/** The links of one row. */
export function rowLinks(
  base: LinkBase,
  body: ReportBody,
  period: Period,
  row: ReportRow,
  at: number,
): RowLinks {
  const found = placeLinks(base, body, period, row);
  const { lines } = base;
  if (!lines || !base.accounts || row.kind === 'heading' || row.entry !== undefined) return found;
  const own = body.columns.filter(
    ({ key, kind }) =>
      kind === 'amount' && !lines.plans.includes(key) && /[1-9]/.test(row.values[key] ?? ''),
  );
  const href = (key: string) =>
    `${lines.address}/lines?row=${at}&column=${encodeURIComponent(key)}`;
  const amounts = Object.fromEntries(own.map(({ key }) => [key, href(key)]));
  if (lines.plans.includes('rate')) amounts['rate'] = `/books/${base.book}/currencies`;
  return { ...found, amounts };
}

/** What a row stands for. */
function placeLinks(base: LinkBase, body: ReportBody, period: Period, row: ReportRow): RowLinks {
  const book = `/books/${base.book}`;
  const special = statementOf(row, period);
  if (special) {
    const statement = ofGroup(body) ? 'consolidated-income-statement' : 'income-statement';
    const href = `${book}/reports/${statement}/${special}`;
    return { name: href, amounts: everyAmount(body, () => href) };
  }
  if (!base.accounts || (row.accountId ?? 0) < 0) return NOWHERE;
  const entry = row.entry === undefined ? {} : { entry: `${book}/entries/${row.entry}` };
  if (row.account === null) {
    return row.entry === undefined
      ? NOWHERE
      : {
          ...entry,
          amounts: everyAmount(body, () => `${book}/entries/${row.entry}`),
        };
  }
  const account = `${book}/accounts/${encodeURIComponent(row.account)}`;
  const ledgerOf = (key: string) => `${account}?month=${monthOfColumn(body, period, key)}`;
  return {
    ...entry,
    name: ledgerOf('period'),
    amounts: everyAmount(body, ledgerOf),
  };
}

/** Whether a report adds up several books: its rows are accounts of the group, or stand below zero where it has none. */
const ofGroup = ({ report }: ReportBody): boolean => report.startsWith('consolidat');

/** Changes and per cents have no entries of their own. */
const everyAmount = (body: ReportBody, href: (key: string) => string): Record<string, string> =>
  Object.fromEntries(
    body.columns
      .filter(({ key, kind }) => kind === 'amount' && key !== 'change' && key !== 'percent')
      .map(({ key }) => [key, href(key)]),
  );

/** Rows that no account stands behind lead to the income statements that made them. */
function statementOf(row: ReportRow, period: Period): string | null {
  if (row.account !== null || row.kind !== 'line') return null;
  if (row.name === 'Result of the year') return period.key;
  if (row.name !== 'Result of earlier years') return null;
  return String(Number(period.fiscalYear.name) - 1);
}

/** The last month that a column's figure covers. */
function monthOfColumn(body: ReportBody, period: Period, key: string): Month {
  const last = monthOf(period.to);
  const label = body.columns.find((column) => column.key === key)?.label ?? '';
  if (/^\d{4}-\d\d-\d\d$/.test(label)) return label.slice(0, 7) as Month;
  if (/^\d{4}-\d\d$/.test(key)) return key as Month;
  if (key === 'lastYear' || key === 'lastYearToDate') return addMonths(last, -12);
  if (key === 'previousPeriod') return addMonths(monthOf(period.from), -1);
  if (key.startsWith('opening')) return monthOf(period.from);
  return last;
}
