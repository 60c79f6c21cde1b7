// What the trading company found after it had locked a month: the owner reopened it, said why, and locked it again.
import { addMonths, type CalendarDate, lastDay, type Month } from '#ledger/domain/calendar.ts';
import { lastWorkingDay } from './working-days.ts';

interface LateLine {
  readonly account: string;
  readonly side: 'debit' | 'credit';
  readonly amount: string;
  readonly memo: string;
}

export interface LatePostings {
  /** Days after this one were opened again. */
  readonly after: CalendarDate;
  readonly reason: string;
  readonly entries: readonly {
    readonly date: CalendarDate;
    readonly reference: string;
    readonly description: string;
    readonly lines: readonly LateLine[];
  }[];
}

/** @param month that was locked to its end */
export function latePostings(month: Month): LatePostings {
  const date = lastWorkingDay(month);
  const entry = (
    name: string,
    description: string,
    [taken, given]: readonly [string, string],
    amount: string,
    memo: string,
  ): LatePostings['entries'][number] => ({
    ...{ date, description, reference: `LATE-${month}-${name}` },
    lines: [
      { account: taken, side: 'debit', amount, memo },
      { account: given, side: 'credit', amount, memo },
    ],
  });
  return {
    after: lastDay(addMonths(month, -1)),
    reason:
      'Solicitors billed the lease after the month was closed, and a pallet was counted twice',
    entries: [
      entry(
        'FEES',
        'Renewal of the lease, Corrib & Daly Solicitors',
        ['6445', '2110'],
        '1840.00',
        `Work done in ${month}`,
      ),
      entry('COUNT', 'A pallet of cookware counted twice', ['5080', '1001'], '612.40', 'Recounted'),
    ],
  };
}
