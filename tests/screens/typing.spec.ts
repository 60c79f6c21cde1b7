// What an accountant types into a new entry, and what it comes to.
import { describe, expect, test } from 'vitest';
import {
  balancingLine,
  type DraftFacts,
  emptyDraft,
  emptyLine,
  entryOf,
  matching,
  pastedLines,
  settledLine,
} from '#app/_components/new-entry/draft.ts';
import { decimalSignOf, readTyped } from '#app/_components/new-entry/typed-amount.ts';
import { readTypedDate } from '#app/_components/new-entry/typed-date.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';

const day = (text: string) => text as CalendarDate;
const facts = (locale: string): DraftFacts => ({
  accounts: [
    { code: '1000', name: 'Bank', path: 'Assets:Bank' },
    { code: '4000', name: 'Sales', path: 'Income:Sales' },
    { code: '4010', name: 'Export sales', path: 'Income:Export sales' },
  ],
  choices: { parties: [], dimensions: [], taxCodes: [] },
  exponent: 2,
  units: new Map([['VHT', 3]]),
  locale,
  sign: decimalSignOf(locale),
});
const line = (account: string, debit: string, credit = '') => ({
  ...emptyLine(),
  account,
  debit,
  credit,
});

describe('amounts', () => {
  test.each([
    ['en-GB', '1234.5', 123_450n],
    ['en-GB', '1,234.50', 123_450n],
    ['en-GB', '1,234', 123_400n],
    ['fr-FR', '1 234,50', 123_450n],
    ['de-DE', '1.234,50', 123_450n],
    ['de-DE', '1.234', 123_400n],
    ['de-DE', '1234.5', 123_450n],
    ['de-CH', '1’234.50', 123_450n],
    ['en-GB', '100+25', 12_500n],
    ['en-GB', '100-25.5+0.25', 7_475n],
    ['en-GB', '-30', -3_000n],
    ['en-GB', '−30', -3_000n],
    ['en-GB', '1.005', null],
    ['en-GB', '12a', null],
    ['en-GB', '1+', null],
    ['en-GB', '', null],
  ])('%s: %s', (locale, text, amount) => {
    expect(readTyped(text, 2, decimalSignOf(locale))).toBe(amount);
  });

  test('a negative amount changes its side; figures are written out', () => {
    expect(settledLine(line('1000', '-1234.5'), facts('en-GB'))).toMatchObject({
      debit: '',
      credit: '1,234.50',
    });
    expect(settledLine(line('1000', '', '10+5'), facts('de-DE'))).toMatchObject({
      debit: '',
      credit: '15,00',
    });
  });
});

describe('amounts in another unit', () => {
  test.each([
    ['en-GB', '100 USD', { debit: '100.00 USD' }],
    ['en-GB', '100 usd @ .9234', { debit: '100.00 USD @ 0.9234' }],
    ['de-DE', '1.234,5 USD @ 0,9', { debit: '1.234,50 USD @ 0,9' }],
    ['en-GB', '-100USD', { debit: '', credit: '100.00 USD' }],
    ['en-GB', '12.5 VHT @@ 1000', { debit: '12.500 VHT @@ 1,000.00' }],
    ['en-GB', '1000 JPY @ 0.006', { debit: '1,000 JPY @ 0.006' }],
    ['en-GB', '1.5 JPY', { debit: '1.5 JPY' }],
    ['en-GB', '1 XYZ', { debit: '1 XYZ' }],
    ['en-GB', '1 USD @ 0', { debit: '1 USD @ 0' }],
    ['en-GB', '1 USD @@ 0.001', { debit: '1 USD @@ 0.001' }],
  ])('%s: %s', (locale, text, shown) => {
    expect(settledLine(line('1000', text), facts(locale))).toMatchObject(shown);
  });

  const draft = (...lines: readonly (readonly [string, string, string])[]) => ({
    ...emptyDraft(day('2026-02-28')),
    description: 'x',
    lines: lines.map(([account, debit, credit]) => line(account, debit, credit)),
  });

  test('are read as the command takes them', () => {
    const typed = draft(['1000', '100 USD @ 0.9234', ''], ['4000', '', '92.34']);
    expect(entryOf(typed, facts('en-GB'))).toMatchObject({
      entry: {
        lines: [
          { account: '1000', side: 'debit', amount: '100', unit: 'USD', rate: '0.9234' },
          { account: '4000', side: 'credit', amount: '92.34' },
        ],
      },
    });
    const off = draft(['1000', '100 USD @ 0.9234', ''], ['4000', '', '92']);
    expect(entryOf(off, facts('en-GB'))).toMatchObject({
      problem: 'The debits are larger by 0.34.',
    });
  });

  test('without a rate are left to the book', () => {
    const typed = draft(['1000', '100 USD', ''], ['4000', '', '92.34']);
    expect(entryOf(typed, facts('en-GB'))).toMatchObject({
      entry: { lines: [{ amount: '100', unit: 'USD' }, { amount: '92.34' }] },
    });
  });

  test('are worth what balances the entry, and balance it', () => {
    const typed = draft(['1000', '100 USD', ''], ['4000', '', '92.34']);
    const balanced = balancingLine(typed, 0, facts('en-GB'));
    expect(balanced).toMatchObject({ debit: '100.00 USD @@ 92.34', credit: '' });
    const other = draft(['1000', '100 USD @ 0.9', ''], ['4000', '', '']);
    expect(balancingLine(other, 1, facts('en-GB'))).toMatchObject({ credit: '90.00' });
  });
});

test.each([
  ['en-GB', 't', '2026-11-24'],
  ['en-GB', '+', '2026-03-01'],
  ['en-GB', '-', '2026-02-27'],
  ['en-GB', '++', '2026-03-02'],
  ['en-GB', '15', '2026-02-15'],
  ['en-GB', '15/3', '2026-03-15'],
  ['en-US', '3/15', '2026-03-15'],
  ['de-DE', '15.3.', '2026-03-15'],
  ['en-GB', '1/4/25', '2025-04-01'],
  ['en-GB', '2025-12-31', '2025-12-31'],
  ['en-GB', '', '2026-02-28'],
  ['en-GB', '31', null],
  ['en-GB', 'soon', null],
])('dates, %s: %s', (locale, text, date) => {
  const shown = day('2026-02-28');
  expect(readTypedDate(text, { shown, today: day('2026-11-24'), locale })).toBe(date);
});

describe('an entry', () => {
  test('is balanced by its last line, and read as the command takes it', () => {
    const draft = {
      ...emptyDraft(day('2026-02-28')),
      description: ' Sale ',
      lines: [line('1000', '100'), line('sales', '', '40'), line('4010', ''), emptyLine()],
    };
    const lines = draft.lines.map((one, at) =>
      at === 2 ? balancingLine(draft, 2, facts('en-GB')) : one,
    );
    expect(lines[2]).toMatchObject({ debit: '', credit: '60.00' });
    expect(entryOf({ ...draft, lines }, facts('en-GB'))).toMatchObject({
      problem: 'Line 2: there is no account sales.',
      line: 1,
    });
    const right = lines.map((one, at) => (at === 1 ? { ...one, account: '4000 Sales' } : one));
    expect(entryOf({ ...draft, lines: right }, facts('en-GB'))).toMatchObject({
      entry: {
        description: 'Sale',
        lines: [
          { account: '1000', side: 'debit', amount: '100.00' },
          { account: '4000', side: 'credit', amount: '40.00' },
          { account: '4010', side: 'credit', amount: '60.00' },
        ],
      },
    });
  });

  test('says what is missing', () => {
    const draft = {
      ...emptyDraft(day('2026-02-28')),
      lines: [line('1000', '5'), line('4000', '', '4')],
    };
    expect(entryOf(draft, facts('en-GB'))).toMatchObject({ problem: 'Give a description.' });
    expect(entryOf({ ...draft, description: 'x' }, facts('en-GB'))).toMatchObject({
      problem: 'The debits are larger by 1.00.',
    });
  });

  test('takes rows from a spreadsheet', () => {
    const rows = '1000\t1.234,50\t\tfirst\n4000\t\t1.234,50\r\n\t\t\t\nNowhere\t-3\t\tlast\n';
    expect(pastedLines(rows, facts('de-DE')).map(({ id: _, details: __, ...row }) => row)).toEqual([
      { account: '1000 Bank', debit: '1.234,50', credit: '', memo: 'first' },
      { account: '4000 Sales', debit: '', credit: '1.234,50', memo: '' },
      { account: 'Nowhere', debit: '', credit: '3,00', memo: 'last' },
    ]);
  });

  test('accounts are found by code or by any part of the name', () => {
    const codes = (text: string) => matching(text, facts('en-GB').accounts).map(({ code }) => code);
    expect(codes('40')).toEqual(['4000', '4010']);
    expect(codes('exp sal')).toEqual(['4010']);
    expect(codes('income')).toEqual(['4000', '4010']);
  });
});
