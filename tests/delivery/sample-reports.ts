// Report bodies as a bookkeeper could check them, for the tests of reading and printing: a small trial balance and a
// general ledger as long as is wanted.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { parseDate } from '#ledger/domain/calendar.ts';
import type { BookTitle, ReportBody, ReportColumn, ReportRow } from '#reports/catalogue/report.ts';

export const TITLE: BookTitle = {
  slug: 'nord',
  name: 'Nord',
  legalName: 'Ελλάδα Łódź & Ærø Trading Ltd',
  registrationNumber: 'HRB 12345',
  address: '12 High Street\nDublin 2',
  timeZone: 'Europe/Dublin',
  locale: 'en-IE',
  negatives: 'minus',
};

const amounts = (...columns: [key: string, label: string][]): ReportColumn[] =>
  columns.map(([key, label]) => ({ key, label, kind: 'amount' }));

const row = (
  kind: ReportRow['kind'],
  level: number,
  account: string | null,
  name: string,
  values: Record<string, string> = {},
): ReportRow => ({ kind, level, account, path: account && name, name, values });

const frame = { schemaVersion: 1, book: TITLE, currency: 'EUR', exponent: 2, notes: [] };

/** A trial balance of March 2026. @param bank the bank's closing balance, to make documents differ. */
export const trialBalance = (position: number, bank = '1234.50'): ReportBody => ({
  ...frame,
  report: 'trial-balance',
  title: 'Trial balance',
  period: {
    key: '2026-03' as PeriodKey,
    kind: 'month',
    from: parseDate('2026-03-01')!,
    to: parseDate('2026-03-31')!,
  },
  position,
  recordedAt: '2026-04-02T09:30:00.000Z',
  provisional: true,
  columns: amounts(
    ['openingDebit', 'Opening debit'],
    ['openingCredit', 'Opening credit'],
    ['debit', 'Debit'],
    ['credit', 'Credit'],
    ['closingDebit', 'Closing debit'],
    ['closingCredit', 'Closing credit'],
  ),
  rows: [
    row('heading', 0, null, 'Assets'),
    row('line', 1, '1000', 'Bank of Łódź', { debit: bank, closingDebit: bank }),
    row('line', 1, '1010', 'Αθήνα', { openingCredit: '-12.00', closingCredit: '-12.00' }),
    row('line', 1, '1020', '=HYPERLINK("http://example.org")', {}),
    row('total', 0, null, 'Total', { debit: bank, credit: bank, closingDebit: bank }),
  ],
  controlTotals: { rows: 3, debit: bank, credit: bank },
});

const LEDGER_COLUMNS: ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'reference', label: 'Reference', kind: 'text' },
  { key: 'memo', label: 'Memo', kind: 'text' },
  ...amounts(['debit', 'Debit'], ['credit', 'Credit'], ['balance', 'Balance']),
];

/** A general ledger of so many lines on accounts of 500 lines each, its rows made as they are asked for. */
export function longLedger(lines: number): {
  body: ReportBody;
  rows(): AsyncIterable<ReportRow[]>;
} {
  const accounts = Math.ceil(lines / 500);
  const body: ReportBody = {
    ...frame,
    report: 'general-ledger',
    title: 'General ledger',
    period: {
      key: '2026' as PeriodKey,
      kind: 'year',
      from: parseDate('2026-01-01')!,
      to: parseDate('2026-12-31')!,
    },
    position: 50_123,
    recordedAt: '2027-01-02T09:30:00.000Z',
    provisional: false,
    columns: LEDGER_COLUMNS,
    rows: [],
    parts: [],
    controlTotals: { rows: lines, debit: '617280.00', credit: '617280.00' },
  };
  return {
    body,
    async *rows() {
      for (let account = 0; account < accounts; account++) {
        yield [
          row('heading', 0, `${1000 + account}`, 'Færge og skib'),
          ...Array.from({ length: 500 }, (_, at) =>
            row('line', 1, null, `Sale of goods to customer ${at % 97}`, {
              date: '2026-03-15',
              entry: `${account * 500 + at + 1}`,
              reference: `INV-${at}`,
              [at % 2 ? 'debit' : 'credit']: '1234.56',
              balance: at % 2 ? '0.00' : '-1234.56',
            }),
          ),
          row('subtotal', 1, null, 'Closing balance', { balance: '0.00' }),
        ];
      }
      yield [row('total', 0, null, 'Total', { debit: '617280.00', credit: '617280.00' })];
    },
  };
}
