// Every report there is, in the order in which an accountant goes through them. A report more is a file and a line here.
import type { Period } from '#ledger/domain/calendar.ts';
import { balanceSheet } from './balance-sheet.ts';
import { type BookLedger, lastMonth, type Stamp } from './book-ledger.ts';
import { generalLedger } from './general-ledger.ts';
import { incomeStatement } from './income-statement.ts';
import { journal } from './journal.ts';
import type { ReportBody } from './report.ts';
import type { LinesIndex, PeriodSet, ReportDefinition } from './report-definition.ts';
import { trialBalance } from './trial-balance.ts';

const REGISTRY: readonly ReportDefinition[] = [
  balanceSheet,
  incomeStatement,
  trialBalance,
  generalLedger,
  journal,
];

const byName = new Map(REGISTRY.map((definition) => [definition.name, definition]));

/** What lists and links say of a report. */
export type ListedReport = Pick<ReportDefinition, 'name' | 'title' | 'question'>;

export const REPORT_LIST: readonly ListedReport[] = REGISTRY.map(({ name, question, title }) => ({
  name,
  title,
  question,
}));

/** Names of all reports. */
export const REPORTS: readonly string[] = REGISTRY.map(({ name }) => name);

/** Whether a report's lines lie in pages of their own. */
export const isPaged = (report: string): boolean => byName.get(report)?.paged ?? false;

/** Position of the last event that touched what the document shows: its inputs or how it looks. */
export function feedPosition(ledger: BookLedger, report: string, period: Period): number {
  const first = definitionOf(report).firstMonth(ledger, period);
  const fed = ledger.table.positionBetween(first, lastMonth(period));
  return Math.max(fed, ledger.facts.presentationPosition);
}

export const computeReport = (
  ledger: BookLedger,
  report: string,
  period: Period,
  stamp: Stamp,
  lines: LinesIndex,
): ReportBody => definitionOf(report).compute(ledger, period, stamp, lines);

/**
 * What must hold of a set of documents before readers see it.
 * @throws BrokenInvariant naming the document, the rule and the difference
 */
export function checkInvariants(ledger: BookLedger, period: Period, set: PeriodSet): void {
  for (const { check, name } of REGISTRY) {
    const body = set[name];
    if (body) check(ledger, period, body, set);
  }
}

function definitionOf(report: string): ReportDefinition {
  const definition = byName.get(report);
  if (!definition) throw new Error(`there is no report ${report}`);
  return definition;
}
