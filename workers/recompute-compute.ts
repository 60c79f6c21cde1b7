// The computing half of a recompute: the lines of touched months, then the documents, period by period, each period's
// set checked before its bodies are written. Bodies are written as they come, so that memory stays bounded.
import type { Month } from '#ledger/domain/calendar.ts';
import { MonthCutter, type MonthLines, type Paper } from '#reports/catalogue/month-lines.ts';
import type { PageEntry } from '#reports/catalogue/pages.ts';
import { checkInvariants, computeReport } from '#reports/catalogue/registry.ts';
import type { ReportBody, ReportHead } from '#reports/catalogue/report.ts';
import type { LinesIndex } from '#reports/catalogue/report-definition.ts';
import { type Sealed, seal } from '#reports/catalogue/seal.ts';
import type { Documents } from '#reports/documents/documents.ts';
import type { ReadContents } from './recompute-insert.ts';
import { insertIntoMonth, storedMonths } from './recompute-pages.ts';
import { monthsShown, type Plan, type Target } from './recompute-plan.ts';
import { monthEntries } from './recompute-postings.ts';
import { type LedgerConnection, recordedTimes } from './recompute-snapshot.ts';

/** Bodies waiting to be written take no more memory than this. */
const FLUSH_ABOVE = 8_000_000;

/** Where computed bodies go. */
export interface BodySink {
  add(body: Sealed): void;
  /** Writes what waits if it is much. */
  drain(): Promise<void>;
}

/** Collects bodies and writes them in batches. */
export class BodyWriter implements BodySink {
  readonly #documents: Documents;
  readonly #book: number;
  #waiting: Sealed[] = [];
  #bytes = 0;

  constructor(documents: Documents, book: number) {
    this.#documents = documents;
    this.#book = book;
  }

  add(body: Sealed): void {
    this.#waiting.push(body);
    this.#bytes += body.json.length;
  }

  async drain(): Promise<void> {
    if (this.#bytes > FLUSH_ABOVE) await this.flush();
  }

  async flush(): Promise<void> {
    const bodies = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    await this.#documents.writeBodies(this.#book, bodies);
  }
}

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
  const { connection, plan, heads, paper, read, sink, gone } = input;
  const months = new Map(input.known);
  const last = plan.ledger.table.last;
  const shown = [...monthsShown(plan.targets)].filter((month) => month <= last).sort();
  const unknown = shown.filter((month) => !months.has(month));
  for (const [month, lines] of await storedMonths(input.bodyTexts, heads, unknown)) {
    months.set(month, lines);
  }
  const posted = Map.groupBy(plan.entries ?? [], ([date]: PageEntry) => date.slice(0, 7));
  for (const month of shown) {
    const before = months.get(month);
    if (before && !plan.touched.has(month)) continue;
    if (before && plan.entries) {
      const entries = posted.get(month) ?? [];
      months.set(month, await insertIntoMonth(paper, read, before, entries, gone));
    } else {
      const cutter = new MonthCutter(paper);
      for await (const entries of monthEntries(connection, paper.book, month, input.until, {
        exponent: paper.exponent,
        units: plan.ledger.units,
      })) {
        for (const entry of entries) cutter.add(entry);
        await sink.drain();
      }
      months.set(month, cutter.finish());
    }
  }
  return months;
}

export interface ComputeInput {
  readonly connection: LedgerConnection;
  readonly plan: Plan;
  readonly lines: LinesIndex;
  readonly sink: BodySink;
  readonly now: number;
}

export interface Computed {
  readonly heads: ReportHead[];
  /** By name of an invariant, in how many sets it was checked. */
  readonly checked: ReadonlyMap<string, number>;
}

/**
 * Computes the targets and hands their bodies to the sink.
 * @throws BrokenInvariant
 */
export async function computeTargets(input: ComputeInput): Promise<Computed> {
  const { plan, lines, sink } = input;
  const times = await timesOf(input);
  const computedAt = new Date(input.now).toISOString();
  const heads: ReportHead[] = [];
  const checked = new Map<string, number>();
  for (const targets of Map.groupBy(plan.targets, ({ period }) => period.key).values()) {
    const { period } = targets[0]!;
    const set: Record<string, ReportBody> = {};
    for (const { report, position } of targets) {
      const recordedAt = times.get(position);
      if (recordedAt === undefined) throw new Error(`the ledger has no event ${position}`);
      set[report] = computeReport(plan.ledger, report, period, { position, recordedAt }, lines);
    }
    for (const name of checkInvariants(plan.ledger, period, set)) {
      checked.set(name, (checked.get(name) ?? 0) + 1);
    }
    for (const target of targets) {
      const sealed = seal(set[target.report]!);
      sink.add(sealed);
      heads.push(headOfTarget(target, sealed.digest, plan, computedAt));
    }
    await sink.drain();
  }
  return { heads, checked };
}

/** When the events that feed the targets were recorded; mostly that is the head alone, which is known. */
async function timesOf({ connection, plan }: ComputeInput): Promise<Map<number, string>> {
  const { head, headAt, facts } = plan.book;
  const positions = new Set(plan.targets.map(({ position }) => position));
  positions.delete(head);
  const times =
    positions.size > 0 ? await recordedTimes(connection, facts.id, [...positions]) : new Map();
  return times.set(head, headAt);
}

const headOfTarget = (
  { report, period, position }: Target,
  digest: string,
  plan: Plan,
  computedAt: string,
): ReportHead => ({
  ...{ report, period: period.key, digest, position },
  asOf: plan.book.head,
  computedAt,
});
