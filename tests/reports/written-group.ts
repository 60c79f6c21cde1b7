// Groups written as books: each member is a written book, its accounts and balances as a group's log would have taken them.
import { addMonths, type Month, monthsBetween } from '#ledger/domain/calendar.ts';
import type { AccountMapping } from '#ledger/domain/group.ts';
import { type Group, groupOf, type MemberFacts } from '#reports/catalogue/group-members.ts';
import type { BalanceRow } from '#reports/catalogue/month-table.ts';
import { checkInvariants, reportsOf } from '#reports/catalogue/registry.ts';
import { asText, Book, type WrittenBook } from './written-book.ts';
import { writtenRates } from './written-entries.ts';

export interface WrittenMember extends WrittenBook {
  readonly name: string;
  readonly currency?: string;
  readonly intercompany?: string;
  readonly mapping?: readonly AccountMapping[];
}

/** Ids of a member's accounts are unlike those of the group's and of other members'. */
const FIRST_ID = 1_000;

/** Members come at position 2, rates from 7 on. @param rates `GBP 2025-01-01 1.20`, one per line */
export function writtenGroup(members: readonly WrittenMember[], rates = ''): Group {
  return groupOf(
    '2025-01' as Month,
    members.map((member, at) => memberFacts(member, (at + 1) * FIRST_ID)),
    writtenRates(rates, 7),
  );
}

function memberFacts(
  { currency = 'EUR', intercompany = '', mapping = [], name, ...written }: WrittenMember,
  first: number,
): MemberFacts {
  const { accounts, table } = new Book({ start: '2025-01-01', ...written }).ledger;
  return {
    ...{ book: first, name, currency, intercompany, mapping, namedPosition: 2 },
    accounts: accounts.map((account) => ({ ...account, id: first + account.id })),
    balances: accounts.flatMap(({ id }) =>
      monthsBetween(table.first, table.last).flatMap((month) => {
        const until = addMonths(month, 1);
        const all = table.between(id, month, until, 'all');
        const ordinary = table.between(id, month, until, 'without-closing');
        const closing = { debit: all.debit - ordinary.debit, credit: all.credit - ordinary.credit };
        const row = { account: first + id, month, lastPosition: 2 };
        return [
          { ...row, closing: false, ...ordinary },
          { ...row, closing: true, ...closing },
        ].filter(({ credit, debit }: BalanceRow) => debit !== 0n || credit !== 0n);
      }),
    ),
  };
}

export const CHART = `
  1000 asset Assets:Bank
  1500 asset Assets:Due from the group
  2500 liability Liabilities:Due to the group
  3000 equity Equity:Capital
  4000 income Income:Sales
  5000 expense Expenses:Costs`;

/** A group of members, whose own accounts are those of `CHART`. */
export const group = (members: readonly WrittenMember[], rates = '', entries = '') =>
  new Book({
    ...{ start: '2025-01-01', firstYearEnd: '2025-12-31', accounts: CHART, entries },
    group: writtenGroup(members, rates),
  });

/** The lines of a report as text, without their indents. */
export const lines = (book: Book, report: string, key: string): string[] =>
  asText(book.report(report, key)).map((line) => line.trim());

/** Checks the invariants of a period's documents. @returns names of those checked */
export const checked = (book: Book, key: string): string[] => {
  const period = book.period(key);
  const set = Object.fromEntries(
    reportsOf(period.kind, true).map((name) => [name, book.report(name, key)]),
  );
  return checkInvariants(book.ledger, period, set);
};

/** Lends to a member South and sells to it. */
export const NORTH: WrittenMember = {
  ...{ name: 'North', accounts: CHART },
  entries: `
    2025-01-10 capital
      1000 D 1000.00
      3000 C 1000.00
    2025-01-20 lent to South
      1500 D 300.00
      1000 C 300.00
    2025-02-05 sale to South
      1500 D 50.00
      4000 C 50.00`,
};
