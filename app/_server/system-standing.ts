// How the house does for one book: where ledger and documents stand, how busy it was, what waits, what was checked.

import type { ListedInvariant } from '#reports/catalogue/registry.ts';
import type { ActivityStep } from '#reports/documents/activity-steps.ts';
import type { InvariantNote } from '#reports/documents/invariant-notes.ts';
import type { DocumentsPosition, ImportProgress } from '#reports/documents/reader.ts';
import type { Check, ProcessNote } from '#reports/documents/standing.ts';
import { rooms } from './rooms.ts';

export interface SystemStanding {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly stepMs: number;
  readonly position: DocumentsPosition | null;
  /** As the ledger says it; null while it doesn't answer. */
  readonly ledger: { readonly head: number; readonly waitingMs: number } | null;
  readonly steps: readonly ActivityStep[];
  /** Imports that aren't settled yet. */
  readonly imports: readonly ImportProgress[];
  readonly processes: readonly ProcessNote[];
  readonly checks: readonly Check[];
  readonly invariants: readonly InvariantStanding[];
}

/** An invariant of the catalogue; without a note it was never checked on this book's documents. */
export interface InvariantStanding extends ListedInvariant {
  readonly note: InvariantNote | null;
}

export type Range = '15m' | '2h';

const STEPS: Readonly<Record<Range, { stepMs: number; count: number }>> = {
  '15m': { stepMs: 10_000, count: 90 },
  '2h': { stepMs: 60_000, count: 120 },
};
const UNSETTLED = new Set(['queued', 'running', 'preview', 'posting']);

/** Null while the document store doesn't answer. */
export async function systemStanding(book: number, range: Range): Promise<SystemStanding | null> {
  const { documents, queries, activity, standing, invariants: listed } = rooms();
  const { stepMs, count } = STEPS[range];
  const now = Date.now();
  const from = (Math.floor(now / stepMs) - count + 1) * stepMs;
  try {
    const [position, steps, imports, processes, checks, notes] = await Promise.all([
      documents.position(book),
      activity.steps(book, { from, stepMs, count }),
      documents.importProgress(book),
      standing.processes(),
      standing.checks(book),
      standing.invariants(book),
    ]);
    const ledger = await queries.bookHead(book, position?.position ?? 0).catch(() => null);
    const unsettled = imports.filter(({ state }) => UNSETTLED.has(state));
    const noted = new Map(notes.map((note) => [note.name, note]));
    const invariants = listed.map((own) => ({ ...own, note: noted.get(own.name) ?? null }));
    return {
      ...{ now, stepMs, position, ledger, steps, imports: unsettled },
      ...{ processes, checks, invariants },
    };
  } catch {
    return null; // The page says so itself; everything else of it would come from there.
  }
}
