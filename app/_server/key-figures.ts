// The few figures that a manager looks for first, taken from the stored dashboards; the year to date is the sum of their months.
import { monthOf, type Period } from '#ledger/domain/calendar.ts';
import { groupNamed, type Part, partNamed, type Values } from './dashboard-parts.ts';
import type { ReadDashboard } from './read-dashboard.ts';
import { sumText } from './sum-text.ts';

export interface KeyFigure {
  readonly label: string;
  readonly report: string;
  readonly value: string;
  /** The figure of the period that it is held against, and which that is. */
  readonly beside: { readonly value: string; readonly period: string } | null;
  readonly yearToDate: string | null;
}

/** What a page is filtered by; empty texts for nothing. */
export interface Chosen {
  readonly dimension: string;
  readonly group: string;
}

/** The report that says more of what stands at an end. */
const STANDING_REPORTS: Readonly<Record<string, string>> = {
  Cash: 'cash-flow',
  Receivables: 'aged-receivables',
  Payables: 'aged-payables',
};

/** Result, income and expenses, or those of a group; empty where nothing was booked. */
export function resultFigures(read: ReadDashboard, chosen: Chosen, period: Period): KeyFigure[] {
  const own = figuresOf(partNamed(read.parts, chosen.dimension), chosen);
  const before = read.before && figuresOf(partNamed(read.before.parts, chosen.dimension), chosen);
  return own.map(([label, values], at) => ({
    label,
    report: chosen.dimension === '' ? 'income-statement' : 'income-by-dimension',
    value: values['period'] ?? '',
    beside: besideOf(read, before?.[at]?.[1]),
    yearToDate: yearToDate(read, period, values),
  }));
}

/** Cash, receivables and payables of the company at the period's end. */
export const standingFigures = (read: ReadDashboard): KeyFigure[] =>
  read.parts.standing.map(({ name, values }) => ({
    label: name,
    report: STANDING_REPORTS[name] ?? 'balance-sheet',
    value: values['period'] ?? '',
    beside: besideOf(
      read,
      read.before?.parts.standing.find((other) => other.name === name)?.values,
    ),
    yearToDate: null,
  }));

function figuresOf(part: Part | null, { group: path }: Chosen): (readonly [string, Values])[] {
  if (!part) return [];
  const all = [
    ['Result', part.result],
    ['Income', part.income],
    ['Expenses', part.expenses],
  ] as const;
  if (path === '') return [...all];
  const group = groupNamed(part, path);
  return group ? [[group.name, group.values], ...all.slice(group.side === 'income' ? 1 : 2)] : [];
}

function besideOf({ before }: ReadDashboard, values: Values | undefined): KeyFigure['beside'] {
  const value = values?.['period'];
  return before && value !== undefined ? { value, period: before.key } : null;
}

/** The months of the fiscal year until the period's end; null where the document doesn't reach back to its first. */
function yearToDate({ parts }: ReadDashboard, period: Period, values: Values): string | null {
  const first = monthOf(period.fiscalYear.from);
  if (period.kind === 'year' || !parts.months.includes(first)) return null;
  const own = parts.months.filter((month) => month >= first && month <= monthOf(period.to));
  return sumText(own.flatMap((month) => values[month] ?? []));
}
