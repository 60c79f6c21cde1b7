// What general ledger, journal and statements of parties show of a month, cut from its entries; and that of quarters and
// years, joined from their months.
import type { Account, AccountId } from '#ledger/domain/account.ts';
import type { Month, Period } from '#ledger/domain/calendar.ts';
import {
  type Cutting,
  climb,
  PageCutter,
  type PageEntry,
  type PageLine,
  type Stretch,
  sealNode,
} from './pages.ts';
import type { LinesIndex } from './report-definition.ts';

/** What was posted to control accounts, by account and party (0: none). An account without lines has none, but is there. */
export type PartyLines = ReadonlyMap<AccountId, ReadonlyMap<number, Stretch>>;

/** What was posted in a month. */
export interface MonthLines {
  readonly ledger: ReadonlyMap<AccountId, Stretch>;
  readonly journal: Stretch | null;
  readonly parties: PartyLines;
}

/** What a line says of a customer or supplier: id of the party (0: none), number of the document, due date. */
export type PartyFacts = readonly [party: number, document: string, due: string];

/** An entry as it was posted. */
export interface PostedEntry {
  readonly page: PageEntry;
  /** Of each of its lines. */
  readonly facts: readonly PartyFacts[];
}

/** How the pages of all of them are cut, and where they go. */
export type Paper = Omit<Cutting, 'headings' | 'of'>;

export const journalCutting = (paper: Paper): Cutting => ({
  ...paper,
  ...{ headings: true, of: 'journal' },
});
export const ledgerCutting = (paper: Paper, account: AccountId): Cutting => ({
  ...paper,
  ...{ headings: false, of: `ledger/${account}` },
});
export const partyCutting = (paper: Paper, account: AccountId, party: number): Cutting => ({
  ...paper,
  ...{ headings: false, of: `party/${account}/${party}` },
});

/** The accounts whose lines statements show. */
export const controlIds = (accounts: readonly Account[]): ReadonlySet<AccountId> =>
  new Set(accounts.filter(({ controls }) => controls !== null).map(({ id }) => id));

/** An entry once per account that it is posted to, with that account's lines. */
export function byAccount(entry: PageEntry): [AccountId, PageEntry][] {
  const [, , , , , lines] = entry;
  return [...Map.groupBy(lines, ([account]) => account)].map(([account, own]) => [
    account,
    withLines(entry, own),
  ]);
}

/** An entry once per control account and party that it is posted to, with their lines. */
export function byParty(
  { facts, page }: PostedEntry,
  controls: Pick<ReadonlySet<AccountId>, 'has'>,
): { readonly account: AccountId; readonly party: number; readonly page: PageEntry }[] {
  const [, , , , , lines] = page;
  const own = lines.flatMap((line, at) =>
    controls.has(line[0]) ? [{ line, facts: facts[at]! }] : [],
  );
  const groups = Map.groupBy(own, ({ facts: [party], line: [account] }) => `${account}/${party}`);
  return [...groups.values()].map((group) => ({
    account: group[0]!.line[0],
    party: group[0]!.facts[0],
    page: withLines(
      page,
      group.map(({ facts: [, document, due], line: [account, side, amount, memo] }) => {
        return [account, side, amount, memo, document, due];
      }),
    ),
  }));
}

const withLines = (
  [date, number, description, reference]: PageEntry,
  lines: readonly PageLine[],
): PageEntry => [date, number, description, reference, 0, lines];

/** Cuts the statements of a month from its entries, given by date and number. */
export class PartyCutter {
  readonly #paper: Paper;
  readonly #cutters: ReadonlyMap<AccountId, Map<number, PageCutter>>;

  constructor(paper: Paper, controls: Iterable<AccountId>) {
    this.#paper = paper;
    this.#cutters = new Map([...controls].map((account) => [account, new Map()]));
  }

  add(entry: PostedEntry): void {
    for (const { account, page, party } of byParty(entry, this.#cutters)) {
      const cutters = this.#cutters.get(account)!;
      const cutter =
        cutters.get(party) ?? new PageCutter(partyCutting(this.#paper, account, party));
      cutters.set(party, cutter);
      cutter.add(page);
    }
  }

  finish(): PartyLines {
    const whole = ([account, cutters]: [AccountId, Map<number, PageCutter>]) => {
      const parties = [...cutters].map(([party, cutter]): [number, Stretch] => [
        party,
        climb(partyCutting(this.#paper, account, party), cutter.finish())!,
      ]);
      return [account, new Map(parties)] as const;
    };
    return new Map([...this.#cutters].map(whole));
  }
}

/** Cuts a month from its entries, given by date and number. */
export class MonthCutter {
  readonly #paper: Paper;
  readonly #journal: PageCutter;
  readonly #ledger = new Map<AccountId, PageCutter>();
  readonly #parties: PartyCutter;

  constructor(paper: Paper, controls: Iterable<AccountId>) {
    this.#paper = paper;
    this.#journal = new PageCutter(journalCutting(paper));
    this.#parties = new PartyCutter(paper, controls);
  }

  add(entry: PostedEntry): void {
    this.#journal.add(entry.page);
    for (const [account, own] of byAccount(entry.page)) {
      const cutter =
        this.#ledger.get(account) ?? new PageCutter(ledgerCutting(this.#paper, account));
      this.#ledger.set(account, cutter);
      cutter.add(own);
    }
    this.#parties.add(entry);
  }

  finish(): MonthLines {
    const ledger = new Map<AccountId, Stretch>();
    for (const [account, cutter] of this.#ledger)
      ledger.set(account, climb(ledgerCutting(this.#paper, account), cutter.finish())!);
    const journal = climb(journalCutting(this.#paper), this.#journal.finish());
    return { ledger, journal, parties: this.#parties.finish() };
  }
}

/** A stretch over several months, and over which. */
export interface Joined {
  readonly months: readonly Stretch[];
  readonly stretch: Stretch;
  /** The control account whose lines they are, by party. */
  readonly controlled: AccountId | null;
}

/** Forgets what was joined of accounts that control nothing any more: when they do again, it may not be stored. */
export function forgetControlled(
  joined: Map<string, Joined>,
  controls: ReadonlySet<AccountId>,
  gone: (digest: string) => void,
): void {
  for (const [key, { controlled, stretch }] of joined) {
    if (controlled === null || controls.has(controlled)) continue;
    gone(stretch.ref.digest);
    joined.delete(key);
  }
}

/**
 * What was posted in the periods, joined from their months.
 * @param joined what was joined before; kept current.
 */
export function linesIndex(
  paper: Paper,
  months: ReadonlyMap<Month, MonthLines>,
  joined: Map<string, Joined>,
  gone: (digest: string) => void,
): LinesIndex {
  const join = (
    cutting: Cutting,
    stretches: readonly Stretch[],
    controlled: AccountId | null = null,
  ): Stretch | null => {
    if (stretches.length < 2) return stretches[0] ?? null;
    const before = joined.get(cutting.of);
    if (before && isSame(before.months, stretches)) return before.stretch;
    const stretch = sealNode(cutting, stretches);
    if (before) gone(before.stretch.ref.digest);
    joined.set(cutting.of, { months: stretches, stretch, controlled });
    return stretch;
  };
  // A quarter may have the months of its year so far: their nodes are two.
  const over = ({ key }: Period, cutting: Cutting): Cutting => ({
    ...cutting,
    of: `${key}/${cutting.of}`,
  });
  const under = (period: Period, pick: (lines: MonthLines) => Stretch | null | undefined) =>
    period.months.flatMap((month) => {
      const lines = months.get(month);
      return (lines && pick(lines)) ?? [];
    });
  return {
    ledger: (period, account) =>
      join(
        over(period, ledgerCutting(paper, account)),
        under(period, ({ ledger }) => ledger.get(account)),
      ),
    journal: (period) =>
      join(
        over(period, journalCutting(paper)),
        under(period, ({ journal }) => journal),
      ),
    parties(period, account) {
      const stretches = period.months.flatMap((month) => [
        ...(months.get(month)?.parties.get(account) ?? []),
      ]);
      const found = new Map<number, Stretch>();
      for (const [party, own] of Map.groupBy(stretches, ([of]) => of)) {
        const cutting = over(period, partyCutting(paper, account, party));
        const lines = own.map(([, stretch]) => stretch);
        found.set(party, join(cutting, lines, account)!);
      }
      return found;
    },
  };
}

const isSame = (a: readonly Stretch[], b: readonly Stretch[]): boolean =>
  a.length === b.length && a.every(({ ref }, at) => ref.digest === b[at]!.ref.digest);
