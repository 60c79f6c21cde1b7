// What a recompute reads of a group: its members with their accounts and balances, as its own log took them, and the rates
// that translate them.
import { type Account, compareCodes } from '#ledger/domain/account.ts';
import { type Month, monthOf } from '#ledger/domain/calendar.ts';
import type { MemberAccount } from '#ledger/domain/group.ts';
import type { BookFacts } from '#reports/catalogue/book-ledger.ts';
import {
  type Group,
  groupOf,
  type MemberFacts,
  NO_GROUP,
} from '#reports/catalogue/group-members.ts';
import type { BalanceRow } from '#reports/catalogue/month-table.ts';
import { readRates } from './recompute-rates.ts';
import { type BookAtHead, type LedgerConnection, select } from './recompute-snapshot.ts';

/** A group that a worker remembers, and what it was read at. */
export interface HeldGroup {
  readonly key: string;
  readonly group: Group;
}

/** The group as it stands, read anew only when its events touched it. */
export async function groupAt(
  connection: LedgerConnection,
  { facts, groupPosition }: BookAtHead,
  held: HeldGroup | null,
): Promise<HeldGroup> {
  const key = `${groupPosition}/${facts.presentationPosition}`;
  if (held?.key === key) return held;
  return { key, group: await readGroup(connection, facts) };
}

/** Members that aren't removed, with all that was taken of them. */
export async function readGroup(
  connection: LedgerConnection,
  { calendar, id, isGroup }: BookFacts,
): Promise<Group> {
  if (!isGroup) return NO_GROUP;
  const members = await readMembers(connection, id);
  const accounts = Map.groupBy(await readMemberAccounts(connection, id), ({ member }) => member);
  const balances = Map.groupBy(await readMemberBalances(connection, id), ({ member }) => member);
  const rates = await readRates(connection, id);
  return groupOf(
    monthOf(calendar.startDate),
    members.map((own) => ({
      ...own,
      accounts: memberAccounts(accounts.get(own.book) ?? []),
      balances: balances.get(own.book) ?? [],
    })),
    rates,
  );
}

/** Accounts of a member, in the order of their codes; of those of its own chart no more is known to the group. */
export const memberAccounts = (taken: readonly MemberAccount[]): Account[] =>
  taken
    .map(({ account: id, accountType: type, code, name, path }) => ({
      ...{ id, code, name, path, type },
      ...{ closed: false, controls: null, cashFlow: null, tags: [] },
    }))
    .sort((a, b) => compareCodes(a.code, b.code));

const readMembers = (connection: LedgerConnection, group: number) =>
  select<Omit<MemberFacts, 'accounts' | 'balances'>>(
    connection,
    `select g.member_id as book, g.name, b.base_currency as currency, g.intercompany, g.mapping::json as mapping,
       g.named_position as "namedPosition"
     from group_members g join books b on b.id = g.member_id where g.book_id = $1 and not g.removed`,
    [group],
  );

const readMemberAccounts = (connection: LedgerConnection, group: number) =>
  select<MemberAccount & { readonly member: number }>(
    connection,
    `select member_id as member, account_id as account, code, name, path, type as "accountType"
     from group_accounts where book_id = $1`,
    [group],
  );

interface BalanceColumns {
  member: number;
  account: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
  position: number;
}

async function readMemberBalances(
  connection: LedgerConnection,
  group: number,
): Promise<(BalanceRow & { readonly member: number })[]> {
  const rows = await select<BalanceColumns>(
    connection,
    `select a.member_id as member, b.account_id as account, b.month, b.closing, b.debit::text, b.credit::text,
       b.last_position as position
     from group_balances b join group_accounts a using (book_id, account_id) where b.book_id = $1`,
    [group],
  );
  return rows.map(({ credit, debit, position, ...row }) => ({
    ...row,
    ...{ debit: BigInt(debit), credit: BigInt(credit), lastPosition: position },
  }));
}
