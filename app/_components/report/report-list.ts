// The reports as their list and the jump box name them, in the order in which an accountant goes through them.
import type { ReportName } from '#reports/catalogue/report.ts';

export interface ListedReport {
  readonly report: ReportName;
  readonly title: string;
  readonly about: string;
}

const ABOUT: Readonly<Record<ReportName, readonly [title: string, about: string]>> = {
  'balance-sheet': [
    'Balance sheet',
    'What the company owns and owes at the end of the period, beside the previous month and year ends.',
  ],
  'income-statement': [
    'Income statement',
    'Income, expenses and the result: the period and the year to date, beside last year.',
  ],
  'trial-balance': [
    'Trial balance',
    'Opening, movement and closing of every account; debits equal credits.',
  ],
  'general-ledger': ['General ledger', 'Every line of every account with its running balance.'],
  journal: ['Journal', 'Every journal entry of the period, in order.'],
};

export const REPORT_LIST: readonly ListedReport[] = (
  Object.entries(ABOUT) as [ReportName, readonly [string, string]][]
).map(([report, [title, about]]) => ({ report, title, about }));

export const isReportName = (text: string): text is ReportName => Object.hasOwn(ABOUT, text);

export const reportTitle = (report: ReportName): string => ABOUT[report][0];
