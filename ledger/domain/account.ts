// An account: what a posting is booked on. Its type fixes its normal side and the statement it stands in.

/** An account's id, unique in the installation, from one sequence; never reused. */
export type AccountId = number;

export const ACCOUNT_TYPES = ['asset', 'liability', 'equity', 'income', 'expense'] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

/** A control account: the sum of what customers owe, or of what is owed to suppliers. */
export type Controls = 'receivables' | 'payables';

/**
 * How an account of the balance sheet counts in the cash flow statement (IAS 7.6): as cash, as something that moved none
 * (depreciation, provisions), or under an activity.
 */
export const CASH_FLOWS = ['cash', 'non-cash', 'operating', 'investing', 'financing'] as const;
export type CashFlow = (typeof CASH_FLOWS)[number];

export type Side = 'debit' | 'credit';

export interface Account {
  readonly id: AccountId;
  /** Unique in its book; 1–32 letters, digits, `.` and `-`. */
  readonly code: string;
  readonly name: string;
  /** Full name from the root, parts separated by `:`, unique in its book. */
  readonly path: string;
  readonly type: AccountType;
  readonly closed: boolean;
  readonly controls: Controls | null;
  /** Null: as its type says. */
  readonly cashFlow: CashFlow | null;
  /** Words that its owner gave it, for layouts of statements to pick it by; in alphabetical order. */
  readonly tags: readonly string[];
}

export const normalSide = (type: AccountType): Side =>
  type === 'asset' || type === 'expense' ? 'debit' : 'credit';

/** Income and expense accounts open at zero each fiscal year. */
export const isResultAccount = (type: AccountType): boolean =>
  type === 'income' || type === 'expense';

export const opposite = (side: Side): Side => (side === 'debit' ? 'credit' : 'debit');

/** How an account of the balance sheet counts in the cash flow statement: as it was classified, else by its type. */
export const countsAs = ({ cashFlow, type }: Pick<Account, 'cashFlow' | 'type'>): CashFlow =>
  cashFlow ?? (type === 'equity' ? 'financing' : 'operating');

export const isCash = (account: Pick<Account, 'cashFlow' | 'type'>): boolean =>
  !isResultAccount(account.type) && countsAs(account) === 'cash';

/** Order of account codes: figures by value, so that 900 comes before 1000. */
export function compareCodes(a: string, b: string): number {
  const [left, right] = [sortKey(a), sortKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const sortKey = (code: string): string =>
  code.replace(/\d+/g, (digits) => digits.padStart(32, '0'));
