// What general ledger and journal show of a month, cut from its entries; and that of quarters and years, joined from
// their months.
import type { AccountId } from '#ledger/domain/account.ts';
import type { Month, Period } from '#ledger/domain/calendar.ts';
import {
  type Cutting,
  climb,
  PageCutter,
  type PageEntry,
  type Stretch,
  sealNode,
} from './pages.ts';
import type { LinesIndex } from './report-definition.ts';

/** What was posted in a month. */
export interface MonthLines {
  readonly ledger: ReadonlyMap<AccountId, Stretch>;
  readonly journal: Stretch | null;
}

/** How the pages of both reports are cut, and where they go. */
export type Paper = Omit<Cutting, 'headings'>;

export const journalCutting = (paper: Paper): Cutting => ({ ...paper, headings: true });
export const ledgerCutting = (paper: Paper): Cutting => ({ ...paper, headings: false });

/** An entry once per account that it is posted to, with that account's lines. */
export function byAccount(entry: PageEntry): [AccountId, PageEntry][] {
  const [date, number, description, reference, , lines] = entry;
  return [...Map.groupBy(lines, ([account]) => account)].map(([account, own]) => [
    account,
    [date, number, description, reference, 0, own],
  ]);
}

/** Cuts a month from its entries, given by date and number. */
export class MonthCutter {
  readonly #paper: Paper;
  readonly #journal: PageCutter;
  readonly #ledger = new Map<AccountId, PageCutter>();

  constructor(paper: Paper) {
    this.#paper = paper;
    this.#journal = new PageCutter(journalCutting(paper));
  }

  add(entry: PageEntry): void {
    this.#journal.add(entry);
    for (const [account, own] of byAccount(entry)) {
      const cutter = this.#ledger.get(account) ?? new PageCutter(ledgerCutting(this.#paper));
      this.#ledger.set(account, cutter);
      cutter.add(own);
    }
  }

  finish(): MonthLines {
    const cutting = ledgerCutting(this.#paper);
    const ledger = new Map<AccountId, Stretch>();
    for (const [account, cutter] of this.#ledger)
      ledger.set(account, climb(cutting, cutter.finish())!);
    return { ledger, journal: climb(journalCutting(this.#paper), this.#journal.finish()) };
  }
}

/** A stretch over several months, and over which. */
export interface Joined {
  readonly months: readonly Stretch[];
  readonly stretch: Stretch;
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
  const cutting = ledgerCutting(paper);
  const join = (key: string, stretches: readonly Stretch[]): Stretch | null => {
    if (stretches.length < 2) return stretches[0] ?? null;
    const before = joined.get(key);
    if (before && isSame(before.months, stretches)) return before.stretch;
    const stretch = sealNode(cutting, stretches);
    if (before) gone(before.stretch.ref.digest);
    joined.set(key, { months: stretches, stretch });
    return stretch;
  };
  const under = (period: Period, pick: (lines: MonthLines) => Stretch | null | undefined) =>
    period.months.flatMap((month) => {
      const lines = months.get(month);
      return (lines && pick(lines)) ?? [];
    });
  return {
    ledger: (period, account) =>
      join(
        `${period.key}/${account}`,
        under(period, ({ ledger }) => ledger.get(account)),
      ),
    journal: (period) =>
      join(
        period.key,
        under(period, ({ journal }) => journal),
      ),
  };
}

const isSame = (a: readonly Stretch[], b: readonly Stretch[]): boolean =>
  a.length === b.length && a.every(({ ref }, at) => ref.digest === b[at]!.ref.digest);
