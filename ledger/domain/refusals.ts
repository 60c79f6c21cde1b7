// Every expected "no" of the ledger: a stable code and the facts that its sentence needs, never an exception.

/** `field` is the path of the value in the input, as `lines.3.amount`. */
export type Refusal = { readonly field?: string } & (
  | { readonly code: 'input-malformed'; readonly problem: string }
  | { readonly code: 'book-not-found' }
  | { readonly code: 'not-permitted'; readonly action: string }
  | { readonly code: 'command-id-reused' }
  | { readonly code: 'slug-in-use'; readonly slug: string }
  | { readonly code: 'currency-unknown'; readonly currency: string }
  | { readonly code: 'date-malformed'; readonly date: string }
  | { readonly code: 'first-year-end-before-first-day'; readonly startDate: string }
  | { readonly code: 'date-before-first-day'; readonly date: string; readonly firstDay: string }
  | { readonly code: 'date-too-far-ahead'; readonly date: string; readonly latest: string }
  | { readonly code: 'date-locked'; readonly date: string; readonly firstOpenDay: string }
  | { readonly code: 'too-few-lines' }
  | { readonly code: 'too-many-lines'; readonly lines: number }
  | { readonly code: 'account-unknown'; readonly account: string }
  | { readonly code: 'account-not-equity'; readonly account: string }
  | { readonly code: 'year-unknown'; readonly year: string }
  | { readonly code: 'year-not-over'; readonly year: string; readonly end: string }
  | { readonly code: 'nothing-to-close'; readonly year: string }
  | { readonly code: 'account-closed'; readonly account: string }
  | { readonly code: 'account-code-malformed'; readonly account: string }
  | { readonly code: 'account-code-in-use'; readonly account: string }
  | { readonly code: 'account-path-in-use'; readonly path: string }
  | { readonly code: 'account-has-balance'; readonly account: string; readonly balance: string }
  | { readonly code: 'account-has-movement'; readonly account: string; readonly year: string }
  | { readonly code: 'amount-not-a-number'; readonly amount: string }
  | { readonly code: 'amount-zero' }
  | { readonly code: 'amount-negative'; readonly amount: string }
  | {
      readonly code: 'amount-too-many-decimals';
      readonly amount: string;
      readonly decimals: number;
    }
  | { readonly code: 'amount-too-large'; readonly amount: string }
  | { readonly code: 'debit-and-credit' }
  | { readonly code: 'unit-unknown'; readonly unit: string }
  | { readonly code: 'unit-malformed'; readonly unit: string }
  | { readonly code: 'unit-in-use'; readonly unit: string }
  | { readonly code: 'rate-malformed'; readonly rate: string }
  | { readonly code: 'rate-unknown'; readonly unit: string; readonly date: string }
  | { readonly code: 'not-a-month-end'; readonly date: string }
  | { readonly code: 'nothing-to-revalue'; readonly date: string }
  | { readonly code: 'rate-and-base-amount' }
  | { readonly code: 'rate-of-base-currency'; readonly currency: string }
  | { readonly code: 'amount-worthless'; readonly amount: string }
  | {
      readonly code: 'unit-out-of-balance';
      readonly unit: string;
      readonly difference: string;
    }
  | { readonly code: 'rounding-account-missing'; readonly difference: string }
  | {
      readonly code: 'out-of-balance';
      readonly difference: string;
      readonly heavier: 'debit' | 'credit';
    }
  | { readonly code: 'party-unknown'; readonly party: string }
  | { readonly code: 'party-closed'; readonly party: string }
  | { readonly code: 'party-code-malformed'; readonly party: string }
  | { readonly code: 'party-code-in-use'; readonly party: string }
  | { readonly code: 'document-malformed' }
  | { readonly code: 'due-without-item' }
  | { readonly code: 'account-not-balance-sheet'; readonly account: string }
  | { readonly code: 'dimension-unknown'; readonly dimension: string }
  | { readonly code: 'dimension-code-malformed'; readonly dimension: string }
  | { readonly code: 'dimension-code-in-use'; readonly dimension: string }
  | { readonly code: 'dimension-value-unknown'; readonly dimension: string; readonly value: string }
  | { readonly code: 'dimension-value-closed'; readonly dimension: string; readonly value: string }
  | { readonly code: 'dimension-value-in-use'; readonly dimension: string; readonly value: string }
  | { readonly code: 'dimension-missing'; readonly dimension: string }
  | { readonly code: 'lock-goes-back'; readonly lockedThrough: string }
  | { readonly code: 'nothing-to-reopen'; readonly lockedThrough: string | null }
  | { readonly code: 'dates-sealed'; readonly sealedThrough: string }
  | { readonly code: 'seal-before-lock'; readonly lockedThrough: string | null }
  | { readonly code: 'tax-code-unknown'; readonly taxCode: string }
  | { readonly code: 'tax-code-closed'; readonly taxCode: string }
  | { readonly code: 'tax-code-malformed'; readonly taxCode: string }
  | { readonly code: 'tax-code-in-use'; readonly taxCode: string }
  | { readonly code: 'tax-rate-missing'; readonly taxCode: string; readonly date: string }
  | { readonly code: 'tax-rate-malformed'; readonly rate: string }
  | { readonly code: 'tax-with-base-amount' }
  | { readonly code: 'account-not-of-result'; readonly account: string }
  | { readonly code: 'month-malformed'; readonly month: string }
  | { readonly code: 'month-out-of-budget'; readonly first: string; readonly last: string }
  | { readonly code: 'budget-named-twice'; readonly account: string; readonly month: string }
  | { readonly code: 'budget-exists'; readonly year: string }
  | { readonly code: 'nothing-to-copy'; readonly year: string }
  | { readonly code: 'per-cent-malformed'; readonly percent: string }
  | { readonly code: 'layout-malformed'; readonly problem: string }
  | { readonly code: 'tag-malformed'; readonly tag: string }
  | { readonly code: 'group-member-unknown'; readonly book: string }
  | { readonly code: 'group-member-exists'; readonly book: string }
  | { readonly code: 'group-of-itself' }
  | { readonly code: 'group-in-group'; readonly book: string }
  | { readonly code: 'picks-malformed'; readonly term: string }
  | { readonly code: 'entry-not-found'; readonly number: number }
  | { readonly code: 'entry-already-reversed'; readonly number: number; readonly by: number }
  | { readonly code: 'reversal-before-original'; readonly date: string; readonly original: string }
  | { readonly code: 'password-wrong' }
  | { readonly code: 'password-too-short'; readonly least: number }
  | { readonly code: 'api-key-not-found' }
  | { readonly code: 'member-exists'; readonly email: string }
  | { readonly code: 'member-not-found' }
  | { readonly code: 'last-owner' }
  | { readonly code: 'import-not-found' }
  | { readonly code: 'import-not-waiting'; readonly state: string }
  | { readonly code: 'import-duplicate'; readonly earlier: number }
  | { readonly code: 'import-empty' }
);
