// Reads the address of a report file: /books/{book}/reports/{report}/{period}.{format}. The report may be a view of one:
// `balance-sheet~previous-3` (`catalogue/view.ts`).
import { listedReport, REPORT_LIST } from '#reports/catalogue/registry.ts';
import type { Problem } from '#server/session/problem.ts';

const FORMATS = ['json', 'pdf', 'csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

export interface ReportAddress {
  readonly slug: string;
  /** A report's name, or that of a view of one. */
  readonly report: string;
  readonly period: string;
  readonly format: Format;
}

const ADDRESS = /^\/books\/([^/]+)\/reports\/([^/]+)\/([^/]+)\.([A-Za-z0-9]+)$/;

/** Whether a path asks for a file and not for a screen. */
export const isReportFile = (path: string): boolean => ADDRESS.test(path);

/** The parts of the address, or what is wrong with it. @param path decoded, without the query. */
export function reportAddress(path: string): ReportAddress | Problem {
  const [, slug = '', report = '', period = '', extension = ''] = ADDRESS.exec(path) ?? [];
  if (!listedReport(report)) {
    return {
      status: 404,
      code: 'unknown-report',
      title: 'There is no such report',
      detail: `Reports are ${REPORT_LIST.map(({ name }) => name).join(', ')}.`,
    };
  }
  const format = FORMATS.find((known) => known === extension);
  if (!format) {
    return {
      status: 404,
      code: 'unknown-format',
      title: 'There is no such format',
      detail: `Reports come as ${FORMATS.join(', ')}.`,
    };
  }
  return { slug, report, period, format };
}

/** Reads a whole number from 1 (0 where allowed) in a query. `undefined` when it isn't there, null when it is none. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined | null {
  const text = query.get(name);
  if (text === null) return undefined;
  return /^\d{1,10}$/.test(text) ? +text : null;
}
