// The computing half of a recompute: the documents, period by period, each period's set checked before its bodies are
// written. Bodies are written as they come, so that memory stays bounded.
import { checkInvariants, computeReport } from '#reports/catalogue/registry.ts';
import type { ReportBody, ReportHead } from '#reports/catalogue/report.ts';
import type { LinesIndex } from '#reports/catalogue/report-definition.ts';
import { type Sealed, seal } from '#reports/catalogue/seal.ts';
import type { Documents } from '#reports/documents/documents.ts';
import type { Plan, Target } from './recompute-plan.ts';
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
