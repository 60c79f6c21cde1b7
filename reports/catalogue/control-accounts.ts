// Control accounts and what stands on them by item: each item's opening, movement and closing, and what lines moved that
// name neither party nor document. Both together are the account's balance: what is aged or listed can't miss anything.
import {
  type Account,
  type AccountId,
  type Controls,
  compareCodes,
  normalSide,
} from '#ledger/domain/account.ts';
import {
  addMonths,
  type CalendarDate,
  type Month,
  monthOf,
  type Period,
} from '#ledger/domain/calendar.ts';
import { type BookLedger, lastMonth, net, yearStart } from './book-ledger.ts';
import type { Item, ItemRow } from './item-table.ts';

/** Minor units; positive on the account's normal side. */
interface Sums {
  readonly opening: bigint;
  /** Moved on the normal side in the period, and on the other. */
  readonly added: bigint;
  readonly settled: bigint;
  readonly closing: bigint;
}

export interface StandingItem extends Sums {
  readonly item: Item;
  readonly firstDate: CalendarDate;
  /** The due date; where no line names one, its first day. */
  readonly due: CalendarDate;
  /** On the normal side since the beginning: what was invoiced. */
  readonly original: bigint;
  /** What is open in the item's own unit; 0 in the base currency. */
  readonly quantity: bigint;
}

export interface ControlAccount {
  readonly account: Account;
  /** Items that anything moved until the period's end, the settled ones too; in order of due date, then document. */
  readonly items: readonly StandingItem[];
  /** What stands on the account outside of items. */
  readonly rest: Sums;
  readonly total: Sums;
}

/** The accounts that control receivables or payables, in the order of their codes, at the end of a period. */
export const controlAccounts = (
  ledger: BookLedger,
  controls: Controls,
  period: Period,
): ControlAccount[] =>
  ledger.accounts
    .filter((account) => account.controls === controls)
    .map((account) => standing(ledger, account, period));

/** Position of the last event that moved a control account until a period's end, or named a party. */
export const controlsFed =
  (kinds: readonly Controls[]) =>
  ({ accounts, facts, table }: BookLedger, { to }: Pick<Period, 'to'>): number =>
    accounts
      .filter(({ controls }) => controls !== null && kinds.includes(controls))
      .map(({ id }) => table.accountPosition(id, monthOf(to)))
      .reduce((latest, own) => Math.max(latest, own), facts.partiesPosition);

function standing(ledger: BookLedger, account: Account, period: Period): ControlAccount {
  const debitNormal = normalSide(account.type) === 'debit';
  const from = monthOf(period.from);
  const until = addMonths(lastMonth(period), 1);
  const year = yearStart(ledger.facts, from);
  const items: StandingItem[] = [];
  for (const item of ledger.items.of(account.id)) {
    const own = standingItem(item, debitNormal, { from, until, year });
    if (own) items.push(own);
  }
  items.sort(
    (a, b) =>
      compare(a.due, b.due) ||
      compare(a.item.document, b.item.document) ||
      compare(a.item.unit, b.item.unit),
  );
  const { debit, credit } = ledger.table.between(account.id, from, until, 'without-closing');
  const before =
    net(ledger.table.between(account.id, null, year, 'all')) +
    net(ledger.table.between(account.id, year, from, 'without-closing'));
  const total = sumsOf(debitNormal ? before : -before, debitNormal, debit, credit);
  return { account, items, rest: items.reduce(minus, total), total };
}

const sumsOf = (opening: bigint, debitNormal: boolean, debit: bigint, credit: bigint): Sums => {
  const [added, settled] = debitNormal ? [debit, credit] : [credit, debit];
  return { opening, added, settled, closing: opening + added - settled };
};

const minus = (a: Sums, b: Sums): Sums => ({
  opening: a.opening - b.opening,
  added: a.added - b.added,
  settled: a.settled - b.settled,
  closing: a.closing - b.closing,
});

interface Span {
  readonly from: Month;
  readonly until: Month;
  /** First month of the fiscal year: its closing entries are left out. */
  readonly year: Month;
}

/** @returns null for what nothing moved until then */
function standingItem(item: Item, debitNormal: boolean, span: Span): StandingItem | null {
  let [opening, debit, credit, original, quantity] = [0n, 0n, 0n, 0n, 0n];
  let first: ItemRow | null = null;
  let due: CalendarDate | null = null;
  for (const row of item.months.values()) {
    if (row.month >= span.until || (row.closing && row.month >= span.year)) continue;
    original += debitNormal ? row.debit : row.credit;
    quantity += row.debitQuantity - row.creditQuantity;
    if (row.month < span.from) opening += row.debit - row.credit;
    else {
      debit += row.debit;
      credit += row.credit;
    }
    if (first === null || row.firstDate < first.firstDate) first = row;
    if (row.dueDate !== null && (due === null || row.dueDate < due)) due = row.dueDate;
  }
  if (first === null) return null;
  return {
    ...sumsOf(debitNormal ? opening : -opening, debitNormal, debit, credit),
    ...{ item, original, firstDate: first.firstDate, due: due ?? first.firstDate },
    quantity: debitNormal ? quantity : -quantity,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface NamedParty {
  /** Its id; 0: nobody. */
  readonly party: number;
  readonly name: string;
}

/** Parties as documents name them, in the order of their codes, nobody last. */
export function namedParties(
  { parties }: BookLedger,
  ids: Iterable<number>,
  nobody: string,
): NamedParty[] {
  return [...ids]
    .map((party) => {
      const found = parties.get(party);
      const name = found ? `${found.code} ${found.name}` : nobody;
      return { party, code: found?.code ?? null, name };
    })
    .sort((a, b) => (a.code === null ? 1 : b.code === null ? -1 : compareCodes(a.code, b.code)))
    .map(({ name, party }) => ({ party, name }));
}

/** The party that a document names so; 0: nobody. */
export function partyNamed({ parties }: Pick<BookLedger, 'parties'>, called: string): number {
  for (const [party, { code, name }] of parties) if (`${code} ${name}` === called) return party;
  return 0;
}

/** Items by party. */
export function byParty<Value extends Pick<StandingItem, 'item'>>(
  ledger: BookLedger,
  items: readonly Value[],
): (NamedParty & { readonly items: readonly Value[] })[] {
  const groups = Map.groupBy(items, ({ item }) => item.party);
  return namedParties(ledger, groups.keys(), 'Without a party').map((named) => ({
    ...named,
    items: groups.get(named.party)!,
  }));
}

/**
 * Debit minus credit of a control account by party, of what counts; under 0 what is left of the whole.
 * @param whole debit minus credit of all that counts on the account
 */
export function netByParty(
  { items }: BookLedger,
  account: AccountId,
  counts: (row: ItemRow) => boolean,
  whole: bigint,
): ReadonlyMap<number, bigint> {
  const sums = new Map([[0, whole]]);
  for (const { months, party } of items.of(account)) {
    if (party === 0) continue;
    let moved = 0n;
    for (const row of months.values()) if (counts(row)) moved += row.debit - row.credit;
    sums.set(party, (sums.get(party) ?? 0n) + moved);
    sums.set(0, sums.get(0)! - moved);
  }
  return sums;
}

/** The row of what stands on a control account outside of items. */
export const WITHOUT_ITEM = 'Without a party or document';

/** Both kinds of control accounts with the names of their totals. */
export const CONTROL_TOTALS = [
  ['receivables', 'Total receivables'],
  ['payables', 'Total payables'],
] as const satisfies readonly (readonly [Controls, string])[];

/** Control accounts: of receivables, then of payables, in the order of their codes. */
export const controlled = ({ accounts }: Pick<BookLedger, 'accounts'>): Account[] =>
  CONTROL_TOTALS.flatMap(([controls]) => accounts.filter((own) => own.controls === controls));

/** The note that nothing is listed because no account is named. */
export const controlNotes = ({ accounts }: BookLedger): string[] =>
  accounts.some(({ controls }) => controls !== null)
    ? []
    : ['No account is named as a control account of receivables or payables.'];
