// The ledger as it was planned: what income and expenses are planned to move stands in the place of what they moved, and nothing
// else. A report that is computed from it says what was planned in its own rows.
import { type AccountId, isResultAccount } from '#ledger/domain/account.ts';
import { monthOf, type Period } from '#ledger/domain/calendar.ts';
import type { BookLedger } from './book-ledger.ts';
import type { Movement } from './month-table.ts';

const NOTHING: Movement = { debit: 0n, credit: 0n };

export function plannedLedger(ledger: BookLedger): BookLedger {
  const { accounts, budget, details, table } = ledger;
  const types = new Map(accounts.map(({ id, type }) => [id, type]));
  /** @param amount above zero what income earns and expenses cost */
  const moved = (account: AccountId, amount: bigint): Movement =>
    types.get(account) === 'income' ? { debit: 0n, credit: amount } : { debit: amount, credit: 0n };
  return {
    ...ledger,
    table: {
      ...table,
      between: (account, from, until) =>
        isResultAccount(types.get(account)!)
          ? moved(account, budget.between(account, from ?? table.first, until))
          : NOTHING,
      hasClosing: () => false,
    },
    details: {
      ...details,
      between: (kind, of, account, from, until) =>
        kind === 'dimension' ? moved(account, budget.ofValue(of, account, from, until)) : NOTHING,
    },
  };
}

/** Position of the last event that planned anything for a year; 0: it has no budget. */
export const plannedPosition = (
  { budget }: Pick<BookLedger, 'budget'>,
  { from, to }: Period['fiscalYear'],
): number => budget.positionBetween(monthOf(from), monthOf(to));

/** The note that nothing was planned, where that is so. */
export const unplannedNotes = (
  ledger: Pick<BookLedger, 'budget'>,
  { fiscalYear }: Period,
): string[] =>
  plannedPosition(ledger, fiscalYear) === 0
    ? [`The book has no budget for ${fiscalYear.name}.`]
    : [];
