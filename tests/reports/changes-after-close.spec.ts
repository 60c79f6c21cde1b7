// What was posted into days that had been locked: by the first lock of each day, whatever was opened and locked since.
import { expect, it } from 'vitest';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { closedDays, isLate, type LockEvent, lateTable } from '#reports/catalogue/late-table.ts';
import { asText, Book } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  4000 income Income:Sales
  6000 expense Expenses:Rent`;

/** Entry n has position n + 1. */
const ENTRIES = `
2024-01-31 Sale in time
  1000 D 100.00
  4000 C 100.00
2024-02-01 In an open month
  1000 D 10.00
  4000 C 10.00
2024-01-31 Late sale
  1000 D 7.00
  4000 C 7.00
2024-01-15 Late rent
  6000 D 5.00
  1000 C 5.00
2024-02-02 Still open
  1000 D 1.00
  4000 C 1.00`;

const lock = (
  position: number,
  through: string | null,
  reason: string | null = null,
): LockEvent => ({
  position,
  recordedAt: `2024-02-0${position}T10:00:00.000Z`,
  lockedThrough: through as CalendarDate | null,
  reason,
});
const LOCKS = [
  lock(3, '2024-01-31'),
  lock(4, null, 'The landlord’s invoice was missing'),
  lock(5, '2024-01-20'),
];

const book = new Book({ accounts: ACCOUNTS, entries: ENTRIES, locks: LOCKS });

it('lists the entries and what they change', () => {
  const body = book.report('changes-after-close', '2024-01');
  expect(asText(body)).toEqual([
    'Entries',
    '  Late sale | 2024-01-31 | 3 | 2026-01-01 | 7.00 | 7.00',
    '  Late rent | 2024-01-15 | 4 | 2026-01-01 | 5.00 | 5.00',
    'What they change',
    '  1000 Bank | 7.00 | 5.00 | 2.00',
    '  4000 Sales | 0.00 | 7.00 | -7.00',
    '  6000 Rent | 5.00 | 0.00 | 5.00',
    'Total change | 12.00 | 12.00 | 0.00',
  ]);
  expect(body.notes).toEqual([
    'Locked first on 2024-02-03, through 2024-01-31.',
    'Opened again on 2024-02-04: The landlord’s invoice was missing',
  ]);
  expect(body.position).toBe(5);
});

it('says of a period that was never locked that it wasn’t, and takes nothing for late in it', () => {
  const body = book.report('changes-after-close', '2024-02');
  expect(body.rows).toEqual([]);
  expect(body.notes).toEqual(['No day of the period has been locked yet.']);
  expect(asText(book.report('changes-after-close', '2024')).length).toBe(8);
});

it('takes days for closed from the first lock that covered them, and what came with it for in time', () => {
  const first = { after: null, through: '2024-01-31', position: 3 };
  expect(closedDays(LOCKS)).toEqual([first]);
  const more = { after: '2024-01-31', through: '2024-02-29', position: 9 };
  expect(closedDays([...LOCKS, lock(9, '2024-02-29')])).toEqual([first, more]);
  const late = (date: string, position: number) =>
    isLate(LOCKS, { date: date as CalendarDate, position });
  expect([late('2024-01-10', 3), late('2024-01-10', 4)]).toEqual([false, true]);
  expect([late('2024-01-31', 4), late('2024-02-01', 9)]).toEqual([true, false]);
});

it('lists two hundred entries of a month at most, and counts all', () => {
  const table = lateTable(
    LOCKS,
    Array.from({ length: 250 }, (_, at) => ({
      ...{ number: at, position: at + 10, description: 'x' },
      date: '2024-01-01' as CalendarDate,
      recordedAt: '2024-03-01T00:00:00.000Z',
      lines: [{ account: 1, side: 1 as const, amount: 1n }],
    })),
  );
  const late = table.in(['2024-01' as never]);
  expect([late.listed.length, late.count, late.sums.get(1)?.debit]).toEqual([200, 250, 250n]);
});
