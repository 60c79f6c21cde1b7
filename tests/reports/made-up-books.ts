// Books that fast-check makes up: accounts of every type, on paths and without, entries over three years, closing ones
// among them. Shared by what must hold of every book, whichever way its reports are shown.
import fc from 'fast-check';
import { addMonths, periodsThrough } from '#ledger/domain/calendar.ts';
import type { Book } from './written-book.ts';
import type { WrittenEntry } from './written-entries.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  1100 asset Assets:Bank:Savings
  1200 asset Machines
  2000 liability Loan
  3000 equity Capital
  4000 income Sales
  4100 income Interest
  6000 expense Rent
  6100 expense Wages:Office`;

const LAST = '2026-06';

const CALENDARS = [
  { start: '2024-01-01', firstYearEnd: '2024-12-31' },
  { start: '2024-04-01', firstYearEnd: '2025-03-31' },
  { start: '2024-02-15', firstYearEnd: '2024-06-30' },
  { start: '2024-01-01', firstYearEnd: '2025-06-30' },
];

/** An entry with one line per account drawn, the last of them balancing the others. */
export const entry: fc.Arbitrary<WrittenEntry> = fc
  .record({
    day: fc.integer({ min: 0, max: 27 }),
    month: fc.integer({ min: 3, max: 29 }),
    closing: fc.boolean(),
    adjusting: fc.boolean(),
    lines: fc.array(
      fc.record({
        account: fc.integer({ min: 1, max: 9 }),
        signed: fc.bigInt({ min: -99_999_999n, max: 99_999_999n }),
        party: fc.integer({ min: 0, max: 2 }),
        document: fc.constantFrom('', 'A1', 'A2'),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    last: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ adjusting, day, month, closing, lines, last }) => {
    const total = lines.reduce((sum, { signed }) => sum + signed, 0n);
    const date = `${addMonths('2024-01' as never, month)}-${String(day + 1).padStart(2, '0')}`;
    const all = [...lines, { account: last, signed: -total, party: 0, document: '' }];
    return {
      ...{ date, adjusting, closing: closing && day > 20 },
      lines: all.map(({ account, document, party, signed }) => ({
        ...{ account, document, party },
        side: signed < 0n ? ('credit' as const) : ('debit' as const),
        amount: signed < 0n ? -signed : signed,
      })),
    };
  });

/** Books of a few entries, in every kind of calendar. */
export const writtenBook = fc
  .record({ entries: fc.array(entry, { maxLength: 25 }), calendar: fc.constantFrom(...CALENDARS) })
  .map(({ entries, calendar }) => ({
    ...{ accounts: ACCOUNTS, entries, ...calendar },
    controls: { 1200: 'receivables', 2000: 'payables' } as const,
    parties: [
      { code: 'ada', name: 'Ada' },
      { code: 'bob', name: 'Bob' },
    ],
  }));

/** The periods of a book through the last month that an entry may fall into. */
export const periodsOf = (book: Book) => periodsThrough(book.ledger.facts.calendar, LAST as never);
