// A group: a book whose consolidated documents add up its own entries and the monthly balances of other books, its members.
// Which of a member's accounts are intercompany, and which account of the group takes what, is picked as layouts pick.
import type { AccountId, AccountType } from './account.ts';
import type { Month } from './calendar.ts';
import { type Pick, parsePicks } from './statement-layout.ts';

/** Accounts of a member that go to an account of the group; those that nothing maps go to the one of their own code. */
export interface AccountMapping {
  /** What it picks of the member's accounts: `4000..4999; name Income:Rents; type income`. */
  readonly accounts: string;
  /** The account of the group. */
  readonly to: AccountId;
}

/** An account of a member as the group knows it. */
export interface MemberAccount {
  readonly account: AccountId;
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly accountType: AccountType;
}

/** What an account of a member moved in a month, closing entries apart. */
export interface MemberBalance {
  readonly account: AccountId;
  readonly month: Month;
  readonly closing: boolean;
  /** Minor units of the member's base currency, in decimal digits. */
  readonly debit: string;
  readonly credit: string;
}

/** Lines that map accounts, of one member. */
export const MOST_MAPPINGS = 200;

/** A tag of the group's own accounts: whatever goes to such an account is intercompany and eliminated. */
export const INTERCOMPANY_TAG = 'intercompany';

/** The mapping as the member's row keeps it: the same text for the same mapping. */
export const mappingText = (mapping: readonly AccountMapping[]): string =>
  JSON.stringify(mapping.map(({ accounts, to }) => ({ accounts, to })));

/**
 * Reads what is picked of a member's accounts: codes, names and types. Tags and activities are the member's own affair and
 * are not taken.
 * @returns the picks, or the term that is none of these
 */
export function memberPicks(text: string): readonly Pick[] | { readonly term: string } {
  const picks = parsePicks(text);
  if ('term' in picks) return picks;
  const other = picks.find(({ by }) => by === 'tag' || by === 'activity');
  return other ? { term: other.by } : picks;
}
