// Refusals in plain sentences: what is wrong, where, and what to do. One place, for screens and API alike.
import { budgetWords } from './budget-sentences.ts';
import { groupWords } from './group-sentences.ts';
import { layoutWords } from './layout-sentences.ts';
import { lineFactWords } from './line-fact-sentences.ts';
import type { Refusal } from './refusals.ts';

const STATUS: Partial<Record<Refusal['code'], 400 | 403 | 404 | 409>> = {
  'input-malformed': 400,
  'book-not-found': 404,
  'entry-not-found': 404,
  'not-permitted': 403,
  'command-id-reused': 409,
  'slug-in-use': 409,
  'account-code-in-use': 409,
  'account-path-in-use': 409,
  'unit-in-use': 409,
  'party-code-in-use': 409,
  'dimension-code-in-use': 409,
  'tax-code-in-use': 409,
  'dimension-value-in-use': 409,
  'entry-already-reversed': 409,
  'member-exists': 409,
  'group-member-exists': 409,
  'group-member-unknown': 404,
  'member-not-found': 404,
  'api-key-not-found': 404,
  'import-not-found': 404,
  'import-not-waiting': 409,
  'import-duplicate': 409,
  'budget-exists': 409,
};

/** HTTP status of a refusal (RFC 9110): 422 unless the request itself, the right or a conflict is at fault. */
export const statusOf = (refusal: Refusal): 400 | 403 | 404 | 409 | 422 =>
  STATUS[refusal.code] ?? 422;

/** Where in the entry, the budget or the mapping: `lines.3.amount` is line 4. */
function place(field: string | undefined): string {
  const [, list, at] = /^(lines|amounts|mapping)\.(\d+)/.exec(field ?? '') ?? [];
  if (at === undefined) return '';
  return `${list === 'amounts' ? 'Amount' : 'Line'} ${(BigInt(at) + 1n).toString()}: `;
}

/** @returns a short title and a sentence that says what to do. */
export function explain(refusal: Refusal): { title: string; detail: string; field?: string } {
  const [title, sentence] = words(refusal);
  const detail = place(refusal.field) + sentence;
  return refusal.field === undefined ? { title, detail } : { title, detail, field: refusal.field };
}

function words(refusal: Refusal): readonly [title: string, sentence: string] {
  switch (refusal.code) {
    case 'input-malformed':
      return ['Not understood', refusal.problem];
    case 'book-not-found':
      return ['No such book', 'There is no such book among yours.'];
    case 'not-permitted':
      return [
        'Not permitted',
        'Your role does not allow this. An owner of the book can change it.',
      ];
    case 'command-id-reused':
      return [
        'Already used',
        'This command id was used for something else. Send it again with a new one.',
      ];
    case 'slug-in-use':
      return [
        'Address in use',
        `A book with the address ${refusal.slug} exists. Choose another name.`,
      ];
    case 'currency-unknown':
      return ['Unknown currency', `${refusal.currency} is not a currency of ISO 4217.`];
    case 'date-malformed':
      return [
        'Not a date',
        `${refusal.date} is not a day of the calendar. Write it as YYYY-MM-DD.`,
      ];
    case 'first-year-end-before-first-day':
      return ['First year too short', `The first year must end on or after ${refusal.startDate}.`];
    case 'date-before-first-day':
      return ['Too early', `${refusal.date} is before the book's first day, ${refusal.firstDay}.`];
    case 'date-too-far-ahead':
      return [
        'Too far ahead',
        `${refusal.date} is more than a year ahead; the last day is ${refusal.latest}.`,
      ];
    case 'date-locked':
      return [
        'Date locked',
        `${refusal.date} is locked. The first open day is ${refusal.firstOpenDay}.`,
      ];
    case 'lock-goes-back':
      return [
        'Already locked',
        `The book is locked through ${refusal.lockedThrough}. An owner opens days again, with a reason.`,
      ];
    case 'nothing-to-reopen':
      return [
        'Nothing to open',
        refusal.lockedThrough === null
          ? 'No day is locked.'
          : `The book is locked through ${refusal.lockedThrough}: give an earlier day, or none.`,
      ];
    case 'dates-sealed':
      return [
        'Locked for good',
        `All days through ${refusal.sealedThrough} are locked for good. Post a correction on an open day.`,
      ];
    case 'seal-before-lock':
      return [
        'Not locked yet',
        refusal.lockedThrough === null
          ? 'No day is locked. Lock the days first.'
          : `The book is locked through ${refusal.lockedThrough}. Lock later days first.`,
      ];
    case 'too-few-lines':
      return ['One line only', 'An entry needs two lines or more.'];
    case 'too-many-lines':
      return [
        'Too many lines',
        `${refusal.lines} lines are more than the 10 000 an entry may have.`,
      ];
    case 'account-unknown':
      return ['Unknown account', `The book has no account ${refusal.account}.`];
    case 'account-closed':
      return ['Closed account', `Account ${refusal.account} is closed. Choose an open one.`];
    case 'account-not-equity':
      return [
        'Not equity',
        `Account ${refusal.account} is no account of equity. Choose retained earnings or the like.`,
      ];
    case 'year-unknown':
      return [
        'No such year',
        `The book has no fiscal year ${refusal.year}; it is named by the year in which it ends.`,
      ];
    case 'year-not-over':
      return ['Year not over', `The year ${refusal.year} goes on until ${refusal.end}.`];
    case 'nothing-to-close':
      return [
        'Nothing to close',
        `No income or expenses stand at the end of the year ${refusal.year}. It may be closed already.`,
      ];
    case 'account-code-malformed':
      return [
        'Not a code',
        `${refusal.account} is no code: 1 to 32 letters, digits, points and hyphens.`,
      ];
    case 'account-code-in-use':
      return ['Code in use', `Another account has the code ${refusal.account}. Choose another.`];
    case 'account-path-in-use':
      return ['Name in use', `Another account is called ${refusal.path}. Choose another name.`];
    case 'account-has-balance':
      return [
        'Account not empty',
        `${refusal.account} holds ${refusal.balance}. Bring it to zero first.`,
      ];
    case 'account-has-movement':
      return [
        'Account in use',
        `${refusal.account} moved in the fiscal year ${refusal.year}. Close it next year.`,
      ];
    case 'amount-not-a-number':
      return [
        'Not an amount',
        `${refusal.amount || 'An empty text'} is not an amount, like 1234.50.`,
      ];
    case 'amount-zero':
      return ['Amount zero', 'The amount is zero. Leave the line out or give its amount.'];
    case 'amount-negative':
      return [
        'Amount negative',
        `${refusal.amount} is negative. Put the amount on the other side.`,
      ];
    case 'amount-too-many-decimals':
      return ['Too many decimals', `${refusal.amount} has more than ${refusal.decimals} decimals.`];
    case 'amount-too-large':
      return ['Too large', `${refusal.amount} brings a total or balance past 18 digits.`];
    case 'debit-and-credit':
      return ['Which side?', 'Give a debit or a credit, exactly one of the two.'];
    case 'unit-unknown':
      return [
        'Unknown unit',
        `${refusal.unit} is neither a currency of ISO 4217 nor a unit of this book. Define it first.`,
      ];
    case 'unit-malformed':
      return [
        'Not a unit',
        `${refusal.unit || 'An empty text'} is no unit: 1 to 24 letters, digits, points and hyphens, a letter first.`,
      ];
    case 'unit-in-use':
      return ['Unit exists', `The unit ${refusal.unit} is known already. Choose another code.`];
    case 'rate-malformed':
      return [
        'Not a rate',
        `${refusal.rate || 'An empty text'} is not a rate above zero, like 0.9234.`,
      ];
    case 'rate-unknown':
      return [
        'Rate missing',
        `No rate of ${refusal.unit} is recorded for ${refusal.date} or a day before it. Record one first.`,
      ];
    case 'not-a-month-end':
      return ['Not a month’s end', `${refusal.date} is not the last day of a month.`];
    case 'nothing-to-revalue':
      return [
        'Nothing to revalue',
        `What the book holds in other currencies at ${refusal.date} is worth what it stands at.`,
      ];
    case 'rate-and-base-amount':
      return ['Rate or amount?', 'Give a rate or the amount in the base currency, not both.'];
    case 'rate-of-base-currency':
      return [
        'No rate needed',
        `${refusal.currency} is the book's own currency. Leave out the rate and the base amount.`,
      ];
    case 'amount-worthless':
      return [
        'Worth nothing',
        `${refusal.amount} comes to nothing in the base currency. Check the amount and the rate.`,
      ];
    case 'unit-out-of-balance':
      return [
        'Rate missing',
        `No rate of ${refusal.unit} is known at this date, and its lines are off by ${refusal.difference}. Give a rate or an amount in the base currency, or record a rate.`,
      ];
    case 'rounding-account-missing':
      return [
        'Rounding difference',
        `Converting the lines leaves ${refusal.difference} over. Choose a rounding account in the book's settings.`,
      ];
    case 'out-of-balance':
      return ['Out of balance', `The ${refusal.heavier}s are larger by ${refusal.difference}.`];
    case 'entry-not-found':
      return ['No such entry', `The book has no entry ${refusal.number}.`];
    case 'entry-already-reversed':
      return ['Already reversed', `Entry ${refusal.number} was reversed by entry ${refusal.by}.`];
    case 'reversal-before-original':
      return [
        'Too early',
        `A reversal cannot be dated ${refusal.date}, before its entry of ${refusal.original}.`,
      ];
    case 'password-wrong':
      return ['Wrong password', 'The current password is not that. Type it again.'];
    case 'password-too-short':
      return ['Password too short', `A password has ${refusal.least} characters or more.`];
    case 'api-key-not-found':
      return ['No such key', 'There is no such API key among yours.'];
    case 'member-exists':
      return ['Already a member', `${refusal.email} is a member of this book. Change the role.`];
    case 'member-not-found':
      return ['No such member', 'This person is not a member of the book.'];
    case 'last-owner':
      return ['Last owner', 'A book keeps an owner. Make somebody else one first.'];
    case 'import-not-found':
      return ['No such import', 'The book has no such import.'];
    case 'import-not-waiting':
      return [
        'Not waiting',
        `The import is ${refusal.state}; only one in preview can go on or end.`,
      ];
    case 'import-duplicate':
      return [
        'Imported before',
        `The same file was posted by import ${refusal.earlier}. Say that you want it again if so.`,
      ];
    case 'import-empty':
      return ['Empty file', 'The file has no bytes. Choose another.'];
    case 'account-not-of-result':
    case 'month-malformed':
    case 'month-out-of-budget':
    case 'budget-named-twice':
    case 'budget-exists':
    case 'nothing-to-copy':
    case 'per-cent-malformed':
      return budgetWords(refusal);
    case 'layout-malformed':
    case 'tag-malformed':
      return layoutWords(refusal);
    case 'group-member-unknown':
    case 'group-member-exists':
    case 'group-of-itself':
    case 'group-in-group':
    case 'picks-malformed':
      return groupWords(refusal);
    default:
      return lineFactWords(refusal);
  }
}
