// Sentences about what lines name beside their account: parties, invoices, dimensions, taxes.
import { LONGEST_DOCUMENT } from './line-details.ts';
import type { Refusal } from './refusals.ts';

type LineFactCode =
  | 'party-unknown'
  | 'party-closed'
  | 'party-code-malformed'
  | 'party-code-in-use'
  | 'document-malformed'
  | 'due-without-item'
  | 'account-not-balance-sheet'
  | 'dimension-unknown'
  | 'dimension-code-malformed'
  | 'dimension-code-in-use'
  | 'dimension-value-unknown'
  | 'dimension-value-closed'
  | 'dimension-value-in-use'
  | 'tax-code-unknown'
  | 'tax-code-closed'
  | 'tax-code-malformed'
  | 'tax-code-in-use'
  | 'tax-rate-missing'
  | 'tax-rate-malformed'
  | 'tax-with-base-amount'
  | 'dimension-missing';

export function lineFactWords(
  refusal: Extract<Refusal, { readonly code: LineFactCode }>,
): readonly [title: string, sentence: string] {
  switch (refusal.code) {
    case 'party-unknown':
      return ['Unknown party', `The book has no customer or supplier ${refusal.party}.`];
    case 'party-closed':
      return ['Closed party', `${refusal.party} is closed. Choose another or open it again.`];
    case 'party-code-malformed':
      return [
        'Not a number',
        `${refusal.party || 'An empty text'} is no number of a customer or supplier: 1 to 32 letters, digits, points and hyphens.`,
      ];
    case 'party-code-in-use':
      return ['Number in use', `Another customer or supplier has the number ${refusal.party}.`];
    case 'document-malformed':
      return [
        'Malformed number',
        `The number of an invoice has ${LONGEST_DOCUMENT} letters at most and no control characters.`,
      ];
    case 'due-without-item':
      return [
        'Due what?',
        'A due date belongs to a document or a party. Name one or leave the date out.',
      ];
    case 'account-not-balance-sheet':
      return [
        'Not in the balance sheet',
        `Only an account of the balance sheet can hold what is owed or count in the cash flow: ${refusal.account} can't be one of income or expenses.`,
      ];
    case 'dimension-unknown':
      return ['Unknown dimension', `The book has no dimension ${refusal.dimension}.`];
    case 'dimension-code-malformed':
      return [
        'Not a code',
        `${refusal.dimension || 'An empty text'} is no code: 1 to 32 letters, digits, points and hyphens.`,
      ];
    case 'dimension-code-in-use':
      return ['Code in use', `The book has a dimension ${refusal.dimension}. Choose another code.`];
    case 'dimension-value-unknown':
      return ['Unknown value', `${refusal.dimension} has no value ${refusal.value}.`];
    case 'dimension-value-closed':
      return [
        'Closed value',
        `${refusal.value} of ${refusal.dimension} is closed. Choose another.`,
      ];
    case 'dimension-value-in-use':
      return [
        'Code in use',
        `${refusal.dimension} has a value ${refusal.value}. Choose another code.`,
      ];
    case 'tax-code-unknown':
      return ['Unknown tax code', `The book has no tax code ${refusal.taxCode}.`];
    case 'tax-code-closed':
      return ['Tax code closed', `${refusal.taxCode} is closed. Choose another.`];
    case 'tax-code-malformed':
      return [
        'Malformed code',
        `${refusal.taxCode || 'An empty text'} is no code: 1 to 32 letters, digits, points and hyphens.`,
      ];
    case 'tax-code-in-use':
      return ['Code in use', `The book has a tax code ${refusal.taxCode}. Choose another code.`];
    case 'tax-rate-missing':
      return [
        'No rate',
        `${refusal.taxCode} has no rate on ${refusal.date}. Set one from that day or earlier.`,
      ];
    case 'tax-rate-malformed':
      return [
        'Malformed rate',
        `${refusal.rate || 'An empty text'} is no rate: per cent as a plain number from 0 to 1000, as 25 or 12.5.`,
      ];
    case 'tax-with-base-amount':
      return [
        'Rate needed',
        'A line with tax in another currency needs a rate in place of what it is worth.',
      ];
    case 'dimension-missing':
      return [
        'Dimension missing',
        `Lines on this account must say which ${refusal.dimension} they belong to.`,
      ];
  }
}
