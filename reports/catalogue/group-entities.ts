// What is added up in a consolidation: the group's own entries and each member, every account of theirs in a row of the
// group, every amount in the group's currency.
// (1) A member's account goes where its mapping says, else to the group's account of its code, if the type is the same; what
// has no place is opened in the documents under its own name. (2) Assets and liabilities are translated at the rate of the
// month's end, income, expenses and equity at the rates of the months in which they moved (IAS 21.39–40); what that leaves
// is the translation reserve (IAS 21.41).
import {
  type Account,
  type AccountId,
  compareCodes,
  isResultAccount,
} from '#ledger/domain/account.ts';
import { addMonths, type Month } from '#ledger/domain/calendar.ts';
import { roundedQuotient } from '#ledger/domain/decimal.ts';
import { INTERCOMPANY_TAG, memberPicks } from '#ledger/domain/group.ts';
import { isPickedBy } from '#ledger/domain/place-accounts.ts';
import { type BookLedger, net } from './book-ledger.ts';
import {
  averageRate,
  closingRate,
  type Group,
  type GroupMember,
  type Rate,
} from './group-members.ts';
import { type BalanceRow, type MonthTable, monthTable } from './month-table.ts';

/** An account of the group's own or of a member, and the row that it stands in. */
export interface PlacedAccount {
  readonly id: AccountId;
  readonly type: Account['type'];
  /** Id of the group's account; below zero where the documents opened one. */
  readonly row: AccountId;
  readonly intercompany: boolean;
}

/** Whose amounts a column shows. */
export interface Entity {
  readonly key: string;
  readonly label: string;
  /** Id of the member's book; null: the group's own entries. */
  readonly book: number | null;
  readonly currency: string;
  readonly accounts: readonly PlacedAccount[];
  /** Balances in its own currency. */
  readonly table: MonthTable;
  /** What moved, in minor units of the group's currency at the rates of the months: of all but assets and liabilities. */
  readonly flows: MonthTable;
  /** An amount at the rate of a month's end, in minor units of the group's currency. */
  atClosing(amount: bigint, month: Month): bigint;
}

/** A member that can't be translated for want of a rate. */
export interface Unconsolidated {
  readonly member: GroupMember;
  /** The first month that lacks one. */
  readonly since: Month;
}

export interface Entities {
  /** Accounts of the group and those opened for members, in the order of their codes. */
  readonly rows: readonly Account[];
  /** Accounts that the group's chart lacks, and whose they are. */
  readonly opened: readonly { readonly account: Account; readonly members: readonly string[] }[];
  /** The group's own entries, then its members. */
  readonly all: readonly Entity[];
  readonly unconsolidated: readonly Unconsolidated[];
}

/** What a consolidation is worked out from. */
export type GroupLedger = Pick<BookLedger, 'facts' | 'accounts' | 'group' | 'table'>;

const known = new WeakMap<GroupLedger, Entities>();

/** The entities of a group's ledger; worked out once. */
export function entitiesOf(ledger: GroupLedger): Entities {
  const before = known.get(ledger);
  if (before) return before;
  const fresh = workOut(ledger);
  known.set(ledger, fresh);
  return fresh;
}

function workOut(ledger: GroupLedger): Entities {
  const { accounts, facts, group, table } = ledger;
  const chart = new Chart(accounts);
  const own: Entity = {
    ...{ key: 'own', label: 'Own entries', table, flows: table },
    ...{ book: null, currency: facts.currency },
    accounts: accounts.map(({ id, tags, type }) => ({
      ...{ id, type, row: id, intercompany: tags.includes(INTERCOMPANY_TAG) },
    })),
    atClosing: (amount) => amount,
  };
  const unconsolidated: Unconsolidated[] = [];
  const members = group.members.flatMap((member) => {
    const since = member.currency === facts.currency ? null : firstWithoutRate(group, member);
    if (since === null) return [entityOf(ledger, member, chart)];
    unconsolidated.push({ member, since });
    return [];
  });
  return {
    ...{ rows: chart.rows(), opened: chart.opened(), all: [own, ...members], unconsolidated },
  };
}

/** The first month that moved anything, if there is no rate by its end: a later month's rate doesn't hold for it. */
const firstWithoutRate = (
  group: Group,
  { accounts, currency, table }: GroupMember,
): Month | null =>
  accounts.length === 0 || closingRate(group, currency, table.first) ? null : table.first;

function entityOf({ facts, group }: GroupLedger, member: GroupMember, chart: Chart): Entity {
  const { book, currency, name, table } = member;
  const accounts = chart.place(member);
  const identity = { key: `book${book}`, label: name, book, currency, accounts, table };
  if (currency === facts.currency) return { ...identity, flows: table, atClosing: (own) => own };
  const at = translation(facts.exponent, member.exponent);
  const closing = perMonth((month) => closingRate(group, currency, month)!.rate);
  const average = perMonth((month) => averageRate(group, currency, month)!);
  return {
    ...identity,
    flows: translatedFlows(member, accounts, (amount, month) => at(amount, average(month))),
    atClosing: (amount, month) => (amount === 0n ? 0n : at(amount, closing(month))),
  };
}

function perMonth(read: (month: Month) => Rate): (month: Month) => Rate {
  const rates = new Map<Month, Rate>();
  return (month) => {
    const rate = rates.get(month) ?? read(month);
    rates.set(month, rate);
    return rate;
  };
}

/** Minor units of one currency into those of another, half away from zero. */
const translation =
  (to: number, from: number) =>
  (amount: bigint, { dividend, divisor }: Rate): bigint =>
    roundedQuotient(amount * dividend * 10n ** BigInt(to), divisor * 10n ** BigInt(from));

/** Closing entries are left out: what they moved within equity stays where it was earned. */
function translatedFlows(
  { table }: GroupMember,
  accounts: readonly PlacedAccount[],
  translate: (amount: bigint, month: Month) => bigint,
): MonthTable {
  const rows: BalanceRow[] = [];
  const flowing = accounts.filter(({ type }) => type === 'equity' || isResultAccount(type));
  for (let month = table.first; month <= table.last; month = addMonths(month, 1)) {
    for (const { id: account } of flowing) {
      const moved = net(table.between(account, month, addMonths(month, 1), 'without-closing'));
      if (moved === 0n) continue;
      const debit = translate(moved, month);
      rows.push({ account, month, closing: false, debit, credit: 0n, lastPosition: 0 });
    }
  }
  return monthTable(table.first, rows);
}

/** The rows of a group, into which accounts of members are placed. */
class Chart {
  readonly #accounts: readonly Account[];
  readonly #byId: ReadonlyMap<AccountId, Account>;
  readonly #byCode: ReadonlyMap<string, Account>;
  readonly #opened = new Map<string, { account: Account; members: string[] }>();

  constructor(accounts: readonly Account[]) {
    this.#accounts = accounts;
    this.#byId = new Map(accounts.map((account) => [account.id, account]));
    this.#byCode = new Map(accounts.map((account) => [account.code, account]));
  }

  place({ accounts, intercompany, mapping, name }: GroupMember): PlacedAccount[] {
    const eliminated = picksOf(intercompany);
    const mapped = mapping.map(({ accounts: text, to }) => ({ picks: picksOf(text), to }));
    return accounts.map((account) => {
      const asked = mapped.find(({ picks }) => isPickedBy(picks, account));
      const row = asked ? this.#byId.get(asked.to) : this.#byCode.get(account.code);
      const found = row?.type === account.type ? row : this.#open(account, name);
      return {
        ...{ id: account.id, type: account.type, row: found.id },
        intercompany: isPickedBy(eliminated, account) || found.tags.includes(INTERCOMPANY_TAG),
      };
    });
  }

  rows(): Account[] {
    const opened = [...this.#opened.values()].map(({ account }) => account);
    return [...this.#accounts, ...opened].sort((a, b) => compareCodes(a.code, b.code));
  }

  opened = () => [...this.#opened.values()];

  /** Accounts of several members that are alike in code, type and name share a row. */
  #open(account: Account, member: string): Account {
    const key = JSON.stringify([account.code, account.type, account.path]);
    const known = this.#opened.get(key) ?? {
      account: { ...account, id: -1 - this.#opened.size },
      members: [],
    };
    this.#opened.set(key, known);
    if (!known.members.includes(member)) known.members.push(member);
    return known.account;
  }
}

/** Picks were read when they were set. */
function picksOf(text: string) {
  const picks = memberPicks(text);
  return 'term' in picks ? [] : picks;
}
