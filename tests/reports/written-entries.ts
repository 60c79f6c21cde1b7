// Entries written as a bookkeeper would write them, and what tables and pages take of them. Entry n has number and
// position n + 1.
//   2025-01-15 Sold              (a line without indent begins an entry; `closing` or `adjusting` after the date says its kind)
//     1100  D 100.00 C-1 #A1 due:2025-02-14        (the code of a party, a document, its due date)
//     1200  D 92.00 (100.00 USD)                   (what it moves in another currency)
//     4000  C 100.00
//     1010  D 5.00 revalued                        (of a currency that the line moves none of)
import type { Account } from '#ledger/domain/account.ts';
import { type CalendarDate, monthOf } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { exactUnits, parseDecimal } from '#ledger/domain/decimal.ts';
import { decimalText, parseAmount } from '#ledger/domain/money.ts';
import type { PartyName } from '#reports/catalogue/book-ledger.ts';
import type { SummedEntry } from '#reports/catalogue/entry-sums.ts';
import type { ItemRow } from '#reports/catalogue/item-table.ts';
import { isLate, type LateEntry, type LockEvent } from '#reports/catalogue/late-table.ts';
import type { PostedEntry } from '#reports/catalogue/month-lines.ts';
import type { BalanceRow } from '#reports/catalogue/month-table.ts';
import type { WrittenRate } from '#reports/catalogue/rate-table.ts';
import type { UnitRow } from '#reports/catalogue/unit-table.ts';

export interface WrittenEntry {
  readonly date: string;
  readonly closing?: boolean;
  readonly adjusting?: boolean;
  readonly description?: string;
  readonly lines: readonly WrittenLine[];
}

interface WrittenLine {
  readonly account: number;
  readonly side: 'debit' | 'credit';
  readonly amount: bigint;
  /** Its id. */
  readonly party?: number;
  readonly document?: string;
  readonly due?: string;
  /** In the decimals of its currency. */
  readonly quantity?: bigint;
  readonly unit?: string;
  readonly revalued?: boolean;
}

/** Reads a book's entries. */
export function writtenEntries(
  accounts: readonly Account[],
  parties: readonly PartyName[],
  text: string,
): WrittenEntry[] {
  const entries: (WrittenEntry & { lines: WrittenLine[] })[] = [];
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const [first, second] = line.trim().split(/\s+/);
    if (!/^\s*\d{4}-\d\d-\d\d/.test(line)) {
      entries.at(-1)!.lines.push(writtenLine(accounts, parties, line));
      continue;
    }
    const closing = second === 'closing';
    const adjusting = second === 'adjusting';
    const description = line
      .trim()
      .split(/\s+/)
      .slice(closing || adjusting ? 2 : 1)
      .join(' ');
    entries.push({ date: first!, closing, adjusting, description, lines: [] });
  }
  return entries;
}

function writtenLine(
  accounts: readonly Account[],
  parties: readonly PartyName[],
  line: string,
): WrittenLine {
  const [code, side, figure, ...words] = line.trim().split(/\s+/);
  const amount = parseAmount(figure!, 2);
  const account = accounts.find((own) => own.code === code);
  if (typeof amount === 'string' || !account) throw new Error(`not a line: ${line}`);
  const party = 1 + parties.findIndex((own) => words.includes(own.code));
  const document = words.find((word) => word.startsWith('#'))?.slice(1);
  const due = words.find((word) => word.startsWith('due:'))?.slice(4);
  return {
    ...{ account: account.id, side: side === 'D' ? 'debit' : 'credit', amount, party },
    ...(document && { document }),
    ...(due && { due }),
    ...quantityIn(line),
    ...(words.includes('revalued') && { revalued: true }),
  };
}

function quantityIn(line: string): Pick<WrittenLine, 'quantity' | 'unit'> {
  const [, figure, unit] = /\((\S+) ([A-Z]{3})\)/.exec(line) ?? [];
  if (figure === undefined || unit === undefined) return {};
  const quantity = exactUnits(parseDecimal(figure)!, exponentOf(unit as CurrencyCode));
  if (quantity === null) throw new Error(`not a quantity: ${line}`);
  return { quantity, unit };
}

/** An entry as pages are cut from it. */
export const postedEntry = (
  { date, description, lines }: WrittenEntry,
  at: number,
): PostedEntry => ({
  page: [
    ...([date, at + 1, description ?? '', '', 0] as const),
    lines.map(({ account, side, amount }) => [
      account,
      side === 'debit' ? 1 : -1,
      decimalText(amount, 2),
      '',
    ]),
  ],
  facts: lines.map(({ document = '', due = '', party = 0 }) => [party, document, due]),
});

/** An entry as sums take it. */
export const summedEntry = (
  { adjusting = false, closing = false, date, lines }: WrittenEntry,
  at: number,
): SummedEntry => ({
  ...{ month: monthOf(date as CalendarDate), closing, adjusting, position: at + 2 },
  lines: lines.map(({ account, amount, revalued = false, side }) => ({
    ...{ account, revalued },
    amount: side === 'debit' ? amount : -amount,
  })),
});

/** Those that came into days that had been locked before. */
export const lateEntries = (
  entries: readonly WrittenEntry[],
  locks: readonly LockEvent[],
): LateEntry[] =>
  entries
    .map(({ date, description = '', lines }, at) => ({
      ...{ number: at + 1, position: at + 2, description },
      ...{ date: date as CalendarDate, recordedAt: '2026-01-01T00:00:00.000Z' },
      lines: lines.map(({ account, amount, side }) => ({
        ...{ account, amount },
        side: side === 'debit' ? (1 as const) : (-1 as const),
      })),
    }))
    .filter((entry) => isLate(locks, entry));

/** What accounts moved, by month. */
export function balancesOf(entries: readonly WrittenEntry[]): BalanceRow[] {
  const rows = new Map<string, BalanceRow>();
  for (const [at, { date, closing = false, lines }] of entries.entries()) {
    const month = monthOf(date as CalendarDate);
    for (const { account, side, amount } of lines) {
      const key = `${account} ${month} ${closing}`;
      const { debit, credit } = rows.get(key) ?? { debit: 0n, credit: 0n };
      rows.set(key, {
        ...{ account, month, closing, lastPosition: at + 2 },
        debit: side === 'debit' ? debit + amount : debit,
        credit: side === 'credit' ? credit + amount : credit,
      });
    }
  }
  return [...rows.values()];
}

/** What accounts moved in other currencies, by month. */
export function unitsOf(entries: readonly WrittenEntry[]): UnitRow[] {
  const rows = new Map<string, UnitRow>();
  for (const [at, { date, closing = false, lines }] of entries.entries()) {
    const month = monthOf(date as CalendarDate);
    for (const { account, amount, quantity = 0n, side, unit } of lines) {
      if (unit === undefined) continue;
      const key = `${account} ${unit} ${month} ${closing}`;
      const [debit, credit] = side === 'debit' ? [1n, 0n] : [0n, 1n];
      const before = rows.get(key);
      rows.set(key, {
        ...{ account, unit, decimals: exponentOf(unit as CurrencyCode), month, closing },
        debitQuantity: (before?.debitQuantity ?? 0n) + debit * quantity,
        creditQuantity: (before?.creditQuantity ?? 0n) + credit * quantity,
        debit: (before?.debit ?? 0n) + debit * amount,
        credit: (before?.credit ?? 0n) + credit * amount,
        lastPosition: at + 2,
      });
    }
  }
  return [...rows.values()];
}

/** What lines of a party or document moved, by month. */
export function itemsOf(entries: readonly WrittenEntry[]): ItemRow[] {
  const rows = new Map<string, ItemRow>();
  const earlier = <Day extends string | null>(a: Day, b: Day): Day =>
    a === null || (b !== null && b < a) ? b : a;
  for (const { closing = false, date, lines } of entries) {
    const month = monthOf(date as CalendarDate);
    for (const line of lines) {
      const { account, amount, document = '', due = null, party = 0, side } = line;
      const { quantity = 0n, unit = '' } = line;
      if (party === 0 && document === '') continue;
      const key = [account, party, document, unit, month, closing].join(' ');
      const found = rows.get(key);
      const decimals = unit === '' ? 0 : exponentOf(unit as CurrencyCode);
      rows.set(key, {
        ...{ account, party, document, unit, decimals, month, closing },
        debitQuantity: (found?.debitQuantity ?? 0n) + (side === 'debit' ? quantity : 0n),
        creditQuantity: (found?.creditQuantity ?? 0n) + (side === 'credit' ? quantity : 0n),
        debit: (found?.debit ?? 0n) + (side === 'debit' ? amount : 0n),
        credit: (found?.credit ?? 0n) + (side === 'credit' ? amount : 0n),
        firstDate: earlier(found?.firstDate ?? null, date as CalendarDate)!,
        dueDate: earlier(found?.dueDate ?? null, due as CalendarDate | null),
      });
    }
  }
  return [...rows.values()];
}

/** @param text `GBP 2025-01-01 1.20`, one per line, in the order in which they came @param first position of the first */
export const writtenRates = (text: string, first: number): WrittenRate[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      const [unit = '', day, rate = ''] = line.trim().split(/\s+/);
      return { unit, day: day as CalendarDate, rate, position: first + at };
    });
