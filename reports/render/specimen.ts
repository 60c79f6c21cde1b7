// A page with every kind of thing that pages show, drawn into nothing, and a sheet with the same: fonts, shaper and
// libraries are then set up, and compiled, before the first reader asks. It takes as long as fifty pages.
import { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type PeriodKey, parseDate } from '#ledger/domain/calendar.ts';
import { type ReportBody, type ReportRow, SCHEMA_VERSION } from '#reports/catalogue/report.ts';
import { drawPdf } from './draw-pdf.ts';
import { writeXlsx } from './xlsx.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 .,:;-–()&/';

const row = (kind: ReportRow['kind']): ReportRow => ({
  ...{ kind, level: 0, account: '1000', path: LETTERS, name: LETTERS },
  values: { date: '2026-01-31', text: LETTERS, entry: '1', amount: '-1234567.89' },
});

const SPECIMEN: ReportBody = {
  schemaVersion: SCHEMA_VERSION,
  report: 'trial-balance',
  title: LETTERS,
  book: {
    ...{ slug: 'specimen', name: LETTERS, legalName: LETTERS, registrationNumber: '1' },
    ...{ address: LETTERS, timeZone: 'UTC', locale: 'en-GB', negatives: 'parentheses' },
  },
  period: {
    ...{ key: '2026-01' as PeriodKey, kind: 'month' },
    ...{ from: parseDate('2026-01-01')!, to: parseDate('2026-01-31')! },
  },
  currency: 'EUR',
  exponent: 2,
  position: 1,
  recordedAt: '2026-02-01T00:00:00.000Z',
  provisional: true,
  columns: [
    { key: 'date', label: 'Date', kind: 'date' },
    { key: 'entry', label: 'Entry', kind: 'entry' },
    { key: 'text', label: 'Text', kind: 'text' },
    { key: 'amount', label: 'Amount', kind: 'amount' },
  ],
  rows: (['heading', 'line', 'subtotal', 'total'] as const).map(row),
  controlTotals: { rows: 1, debit: '0.00', credit: '0.00' },
  notes: [LETTERS],
};

/** Draws it. */
export async function drawSpecimen(): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const rows = async function* () {
    yield SPECIMEN.rows;
  };
  const source = { body: SPECIMEN, digest: '0'.repeat(64), rows };
  await drawPdf(source, nowhere);
  await finished(Readable.from(writeXlsx(source)).resume());
}
