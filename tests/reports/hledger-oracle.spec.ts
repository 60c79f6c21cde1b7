// hledger as an independent judge: a made-up ledger of three years, its trial balances, balance sheets and income
// statements against `hledger balance`, account by account, to the cent. Needs hledger on the PATH.
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type Account, isResultAccount } from '#ledger/domain/account.ts';
import {
  addDays,
  addMonths,
  type CalendarDate,
  type Month,
  periodsThrough,
} from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { minor } from '#reports/catalogue/pages.ts';
import { Book, type WrittenEntry, writtenAccounts } from './written-book.ts';

const installed = spawnSync('hledger', ['--version']).status === 0;

const ACCOUNTS = `
  1000 asset assets:bank
  1010 asset assets:bank:savings
  1100 asset assets:receivables
  2000 liability liabilities:payables
  3000 equity equity:capital
  4000 income income:sales
  4010 income income:sales:abroad
  6000 expense expenses:rent
  6010 expense expenses:wages`;

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  let value = seed;
  for (;;) {
    value = (value * 48_271) % 2_147_483_647;
    yield value;
  }
}

function madeUpEntries(count: number): WrittenEntry[] {
  const source = numbers(2_026);
  const next = (below: number) => source.next().value % below;
  return Array.from({ length: count }, () => {
    const [first, second] = [BigInt(next(5_000_000)), BigInt(next(90_000))];
    const month = addMonths('2024-04' as Month, next(33));
    return {
      date: `${month}-${String(1 + next(28)).padStart(2, '0')}`,
      lines: [
        { account: 1 + next(9), side: 'debit', amount: first },
        { account: 1 + next(9), side: 'debit', amount: second },
        { account: 1 + next(9), side: 'credit', amount: first + second },
      ],
    };
  });
}

const accounts = writtenAccounts(ACCOUNTS);
const entries = madeUpEntries(600);
const book = new Book({
  ...{ start: '2024-04-01', firstYearEnd: '2025-03-31' },
  ...{ accounts: ACCOUNTS, entries },
});

const journal = entries
  .map(({ date, lines }) => {
    const postings = lines.map(({ account, side, amount }) => {
      const path = accounts.find(({ id }) => id === account)!.path;
      return `    ${path}  ${decimalText(side === 'debit' ? amount : -amount, 2)}`;
    });
    return `${date} entry\n${postings.join('\n')}\n`;
  })
  .join('\n');

/** Balances by path, debit minus credit in cents, of the postings from a day up to, not including, another. */
function hledgerBalances(from: string | null, until: string): Map<string, bigint> {
  const range = from === null ? [] : ['-b', from];
  const options = ['-f', '-', 'balance', '--flat', '-N', '-E', '-O', 'csv', ...range, '-e', until];
  const csv = execFileSync('hledger', options, { input: journal, encoding: 'utf8' });
  const lines = csv.trim().split('\n').slice(1);
  return new Map(
    lines.map((line) => {
      const [path, amount] = line.split(',').map((cell) => cell.replaceAll('"', ''));
      return [path!, minor(amount === '0' ? '' : amount, 2)];
    }),
  );
}

describe('hledger agrees, account by account,', { timeout: 60_000 }, () => {
  const periods = periodsThrough(book.ledger.facts.calendar, '2026-12' as Month);
  const chosen = periods.filter(({ kind }, at) => kind !== 'month' || at % 7 === 0);

  it('with opening and closing of the trial balance', ({ skip }) => {
    skip(!installed, 'hledger is not installed');
    for (const period of chosen) {
      const rows = book.report('trial-balance', period.key).rows;
      const start = period.fiscalYear.from;
      const expected = (until: CalendarDate) => {
        const [all, year] = [hledgerBalances(null, until), hledgerBalances(start, until)];
        return (account: Account) =>
          (isResultAccount(account.type) ? year : all).get(account.path) ?? 0n;
      };
      const [opening, closing] = [expected(period.from), expected(addDays(period.to, 1))];
      for (const account of accounts) {
        const values = rows.find((row) => row.account === account.code)?.values ?? {};
        const value = (key: string) => minor(values[key], 2);
        const where = `${account.path} in ${period.key}`;
        expect(value('openingDebit') - value('openingCredit'), where).toBe(opening(account));
        expect(value('closingDebit') - value('closingCredit'), where).toBe(closing(account));
      }
    }
  });

  it('with period and year to date of the income statement', ({ skip }) => {
    skip(!installed, 'hledger is not installed');
    for (const period of chosen) {
      const rows = book.report('income-statement', period.key).rows;
      const until = addDays(period.to, 1);
      const columns = {
        period: hledgerBalances(period.from, until),
        yearToDate: hledgerBalances(period.fiscalYear.from, until),
      };
      for (const account of accounts.filter(({ type }) => isResultAccount(type))) {
        const sign = account.type === 'expense' ? 1n : -1n;
        const values = rows.find((row) => row.account === account.code)?.values ?? {};
        for (const [key, balances] of Object.entries(columns)) {
          const expected = sign * (balances.get(account.path) ?? 0n);
          expect(minor(values[key], 2), `${account.path} in ${period.key}`).toBe(expected);
        }
      }
    }
  });
});
