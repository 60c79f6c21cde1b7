// The columns of a report as any paper has them: in which order, under which words, and how much a figure in them may
// need. Known from the header alone, before any page of a ledger is read.
import { rowsAround } from '#reports/catalogue/paged-rows.ts';
import type { ReportBody, ReportColumn, ReportRow } from '#reports/catalogue/report.ts';
import type { Figures } from './figures.ts';

/** A row's name is a column of its own: after the dates and numbers that come first, in a ledger; else first. */
export function orderedColumns(body: ReportBody): ReportColumn[] {
  const words = body.columns.findIndex(({ kind }) => kind !== 'date' && kind !== 'entry');
  const name = { key: 'name', label: body.parts ? 'Description' : '', kind: 'text' } as const;
  return body.columns.toSpliced(words, 0, name);
}

/** Some columns are headed by a day or by a month. */
export const headText = (label: string, figures: Figures): string => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(label)) return figures.day(label);
  return /^\d{4}-\d{2}$/.test(label) ? figures.month(label) : label;
};

/** Rows that are there without reading pages. */
export const headerRows = (body: ReportBody): ReportRow[] =>
  body.parts ? rowsAround(body) : [...body.rows];

/** Figures at least as wide as any in the column: pages can't show more than their totals and openings together. */
export function figuresIn(
  body: ReportBody,
  rows: readonly ReportRow[],
  key: string,
  figures: Figures,
): string[] {
  const longest = (texts: string[]) => texts.reduce((a, b) => (b.length > a.length ? b : a), '0');
  const texts = rows.flatMap((row) => row.values[key] ?? []);
  for (const part of body.parts ?? []) {
    texts.push(part.opening);
    if (part.stretch) texts.push(part.stretch.debit, part.stretch.credit);
  }
  const figure = longest(texts);
  // One digit more for a running balance above every total that is known here, and the sign.
  const safe = body.parts ? `-9${figure.replace('-', '')}` : figure;
  return [
    figures.amount(safe),
    figures.amount(longest(texts.filter((text) => text.startsWith('-')))),
  ];
}
