// The lines of general ledger and journal as they are stored, month by month, and new entries put among them.
import type { Month, Period, PeriodKey } from '#ledger/domain/calendar.ts';
import {
  byAccount,
  journalCutting,
  ledgerCutting,
  type MonthLines,
  type Paper,
} from '#reports/catalogue/month-lines.ts';
import { type PageEntry, stretchOf } from '#reports/catalogue/pages.ts';
import type { ReportBody, ReportHead } from '#reports/catalogue/report.ts';
import { insertEntries, type ReadContents } from './recompute-insert.ts';

/** Puts new entries of a month, by date and number, among its lines. */
export async function insertIntoMonth(
  paper: Paper,
  read: ReadContents,
  before: MonthLines,
  entries: readonly PageEntry[],
  gone: (digest: string) => void,
): Promise<MonthLines> {
  const own = Map.groupBy(entries.flatMap(byAccount), ([account]) => account);
  const ledger = new Map(before.ledger);
  const grown = [...own].map(async ([account, list]) => {
    const lines = list.map(([, entry]) => entry);
    const stored = before.ledger.get(account) ?? null;
    ledger.set(account, await insertEntries(ledgerCutting(paper), read, stored, lines, gone));
  });
  const journal = insertEntries(journalCutting(paper), read, before.journal, entries, gone);
  await Promise.all([...grown, journal]);
  return { ledger, journal: await journal };
}

/** The lines of months as the stored documents have them; a month whose headers aren't both there is left out. */
export async function storedMonths(
  bodyTexts: (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  heads: ReadonlyMap<string, ReportHead>,
  months: readonly Month[],
): Promise<Map<Month, MonthLines>> {
  const digestOf = (report: ReportHead['report'], month: Month) =>
    heads.get(headKey(report, month as string as PeriodKey))?.digest;
  const wanted = months.flatMap((month) => {
    const [ledger, journal] = [digestOf('general-ledger', month), digestOf('journal', month)];
    return ledger && journal ? [{ month, ledger, journal }] : [];
  });
  const found = new Map<Month, MonthLines>();
  for (let start = 0; start < wanted.length; start += 24) {
    const batch = wanted.slice(start, start + 24);
    const texts = await bodyTexts(batch.flatMap(({ ledger, journal }) => [ledger, journal]));
    for (const { month, ledger, journal } of batch) {
      const [ledgerText, journalText] = [texts.get(ledger), texts.get(journal)];
      if (!ledgerText || !journalText) continue;
      const accounts = [...stretchesOf(ledgerText)].map(
        ([part, stretch]) => [part.of!.accountId!, stretch] as const,
      );
      const [entries] = stretchesOf(journalText);
      found.set(month, { ledger: new Map(accounts), journal: entries?.[1] ?? null });
    }
  }
  return found;
}

/** Digests of the stretches that the stored headers of quarters and years name: those needn't be written again. */
export async function namedByHeaders(
  bodyTexts: (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  heads: ReadonlyMap<string, ReportHead>,
  periods: readonly Period[],
): Promise<Set<string>> {
  const joined = periods.filter(({ kind }) => kind !== 'month');
  const digests = joined.flatMap(({ key }) => {
    const head = heads.get(headKey('general-ledger', key));
    return head ? [head.digest] : [];
  });
  const named = new Set<string>();
  for (const text of (await bodyTexts(digests)).values())
    for (const [, { ref }] of stretchesOf(text)) named.add(ref.digest);
  return named;
}

function* stretchesOf(text: string) {
  const body = JSON.parse(text) as ReportBody;
  for (const part of body.parts ?? []) {
    if (part.stretch) yield [part, stretchOf(part.stretch, body.exponent)] as const;
  }
}

/** The key of a head among a book's heads. */
export const headKey = (report: ReportHead['report'], period: PeriodKey): string =>
  `${report}/${period}`;
