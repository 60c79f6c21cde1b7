// The computing half of a recompute: pages of touched months, then the documents, period by period, each period's set
// checked before its bodies are written. Bodies are written as they come, so that memory stays bounded.
import type { Month } from '#ledger/domain/calendar.ts';
import { computeReport } from '#reports/catalogue/compute.ts';
import { checkInvariants, type PeriodSet } from '#reports/catalogue/invariants.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { type Sealed, seal } from '#reports/catalogue/seal.ts';
import type { Documents } from '#reports/documents/documents.ts';
import {
  cutMonth,
  type MonthPages,
  pageIndex,
  storedPages,
  type Touched,
} from './recompute-pages.ts';
import { monthsShown, type Plan, type Target } from './recompute-plan.ts';
import { type LedgerConnection, readPostings, recordedTimes } from './recompute-snapshot.ts';

/** Bodies waiting to be written take no more memory than this. */
const FLUSH_ABOVE = 8_000_000;

/** Where computed bodies go. */
export interface BodySink {
  add(bodies: readonly Sealed[]): Promise<void>;
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

  async add(bodies: readonly Sealed[]): Promise<void> {
    for (const body of bodies) {
      this.#waiting.push(body);
      this.#bytes += body.json.length;
    }
    if (this.#bytes > FLUSH_ABOVE) await this.flush();
  }

  async flush(): Promise<void> {
    const bodies = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    await this.#documents.writeBodies(this.#book, bodies);
  }
}

interface PagesInput {
  readonly connection: LedgerConnection;
  readonly documents: Pick<Documents, 'bodyTexts'>;
  readonly plan: Plan;
  readonly heads: ReadonlyMap<string, ReportHead>;
  readonly known: Map<Month, MonthPages>;
  readonly writer: BodySink;
}

/** The pages of all months that the targets show: touched ones cut anew, the others as they are known or stored. */
export async function cutPages(input: PagesInput): Promise<Map<Month, MonthPages>> {
  const { connection, documents, plan, heads, writer } = input;
  const { facts, accounts, table } = plan.ledger;
  const months = new Map(input.known);
  const shown = [...monthsShown(plan.targets)].filter((month) => month <= table.last);
  const unknown = [...shown, ...plan.touched.keys()].filter((month) => !months.has(month));
  for (const [month, pages] of await storedPages(documents.bodyTexts, heads, [
    ...new Set(unknown),
  ])) {
    months.set(month, pages);
  }
  const source = {
    book: facts.id,
    exponent: facts.exponent,
    accounts: new Map(accounts.map((account) => [account.id, account])),
  };
  const everything: Touched = { accounts: new Set(source.accounts.keys()), journal: true };
  for (const month of new Set([...plan.touched.keys(), ...shown])) {
    const before = months.get(month);
    const touched = before ? plan.touched.get(month) : everything;
    if (!touched) continue;
    const postings = await readPostings(connection, facts.id, month);
    const cut = cutMonth(source, month, postings, touched, before);
    months.set(month, cut.pages);
    await writer.add(cut.bodies);
  }
  return months;
}

interface ComputeInput {
  readonly connection: LedgerConnection;
  readonly plan: Plan;
  readonly months: ReadonlyMap<Month, MonthPages>;
  readonly writer: BodySink;
  readonly now: number;
}

/** Computes the targets, hands their bodies to the writer and answers with their heads. */
export async function computeTargets(input: ComputeInput): Promise<ReportHead[]> {
  const { connection, plan, months, writer } = input;
  const positions = [...new Set(plan.targets.map(({ position }) => position))];
  const times = await recordedTimes(connection, plan.book.facts.id, positions);
  const pages = pageIndex(months);
  const computedAt = new Date(input.now).toISOString();
  const heads: ReportHead[] = [];
  for (const targets of Map.groupBy(plan.targets, ({ period }) => period.key).values()) {
    const { period } = targets[0]!;
    const set: PeriodSet = {};
    for (const { report, position } of targets) {
      const recordedAt = times.get(position);
      if (recordedAt === undefined) throw new Error(`the ledger has no event ${position}`);
      set[report] = computeReport(plan.ledger, report, period, { position, recordedAt }, pages);
    }
    checkInvariants(plan.ledger, period, set);
    for (const target of targets)
      heads.push(await sealTarget(target, set, writer, plan, computedAt));
  }
  return heads;
}

async function sealTarget(
  { report, period, position }: Target,
  set: PeriodSet,
  writer: BodySink,
  plan: Plan,
  computedAt: string,
): Promise<ReportHead> {
  const sealed = seal(set[report]!);
  await writer.add([sealed]);
  return {
    report,
    period: period.key,
    digest: sealed.digest,
    position,
    asOf: plan.book.head,
    computedAt,
  };
}
