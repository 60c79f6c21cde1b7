// Sentences about budgets.
import type { Refusal } from './refusals.ts';

type BudgetCode =
  | 'account-not-of-result'
  | 'month-malformed'
  | 'month-out-of-budget'
  | 'budget-named-twice'
  | 'budget-exists'
  | 'nothing-to-copy'
  | 'per-cent-malformed';

export function budgetWords(
  refusal: Extract<Refusal, { readonly code: BudgetCode }>,
): readonly [title: string, sentence: string] {
  switch (refusal.code) {
    case 'account-not-of-result':
      return [
        'Not income or expenses',
        `Income and expenses are budgeted: ${refusal.account} is an account of the balance sheet.`,
      ];
    case 'month-malformed':
      return [
        'Not a month',
        `${refusal.month || 'An empty text'} is no month. Write it as 2026-03.`,
      ];
    case 'month-out-of-budget':
      return [
        'Out of the budget',
        `A budget reaches from ${refusal.first}, the book’s first month, to ${refusal.last}.`,
      ];
    case 'budget-named-twice':
      return [
        'Named twice',
        `${refusal.account} has two amounts for ${refusal.month}. Give one, or name other values of dimensions.`,
      ];
    case 'budget-exists':
      return [
        'There is a budget',
        `${refusal.year} has a budget already. Say that it gives way, or change its amounts.`,
      ];
    case 'nothing-to-copy':
      return ['Nothing to copy', `The year before ${refusal.year} has nothing to copy.`];
    case 'per-cent-malformed':
      return [
        'Not per cent',
        `${refusal.percent || 'An empty text'} is not per cent: a plain number from -1000 to 1000, as 3 or -2.5.`,
      ];
  }
}
