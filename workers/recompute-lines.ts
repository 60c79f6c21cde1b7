// The lines of the months that a recompute shows: as they are known or stored, with what was posted since; cut from
// their entries where they are neither, or where too much was posted. Which accounts are control accounts may have
// changed: statements of those that are new are cut from their lines alone.
import type { Month } from '#ledger/domain/calendar.ts';
import {
  controlIds,
  MonthCutter,
  type MonthLines,
  type Paper,
  PartyCutter,
} from '#reports/catalogue/month-lines.ts';
import type { Stretch } from '#reports/catalogue/pages.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { Documents } from '#reports/documents/documents.ts';
import type { BodySink } from './recompute-compute.ts';
import type { ReadContents } from './recompute-insert.ts';
import { insertIntoMonth, storedMonths } from './recompute-pages.ts';
import { monthsShown, type Plan } from './recompute-plan.ts';
import { type MonthWanted, monthEntries } from './recompute-postings.ts';
import type { LedgerConnection } from './recompute-snapshot.ts';

export interface LinesInput {
  readonly connection: LedgerConnection;
  readonly bodyTexts: Documents['bodyTexts'];
  readonly plan: Plan;
  readonly heads: ReadonlyMap<string, ReportHead>;
  readonly known: ReadonlyMap<Month, MonthLines>;
  readonly paper: Paper;
  readonly read: ReadContents;
  readonly sink: BodySink;
  readonly gone: (digest: string) => void;
  /** Entries recorded later than this position are left out; null: none are. */
  readonly until: number | null;
}

/** The lines of all months that the targets show: with what was posted to them, or as they are known or stored. */
export async function bringLines(input: LinesInput): Promise<Map<Month, MonthLines>> {
  const { plan, heads, paper, read, gone } = input;
  const months = new Map(input.known);
  const last = plan.ledger.table.last;
  const shown = [...monthsShown(plan.targets)].filter((month) => month <= last).sort();
  const unknown = shown.filter((month) => !months.has(month));
  for (const [month, lines] of await storedMonths(input.bodyTexts, heads, unknown)) {
    months.set(month, lines);
  }
  const posted = Map.groupBy(plan.entries ?? [], ({ page: [date] }) => date.slice(0, 7));
  for (const month of shown) {
    const before = months.get(month);
    const touched = plan.touched.has(month);
    if (!before || (touched && !plan.entries)) {
      months.set(month, await cutMonth(input, month));
      continue;
    }
    let lines = await withoutOrdinary(input, before);
    const entries = posted.get(month) ?? [];
    if (touched) lines = await insertIntoMonth(paper, read, lines, entries, gone);
    months.set(month, await withNewControls(input, month, lines));
  }
  return months;
}

async function cutMonth(input: LinesInput, month: Month): Promise<MonthLines> {
  const cutter = new MonthCutter(input.paper, controlIds(input.plan.ledger.accounts));
  await cutInto(cutter, input, { month, accounts: null });
  return cutter.finish();
}

async function cutInto(
  cutter: Pick<MonthCutter, 'add'>,
  { connection, paper, plan, sink, until }: LinesInput,
  wanted: Pick<MonthWanted, 'month' | 'accounts'>,
): Promise<void> {
  const writing = { exponent: paper.exponent, units: plan.ledger.units };
  const months = monthEntries(connection, { ...wanted, book: paper.book, until }, writing);
  for await (const entries of months) {
    for (const entry of entries) cutter.add(entry);
    await sink.drain();
  }
}

/** A month without the statements of accounts that control nothing any more. */
async function withoutOrdinary(
  { gone, plan, read }: LinesInput,
  lines: MonthLines,
): Promise<MonthLines> {
  const controls = controlIds(plan.ledger.accounts);
  const ordinary = [...lines.parties].filter(([account]) => !controls.has(account));
  if (ordinary.length === 0) return lines;
  for (const [, parties] of ordinary) {
    for (const stretch of parties.values()) await leave(read, stretch, gone);
  }
  const kept = [...lines.parties].filter(([account]) => controls.has(account));
  return { ...lines, parties: new Map(kept) };
}

/** Tells of a stretch and all that lies under it that it is left behind. */
async function leave(
  read: ReadContents,
  stretch: Stretch,
  gone: LinesInput['gone'],
): Promise<void> {
  gone(stretch.ref.digest);
  if (stretch.ref.level === 0) return;
  for (const child of await read.stretches(stretch)) await leave(read, child, gone);
}

/** A month with the statements of accounts that are control accounts since it was last cut. */
async function withNewControls(
  input: LinesInput,
  month: Month,
  lines: MonthLines,
): Promise<MonthLines> {
  const accounts = [...controlIds(input.plan.ledger.accounts)].filter(
    (account) => !lines.parties.has(account),
  );
  if (accounts.length === 0) return lines;
  const cutter = new PartyCutter(input.paper, accounts);
  await cutInto(cutter, input, { month, accounts });
  return { ...lines, parties: new Map([...lines.parties, ...cutter.finish()]) };
}
