// Which entries of a year's last day close it: lines and balances in, entries out.
import { describe, expect, test } from 'vitest';
import type { AccountType } from '#ledger/domain/account.ts';
import { closingEntries, type Standing } from '#ledger/domain/closing-entries.ts';
import type { Posting } from '#ledger/domain/journal-entry.ts';
import { minorUnits } from '#ledger/domain/money.ts';

const TYPES: Record<number, AccountType> = {
  ...{ 1: 'asset', 3: 'equity', 4: 'income', 5: 'expense', 6: 'expense', 30: 'equity' },
};
const typeOf = (account: number) => TYPES[account] ?? null;

/** Lines by account, debit positive. */
const entry = (ordinal: number, lines: Record<number, number>) => ({
  ordinal,
  lines: Object.entries(lines).map(
    ([account, amount]): Posting => ({
      account: +account,
      side: amount < 0 ? 'credit' : 'debit',
      amount: minorUnits(BigInt(Math.abs(amount))),
      memo: '',
    }),
  ),
});
const amounts = (balances: Record<number, number>): Standing => ({
  by: 'amount',
  balances: new Map(
    Object.entries(balances).map(([account, balance]) => [account, BigInt(balance)]),
  ),
});
const found = (candidates: ReturnType<typeof entry>[], ...standings: Standing[]) => {
  const { closing, partly } = closingEntries(candidates, typeOf, standings);
  return [closing.map(({ ordinal }) => ordinal), partly.map(({ ordinal }) => ordinal)];
};
const ZERO = amounts({ 1: 70, 4: 0, 5: 0, 6: 0 });

test('one entry that brings everything to zero', () => {
  expect(found([entry(7, { 4: 100, 5: -20, 6: -10, 3: -70 })], ZERO)).toEqual([[7], []]);
});

test('one for income, one for expenses, gathered on an account that the last empties', () => {
  const all = [
    entry(7, { 4: 100, 30: -100 }),
    entry(8, { 5: -20, 6: -10, 30: 30 }),
    entry(9, { 30: 70, 3: -70 }),
  ];
  expect(found(all, ZERO)).toEqual([[7, 8, 9], []]);
});

describe('others of the day stay what they are', () => {
  const closing = entry(8, { 4: 100, 5: -20, 6: -10, 3: -70 });
  test.each([
    ['an expense that the owner paid, before', entry(7, { 5: 15, 3: -15 })],
    ['or after it in the file', entry(9, { 5: 15, 3: -15 })],
    ['one expense moved to another', entry(9, { 5: 15, 6: -15 })],
    ['a transfer within equity', entry(9, { 3: 5, 30: -5 })],
    ['an account whose type nobody knows', entry(9, { 77: 5, 3: -5 })],
    ['an asset', entry(9, { 1: 5, 4: -5 })],
  ])('%s', (_, other) => {
    const inOrder = [closing, other].sort((a, b) => a.ordinal - b.ordinal);
    expect(found(inOrder, ZERO)).toEqual([[8], []]);
  });
});

test('what leaves a balance on another account closes nothing, and is told', () => {
  const some = entry(7, { 4: 100, 5: -20, 3: -80 });
  expect(found([some], amounts({ 4: 0, 5: 0, 6: 10 }))).toEqual([[], [7]]);
  const wrong = entry(7, { 4: 100, 5: -19, 3: -81 });
  expect(found([wrong], amounts({ 4: 0, 5: 1, 6: 0 }))).toEqual([[], []]);
  expect(found([entry(7, { 5: 15, 3: -15 })], amounts({ 5: 0, 6: 10 }))).toEqual([[], []]);
});

test('it is enough that the year stands at zero, where earlier years weren’t closed', () => {
  const own = entry(7, { 4: 100, 3: -100 });
  expect(found([own], amounts({ 4: -500 }), amounts({ 4: 0 }))).toEqual([[7], []]);
});

test('or that no quantity is left, whatever the rates were', () => {
  const own = entry(7, { 4: 95, 3: -95 });
  const inDollars = own.lines.map((line) => ({
    ...line,
    units: { unit: 'USD', quantity: 110n, rate: null, cost: null },
  }));
  const quantities = { by: 'quantity', balances: new Map([['4/USD', 0n]]) } as const;
  expect(found([{ ...own, lines: inDollars }], amounts({ 4: -5 }), quantities)).toEqual([[7], []]);
});
