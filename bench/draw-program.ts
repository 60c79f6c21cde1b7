// Draws the two PDFs of the scenario `paper` and prints what they cost, as JSON. A process of its own, for its memory.
import { Writable } from 'node:stream';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { parseDate } from '#ledger/domain/calendar.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { peakMb } from './machine.ts';
import type { Drawn } from './scenarios/paper.ts';

const STATEMENT_LINES = 120;
const LEDGER_LINES = 72_000;
const PER_ACCOUNT = 500;
const TIMES = 50;

const amounts = (...columns: [key: string, label: string][]) =>
  columns.map(([key, label]) => ({ key, label, kind: 'amount' as const }));

const base = {
  schemaVersion: 1,
  book: {
    slug: 'paper',
    name: 'Paper',
    legalName: 'Łódź & Ærø Trading Ltd',
    registrationNumber: 'HRB 12345',
    address: '12 High Street\nDublin 2',
    timeZone: 'Europe/Dublin',
    locale: 'en-IE',
    negatives: 'minus' as const,
  },
  currency: 'EUR',
  exponent: 2,
  position: 50_123,
  recordedAt: '2026-04-02T09:30:00.000Z',
  provisional: false,
  rows: [],
  notes: [],
};

const period = (key: string, kind: 'month' | 'year', from: string, to: string) => ({
  key: key as PeriodKey,
  kind,
  from: parseDate(from)!,
  to: parseDate(to)!,
});

const row = (
  kind: ReportRow['kind'],
  account: string | null,
  name: string,
  values: Record<string, string> = {},
): ReportRow => ({ kind, level: 0, account, path: account && name, name, values });

const columns = [
  'openingDebit',
  'openingCredit',
  'debit',
  'credit',
  'closingDebit',
  'closingCredit',
] as const;

function statement(seed: number) {
  const rows = Array.from({ length: STATEMENT_LINES }, (_, at) => {
    const amount = `${(at * 7919 + seed * 31) % 900_000}.${10 + (at % 90)}`;
    const values = Object.fromEntries(columns.map((key) => [key, amount]));
    return row('line', `${1000 + at}`, `Receivables from customer ${at}`, values);
  });
  const body: ReportBody = {
    ...base,
    report: 'trial-balance',
    title: 'Trial balance',
    period: period('2026-03', 'month', '2026-03-01', '2026-03-31'),
    columns: amounts(
      ['openingDebit', 'Opening debit'],
      ['openingCredit', 'Opening credit'],
      ['debit', 'Debit'],
      ['credit', 'Credit'],
      ['closingDebit', 'Closing debit'],
      ['closingCredit', 'Closing credit'],
    ),
    rows,
    controlTotals: { rows: rows.length, debit: '0.00', credit: '0.00' },
  };
  return {
    body,
    async *rows() {
      yield rows;
    },
  };
}

function ledger() {
  const body: ReportBody = {
    ...base,
    report: 'general-ledger',
    title: 'General ledger',
    period: period('2026', 'year', '2026-01-01', '2026-12-31'),
    columns: [
      { key: 'date', label: 'Date', kind: 'date' },
      { key: 'entry', label: 'Entry', kind: 'entry' },
      { key: 'reference', label: 'Reference', kind: 'text' },
      { key: 'memo', label: 'Memo', kind: 'text' },
      ...amounts(['debit', 'Debit'], ['credit', 'Credit'], ['balance', 'Balance']),
    ],
    parts: [{ of: null, opening: '215999.00', normal: 'debit', stretch: null }],
    controlTotals: { rows: LEDGER_LINES, debit: '0.00', credit: '0.00' },
  };
  return {
    body,
    async *rows() {
      for (let from = 0; from < LEDGER_LINES; from += PER_ACCOUNT) {
        yield [
          row('heading', `${1000 + from / PER_ACCOUNT}`, 'Trade debtors'),
          ...Array.from({ length: PER_ACCOUNT }, (_, at) =>
            row('line', null, `Sale of goods to customer ${at % 97}`, {
              date: '2026-03-15',
              entry: `${from + at + 1}`,
              reference: `INV-${from + at}`,
              [at % 2 ? 'debit' : 'credit']: `${1 + ((from + at) % 9_000)}.56`,
              balance: `${(from + at) * 3}.00`,
            }),
          ),
          row('subtotal', null, 'Closing balance', { balance: '0.00' }),
        ];
      }
    },
  };
}

async function draw(source: ReturnType<typeof statement>): Promise<number> {
  let bytes = 0;
  const out = new Writable({
    write(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      next();
    },
  });
  await drawPdf({ ...source, digest: '0'.repeat(64) }, out);
  return bytes;
}

/** Processor time of this process, in milliseconds: waiting for the core is not the drawing's. */
const used = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const took: number[] = [];
let bytes = 0;
for (let time = 0; time < 2 * TIMES; time++) {
  const source = statement(time);
  const began = used();
  bytes = await draw(source);
  if (time >= TIMES) took.push(used() - began);
}
took.sort((a, b) => a - b);
const began = used();
const ledgerBytes = await draw(ledger());
const drawn: Drawn = {
  statementMs: took[TIMES / 2]!,
  statementKb: bytes / 1024,
  ledgerSeconds: (used() - began) / 1000,
  ledgerMb: ledgerBytes / 2 ** 20,
  peakMb: peakMb(process.pid),
};
process.stdout.write(JSON.stringify(drawn));
