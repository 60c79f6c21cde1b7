// One recompute of one book, from snapshot to moved heads: read what changed, bring the lines up to date, compute the
// documents whose feed is newer than their head, check the invariants, write the bodies, then move heads and position
// in one step.
import type { Month } from '#ledger/domain/calendar.ts';
import {
  controlIds,
  forgetControlled,
  linesIndex,
  type MonthLines,
  type Paper,
} from '#reports/catalogue/month-lines.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { SCHEMA_VERSION } from '#reports/catalogue/report.ts';
import type {
  Documents,
  LastRecompute,
  Move,
  StoredPosition,
} from '#reports/documents/documents.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { type AskedStanding, askedOf, dropped } from './recompute-asked.ts';
import { BodyWriter, computeTargets } from './recompute-compute.ts';
import { remembered } from './recompute-items.ts';
import { bringLines } from './recompute-lines.ts';
import type { BookMemory, RecomputeMemory } from './recompute-memory.ts';
import { headKey, namedByHeaders } from './recompute-pages.ts';
import {
  type Changes,
  isLevel,
  type Plan,
  planRecompute,
  readChanges,
  reasonToRebuild,
} from './recompute-plan.ts';
import {
  type BookAtHead,
  inSnapshot,
  type LedgerConnection,
  readBook,
} from './recompute-snapshot.ts';

export interface StepInput {
  readonly connection: LedgerConnection;
  readonly documents: Documents;
  readonly bookId: number;
  readonly memory: RecomputeMemory;
  /** Make everything anew in a generation of its own, whatever is stored. */
  readonly rebuild: boolean;
  /** Whether documents that were asked for are made. */
  readonly asked?: true | undefined;
  /** Clock, epoch milliseconds. */
  readonly now: number;
}

export type StepResult =
  | { readonly state: 'level' | 'no-such-book' | 'overtaken' }
  | {
      readonly state: 'moved';
      readonly position: number;
      readonly heads: readonly ReportHead[];
      readonly last: LastRecompute;
      /** By name of an invariant, in how many sets it was checked. */
      readonly checked: ReadonlyMap<string, number>;
      /** Why all documents were made anew, or null. */
      readonly rebuilt: string | null;
    };

/** Runs one recompute. The caller holds the book's lock. */
export async function recomputeStep(input: StepInput): Promise<StepResult> {
  const { connection, documents, bookId, memory } = input;
  const stored = await documents.storedPosition(bookId);
  const asked = input.asked ? await askedOf(documents, bookId) : NOTHING_ASKED;
  const taken = memory.take(bookId);
  const remembered = taken?.stored.token === stored?.token ? taken : null;
  return inSnapshot(connection, async (begun): Promise<StepResult> => {
    const [changes] = await Promise.all([
      remembered ? readChanges(connection, bookId, remembered.stored) : null,
      begun,
    ]);
    const book = changes?.book ?? (await readBook(connection, bookId, stored?.position));
    if (!book) return { state: 'no-such-book' };
    const reason = input.rebuild ? 'asked for' : reasonToRebuild(book, stored);
    const isAsked = asked.waiting.length > 0;
    if (reason === null && stored && !isAsked && isLevel(book, stored, input.now)) {
      if (remembered) memory.put(bookId, remembered);
      return { state: 'level' };
    }
    const recompute = new Recompute(input, book, stored, reason, asked);
    return reason === null ? recompute.run(remembered, changes) : recompute.run(null, null);
  });
}

const NOTHING_ASKED: AskedStanding = { all: [], waiting: [] };

/** A recompute under way. Memory is given back only when the move went through. */
class Recompute {
  readonly #input: StepInput;
  readonly #book: BookAtHead;
  readonly #stored: StoredPosition | null;
  readonly #reason: string | null;
  readonly #asked: AskedStanding;
  readonly #writer: BodyWriter;
  /** Digests that were made, and those of what they replace: kept only while documents are carried on. */
  readonly #made = new Set<string>();
  readonly #gone = new Set<string>();
  /** Stretches over several months that are stored, as far as memory doesn't say it. */
  #named: ReadonlySet<string> = new Set();

  constructor(
    input: StepInput,
    book: BookAtHead,
    stored: StoredPosition | null,
    reason: string | null,
    asked: AskedStanding,
  ) {
    this.#input = input;
    this.#book = book;
    this.#stored = stored;
    this.#reason = reason;
    this.#asked = asked;
    this.#writer = new BodyWriter(input.documents, input.bookId);
  }

  async run(memory: BookMemory | null, changes: Changes | null): Promise<StepResult> {
    const { connection, documents, bookId, now } = this.#input;
    const base = this.#base();
    const heads = memory?.heads ?? (await storedHeads(documents, bookId, base));
    const book = this.#book;
    const known = { book, stored: base, memory, changes, heads };
    const asked = this.#asked.waiting;
    const plan = await planRecompute({ connection, ...known, asked, now });
    const months = await this.#lines(plan, heads, memory);
    if (base && !memory) {
      const periods = [...new Set(plan.targets.map(({ period }) => period))];
      this.#named = await namedByHeaders(documents.bodyTexts, heads, periods);
    }
    const joined = memory?.joined ?? new Map();
    const gone = (digest: string) => void this.#gone.add(digest);
    if (plan.presentation) forgetControlled(joined, controlIds(plan.ledger.accounts), gone);
    const lines = linesIndex(this.#paper(), months, joined, gone);
    const target = { connection, plan, lines, sink: this.#writer, now };
    const { checked, heads: moved } = await computeTargets(target);
    await this.#writer.flush();
    if (plan.presentation || base === null) await documents.access.putBook(bookCopy(book));
    const next = this.#next(plan);
    const droppedHeads = dropped(heads, moved, this.#asked, { asOf: book.head, now });
    const all = [...moved, ...droppedHeads];
    const move = { book: bookId, expected: this.#stored, heads: all, next };
    const result = await this.#move(plan, heads, move);
    if (!result.moved) return { state: 'overtaken' };
    if (asked.length > 0) await documents.asked.settle(bookId, asked, droppedHeads);
    for (const head of moved) heads.set(headKey(head.report, head.period), head);
    for (const { period, report } of droppedHeads) heads.delete(headKey(report, period));
    const { ledger, periods } = plan;
    this.#input.memory.put(bookId, {
      stored: { ...next, token: result.token, recent: result.recent },
      ...{ accounts: ledger.accounts, dimensions: ledger.dimensions },
      ...{ taxCodes: ledger.taxCodes, chart: book.chart },
      ...{ table: ledger.table, units: ledger.units, details: ledger.details },
      ...{ budget: ledger.budget, late: ledger.late, sums: ledger.sums },
      ...{ group: plan.group, rates: plan.rates },
      items: remembered(plan.items),
      ...{ periods, heads, months, joined },
    });
    const rebuilt = this.#reason;
    const last = this.#soFar(moved.length);
    return { state: 'moved', position: book.head, heads: moved, last, checked, rebuilt };
  }

  /** Documents to carry on from. */
  #base(): StoredPosition | null {
    return this.#reason === null ? this.#stored : null;
  }

  #paper(): Paper {
    const { id: book, exponent } = this.#book.facts;
    const { contents } = this.#input.memory;
    const carriesOn = this.#base() !== null;
    const keep: Paper['keep'] = (sealed, content) => {
      if (this.#named.has(sealed.digest)) return;
      // Cut anew, some pages are what they were: they are stored.
      if (!carriesOn || !this.#gone.has(sealed.digest)) this.#writer.add(sealed);
      if (!carriesOn) return;
      contents.put(sealed, content);
      this.#made.add(sealed.digest);
    };
    return { book, exponent, keep };
  }

  #lines(
    plan: Plan,
    heads: ReadonlyMap<string, ReportHead>,
    memory: BookMemory | null,
  ): Promise<Map<Month, MonthLines>> {
    const { connection, documents, memory: shared } = this.#input;
    return bringLines({
      ...{ connection, plan, heads, paper: this.#paper(), sink: this.#writer },
      bodyTexts: documents.bodyTexts,
      known: memory?.months ?? new Map(),
      read: shared.contents.reader(documents, this.#book.facts.exponent),
      gone: (digest) => this.#gone.add(digest),
      until: null,
    });
  }

  #next(plan: Plan): Move['next'] {
    const book = this.#book;
    return {
      generation: this.#base()?.generation ?? (this.#stored?.generation ?? 0) + 1,
      position: book.head,
      hash: book.headHash,
      through: plan.through,
      lastNumber: book.lastNumber,
      schemaVersion: SCHEMA_VERSION,
    };
  }

  /** Moves heads and position, and notes what they leave behind. */
  async #move(
    plan: Plan,
    heads: ReadonlyMap<string, ReportHead>,
    move: Omit<Move, 'last' | 'replaced'>,
  ) {
    const { documents } = this.#input;
    for (const { report, period } of move.heads) {
      const before = heads.get(headKey(report, period));
      if (before) this.#gone.add(before.digest);
    }
    const kept = new Set([...this.#made, ...move.heads.map(({ digest }) => digest)]);
    const whole: Move = {
      ...move,
      last: this.#soFar(move.heads.length),
      // Whose months were cut anew doesn't know what lay there: everything is looked through.
      replaced: plan.entries && [...this.#gone].filter((digest) => !kept.has(digest)),
    };
    const base = this.#base();
    return base ? documents.move(whole) : documents.replaceGeneration(whole);
  }

  /** How long it took until now. @param documents that are moved */
  #soFar(documents: number): LastRecompute {
    const now = Date.now();
    // What was only asked for isn't behind anything.
    const isNews = this.#stored?.position !== this.#book.head;
    const lagMs = isNews ? Math.max(0, now - Date.parse(this.#book.headAt)) : 0;
    return { ms: now - this.#input.now, documents, lagMs };
  }
}

async function storedHeads(
  documents: Documents,
  book: number,
  base: StoredPosition | null,
): Promise<Map<string, ReportHead>> {
  const heads = base ? await documents.headsAtPosition(book, base) : [];
  return new Map(heads.map((head) => [headKey(head.report, head.period), head]));
}

/** What reading needs to know of a book. */
export const bookCopy = ({ facts }: BookAtHead): BookCopy => ({
  ...facts.title,
  id: facts.id,
  baseCurrency: facts.currency,
  calendar: facts.calendar,
  lockedThrough: facts.lockedThrough,
  isGroup: facts.isGroup,
});
