// The pages of paged reports, month by month: those of touched months are cut anew from postings, the others are known
// from the last recompute or from the stored headers of their months.
import type { Account, AccountId } from '#ledger/domain/account.ts';
import type { Month, PeriodKey } from '#ledger/domain/calendar.ts';
import type { PageIndex } from '#reports/catalogue/compute.ts';
import {
  journalPages,
  ledgerPages,
  type PageStub,
  type PostingLine,
} from '#reports/catalogue/pages.ts';
import type { PageRef, ReportBody, ReportHead } from '#reports/catalogue/report.ts';
import { minor } from '#reports/catalogue/running-balance.ts';
import type { Sealed } from '#reports/catalogue/seal.ts';

export interface MonthPages {
  readonly ledger: ReadonlyMap<AccountId, readonly PageStub[]>;
  readonly journal: readonly PageStub[];
}

const NO_PAGES: MonthPages = { ledger: new Map(), journal: [] };

/** Which pages of a month are out of date. */
export interface Touched {
  readonly accounts: ReadonlySet<AccountId>;
  readonly journal: boolean;
}

interface Source {
  readonly book: number;
  readonly exponent: number;
  readonly accounts: ReadonlyMap<AccountId, Account>;
}

/** Cuts the touched pages of a month; the others stay as they were. @param postings all of the month, in order. */
export function cutMonth(
  { book, exponent, accounts }: Source,
  month: Month,
  postings: readonly PostingLine[],
  touched: Touched,
  before: MonthPages = NO_PAGES,
): { pages: MonthPages; bodies: Sealed[] } {
  const source = { book, exponent, month };
  const ledger = new Map(before.ledger);
  const bodies: Sealed[] = [];
  const known = new Set(
    [...before.journal, ...[...before.ledger.values()].flat()].map((stub) => stub.digest),
  );
  const keep = (made: readonly Sealed[]) =>
    bodies.push(...made.filter(({ digest }) => !known.has(digest)));
  for (const [account, lines] of Map.groupBy(postings, (posting) => posting.account)) {
    if (!touched.accounts.has(account)) continue;
    const cut = ledgerPages(source, account, lines);
    ledger.set(account, cut.stubs);
    keep(cut.bodies);
  }
  if (!touched.journal) return { pages: { ledger, journal: before.journal }, bodies };
  const cut = journalPages(source, accounts, postings);
  keep(cut.bodies);
  return { pages: { ledger, journal: cut.stubs }, bodies };
}

/** Looks pages up in what is known of each month; months without postings have none. */
export const pageIndex = (months: ReadonlyMap<Month, MonthPages>): PageIndex => ({
  ledger: (month, account) => months.get(month)?.ledger.get(account) ?? [],
  journal: (month) => months.get(month)?.journal ?? [],
});

/**
 * Pages of months as the stored documents have them.
 * @returns nothing for a month whose headers aren't both there: it is to be cut anew.
 */
export async function storedPages(
  bodyTexts: (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  heads: ReadonlyMap<string, ReportHead>,
  months: readonly Month[],
): Promise<Map<Month, MonthPages>> {
  const digestOf = (report: ReportHead['report'], month: Month) =>
    heads.get(headKey(report, month as string as PeriodKey))?.digest;
  const wanted = months.flatMap((month) => {
    const [ledger, journal] = [digestOf('general-ledger', month), digestOf('journal', month)];
    return ledger && journal ? [{ month, ledger, journal }] : [];
  });
  const found = new Map<Month, MonthPages>();
  for (let start = 0; start < wanted.length; start += 24) {
    const batch = wanted.slice(start, start + 24);
    const texts = await bodyTexts(batch.flatMap(({ ledger, journal }) => [ledger, journal]));
    for (const { month, ledger, journal } of batch) {
      const [ledgerText, journalText] = [texts.get(ledger), texts.get(journal)];
      if (!ledgerText || !journalText) continue;
      found.set(month, {
        ledger: Map.groupBy(stubsOf(ledgerText), (stub) => stub.accountId!),
        journal: stubsOf(journalText),
      });
    }
  }
  return found;
}

/** The key of a head among a book's heads. */
export const headKey = (report: ReportHead['report'], period: PeriodKey): string =>
  `${report}/${period}`;

function stubsOf(text: string): PageStub[] {
  const body = JSON.parse(text) as ReportBody;
  return (body.parts ?? []).flatMap(({ page }) => (page ? [stubOf(page, body.exponent)] : []));
}

const stubOf = (page: PageRef, exponent: number): PageStub => ({
  digest: page.digest,
  rows: page.rows,
  lines: page.lines,
  month: page.month,
  accountId: page.accountId,
  debit: minor(page.debit, exponent),
  credit: minor(page.credit, exponent),
});
