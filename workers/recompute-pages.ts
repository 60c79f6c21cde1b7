// The lines of the long reports as they are stored, month by month, and new entries put among them.
import type { AccountId } from '#ledger/domain/account.ts';
import type { Month, Period, PeriodKey } from '#ledger/domain/calendar.ts';
import {
  byAccount,
  byParty,
  journalCutting,
  ledgerCutting,
  type MonthLines,
  type Paper,
  type PartyLines,
  type PostedEntry,
  partyCutting,
} from '#reports/catalogue/month-lines.ts';
import { type Stretch, stretchOf } from '#reports/catalogue/pages.ts';
import type { ReportBody, ReportHead } from '#reports/catalogue/report.ts';
import { insertEntries, type ReadContents } from './recompute-insert.ts';

/** Puts new entries of a month, by date and number, among its lines. */
export async function insertIntoMonth(
  paper: Paper,
  read: ReadContents,
  before: MonthLines,
  entries: readonly PostedEntry[],
  gone: (digest: string) => void,
): Promise<MonthLines> {
  const pages = entries.map(({ page }) => page);
  const own = Map.groupBy(pages.flatMap(byAccount), ([account]) => account);
  const ledger = new Map(before.ledger);
  const grown = [...own].map(async ([account, list]) => {
    const lines = list.map(([, entry]) => entry);
    const cutting = ledgerCutting(paper, account);
    const stored = before.ledger.get(account) ?? null;
    ledger.set(account, await insertEntries(cutting, read, stored, lines, gone));
  });
  const [journal, parties] = await Promise.all([
    insertEntries(journalCutting(paper), read, before.journal, pages, gone),
    insertIntoParties(paper, read, before.parties, entries, gone),
    ...grown,
  ]);
  return { ledger, journal, parties };
}

async function insertIntoParties(
  paper: Paper,
  read: ReadContents,
  before: PartyLines,
  entries: readonly PostedEntry[],
  gone: (digest: string) => void,
): Promise<PartyLines> {
  const parties = new Map([...before].map(([account, own]) => [account, new Map(own)]));
  const fresh = entries.flatMap((entry) => byParty(entry, before));
  const groups = Map.groupBy(fresh, ({ account, party }) => `${account}/${party}`);
  const grown = [...groups.values()].map(async (group) => {
    const { account, party } = group[0]!;
    const own = parties.get(account)!;
    const cutting = partyCutting(paper, account, party);
    const lines = group.map(({ page }) => page);
    own.set(party, await insertEntries(cutting, read, own.get(party) ?? null, lines, gone));
  });
  await Promise.all(grown);
  return parties;
}

type ReadTexts = (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** The reports whose headers name the lines of a month, in the order in which `storedLines` takes them. */
const HEADERS = ['general-ledger', 'journal', 'party-statements'] as const;

/** The lines of months as the stored documents have them; a month whose headers aren't all there is left out. */
export async function storedMonths(
  bodyTexts: ReadTexts,
  heads: ReadonlyMap<string, ReportHead>,
  months: readonly Month[],
): Promise<Map<Month, MonthLines>> {
  const wanted = months.flatMap((month) => {
    const digests = HEADERS.flatMap(
      (report) => heads.get(headKey(report, month as string as PeriodKey))?.digest ?? [],
    );
    return digests.length === HEADERS.length ? [{ month, digests }] : [];
  });
  const found = new Map<Month, MonthLines>();
  for (let start = 0; start < wanted.length; start += 24) {
    const batch = wanted.slice(start, start + 24);
    const texts = await bodyTexts(batch.flatMap(({ digests }) => digests));
    for (const { month, digests } of batch) {
      const own = digests.flatMap((digest) => texts.get(digest) ?? []);
      if (own.length === HEADERS.length) found.set(month, storedLines(own.map(bodyOf)));
    }
  }
  return found;
}

function storedLines(headers: readonly ReportBody[]): MonthLines {
  const [ledger, journal, statements] = headers as [ReportBody, ReportBody, ReportBody];
  const parties = new Map<AccountId, Map<number, Stretch>>(
    statements.controlAccounts!.map((account) => [account, new Map()]),
  );
  for (const [{ of }, stretch] of stretchesOf(statements))
    parties.get(of!.accountId!)!.set(of!.partyId!, stretch);
  const [entries] = stretchesOf(journal);
  return {
    ledger: new Map([...stretchesOf(ledger)].map(([part, own]) => [part.of!.accountId!, own])),
    journal: entries?.[1] ?? null,
    parties,
  };
}

/** Digests of the stretches that the stored headers of quarters and years name: those needn't be written again. */
export async function namedByHeaders(
  bodyTexts: ReadTexts,
  heads: ReadonlyMap<string, ReportHead>,
  periods: readonly Period[],
): Promise<Set<string>> {
  const joined = periods.filter(({ kind }) => kind !== 'month');
  const digests = joined.flatMap(({ key }) =>
    HEADERS.flatMap((report) => heads.get(headKey(report, key))?.digest ?? []),
  );
  const named = new Set<string>();
  for (const text of (await bodyTexts(digests)).values())
    for (const [, { ref }] of stretchesOf(bodyOf(text))) named.add(ref.digest);
  return named;
}

const bodyOf = (text: string) => JSON.parse(text) as ReportBody;

function* stretchesOf({ exponent, parts }: ReportBody) {
  for (const part of parts ?? []) {
    if (part.stretch) yield [part, stretchOf(part.stretch, exponent)] as const;
  }
}

/** The key of a head among a book's heads. */
export const headKey = (report: ReportHead['report'], period: PeriodKey): string =>
  `${report}/${period}`;
