// The group of the demo companies is believable: every account has a place, and what one company lent the other cancels.
import { describe, expect, it } from 'vitest';
import type { Account } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { memberPicks } from '#ledger/domain/group.ts';
import { isPickedBy } from '#ledger/domain/place-accounts.ts';
import { aprilCompany } from '#server/demo/april-company.ts';
import { demoGroup } from '#server/demo/demo-group.ts';
import { tradingCompany } from '#server/demo/trading-company.ts';

const NOTHING = { closed: false, controls: null, cashFlow: null, tags: [] } as const;
const DAYS = ['2026-11-24', '2027-01-05', '2028-03-15'] as CalendarDate[];

describe.each(DAYS)('the group as of %s', (today) => {
  const books = [tradingCompany(today), aprilCompany(today)];
  const group = demoGroup(books[0]!, books[1]!);

  it('has a place of the same type for every account of both companies', () => {
    const types = new Map(group.chart.map(({ code, type }) => [code, type]));
    for (const [at, { mapping }] of group.members.entries()) {
      const book = books[at]!;
      const chart = [...book.chart, ...(book.foreign?.accounts ?? []), group.loan[at]!.account];
      for (const own of chart) {
        const account: Account = { id: 0, ...own, ...NOTHING };
        const found = mapping.find(({ accounts }) => {
          const picks = memberPicks(accounts);
          return !('term' in picks) && isPickedBy(picks, account);
        });
        expect([own.code, types.get(found?.to ?? '')]).toEqual([own.code, own.type]);
      }
    }
  });

  it('lends in pounds what it books in euros at the last rate, in days that are open', () => {
    const [lent, owed] = group.loan.map(({ entry }) => entry);
    const rate = group.rates.findLast(({ date }) => date <= lent!.date)!.rate;
    const [euros, pounds] = [lent, owed].map((entry) => Number(entry!.lines[0]!.amount));
    expect(euros).toBeCloseTo(pounds! * Number(rate), 2);
    for (const book of books) expect(lent!.date > book.lockedThrough).toBe(true);
  });

  it('knows a rate before the company that keeps pounds began', () => {
    expect(group.rates[0]!.date <= books[1]!.startDate).toBe(true);
  });
});
