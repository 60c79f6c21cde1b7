// The words that stand around a report's rows, whatever paper they are on: whose it is, what it covers, how final it is
// and from where in the ledger its figures come.
import type { BookTitle, ReportBody } from '#reports/catalogue/report.ts';
import type { Figures } from './figures.ts';

/** What is said around rows: of a report, or of a pack of reports. */
export type TitleFacts = Pick<
  ReportBody,
  'book' | 'title' | 'report' | 'period' | 'currency' | 'position' | 'recordedAt' | 'provisional'
>;

/** What stands below the rows: the notes, and what readers add up to see that no line is missing. */
export function wordsBelow(
  { controlTotals, notes }: Pick<ReportBody, 'controlTotals' | 'notes'>,
  figures: Pick<Figures, 'amount' | 'count'>,
): string[] {
  const { credit, debit, rows } = controlTotals;
  const lines = `${figures.count(rows)} ${rows === 1 ? 'line' : 'lines'}`;
  const sums = `debit ${figures.amount(debit)} · credit ${figures.amount(credit)}`;
  return [...notes, `Control totals: ${lines} · ${sums}`];
}

/** What a pack of reports is called, on its paper and in its file. */
export const PACK_TITLE = 'Report pack';

export const nameOf = (book: BookTitle): string => book.legalName || book.name;

/** Registration number and address in one line; empty where the book has neither. */
export function detailsOf(book: BookTitle): string {
  const address = book.address
    .split(/\s*\r?\n\s*/)
    .filter(Boolean)
    .join(', ');
  const number = book.registrationNumber && `Registration number ${book.registrationNumber}`;
  return [number, address].filter(Boolean).join(' · ');
}

/** Says which days the figures cover. */
export function datesOf(body: TitleFacts, figures: Figures): string {
  const { from, to } = body.period;
  return /^(consolidated-)?balance-sheet(~|$)/.test(body.report)
    ? `As at ${figures.longDay(to)}`
    : `${figures.longDay(from)} to ${figures.longDay(to)}`;
}

/** The currency, and how final the figures are. */
export function standingOf(body: TitleFacts): string {
  const status = body.provisional
    ? 'Unaudited · Provisional: the period is not locked'
    : 'Unaudited';
  return `Amounts in ${body.currency} · ${status}`;
}

/** The ledger position that the figures show, and how to verify it. */
export const originOf = (body: TitleFacts, digest: string, figures: Figures): string =>
  [
    `Ledger position ${figures.count(body.position)}`,
    `recorded ${figures.moment(body.recordedAt)}`,
    `digest ${digest.slice(0, 12)}`,
  ].join(' · ');
