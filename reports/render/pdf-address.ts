// What a PDF says it is, in its document information: the address of its report or pack within the book. It says what to
// recompute when somebody asks whether the book produced the file.

/** Reports of one period in a file, in their order; a pack may be of one. */
export interface PdfAddress {
  readonly kind: 'report' | 'pack';
  readonly period: string;
  readonly reports: readonly string[];
}

/** As `reports/balance-sheet~zeros/2026-11`, or `packs/2026-11?reports=balance-sheet,cash-flow`. */
export const writeAddress = ({ kind, period, reports }: PdfAddress): string =>
  kind === 'report'
    ? `reports/${reports[0]}/${period}`
    : `packs/${period}?reports=${reports.join(',')}`;

/** Reads what `writeAddress` writes; null when it is nothing like it. */
export function readAddress(text: string): PdfAddress | null {
  const [, report, of] = /^reports\/([^/?,]+)\/([^/?]+)$/.exec(text) ?? [];
  if (report !== undefined && of !== undefined)
    return { kind: 'report', period: of, reports: [report] };
  const [, period, reports] = /^packs\/([^/?]+)\?reports=([^/?]+)$/.exec(text) ?? [];
  if (period === undefined || reports === undefined) return null;
  const names = reports.split(',');
  // No pack has a report twice.
  return new Set(names).size === names.length ? { kind: 'pack', period, reports: names } : null;
}
