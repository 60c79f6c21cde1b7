// What checking the invariants of each book came to, one document per book: how often each held and when it last did,
// written with the activity every few seconds; and what was found wrong, written at once.
import type { Violation } from '#reports/catalogue/invariants.ts';
import type { ActivityTally } from './activity.ts';
import type { Collections } from './collections.ts';

export interface InvariantDocument {
  /** The book. */
  _id: number;
  /** By name of an invariant; epoch milliseconds. */
  held?: Record<string, { at: number; sets: number }>;
  /** By name of an invariant: the last time that it didn't hold. */
  violated?: Record<string, { at: number; violation: Violation }>;
}

/** How an invariant of a book stands. */
export interface InvariantNote {
  readonly name: string;
  /** In how many sets of documents it held. */
  readonly sets: number;
  /** When it was last checked, epoch milliseconds. */
  readonly at: number;
  /** What the last check found wrong; null: it held. */
  readonly violation: Violation | null;
}

const UPSERT = { upsert: true } as const;

/** Adds sets in which invariants held. */
export async function addHeld(all: Collections, tallies: readonly ActivityTally[]): Promise<void> {
  const writes = tallies
    .filter(({ checked }) => checked.size > 0)
    .map(({ book, checked, checkedAt }) => {
      const names = [...checked];
      const $inc = Object.fromEntries(names.map(([name, sets]) => [`held.${name}.sets`, sets]));
      const $max = Object.fromEntries(names.map(([name]) => [`held.${name}.at`, checkedAt]));
      return { updateOne: { filter: { _id: book }, update: { $inc, $max }, ...UPSERT } };
    });
  if (writes.length > 0) await all.invariants.bulkWrite(writes, { ordered: false });
}

/** Keeps what was found wrong at a moment. Of several documents that break one invariant the first is kept. */
export async function keepViolations(
  all: Collections,
  book: number,
  at: number,
  violations: readonly Violation[],
): Promise<void> {
  const named = violations
    .toReversed()
    .map((violation) => [`violated.${violation.invariant}`, { at, violation }] as const);
  await all.invariants.updateOne({ _id: book }, { $set: Object.fromEntries(named) }, UPSERT);
}

/** Invariants of a book that were ever checked. What held after it was violated holds. */
export async function invariantNotes(all: Collections, book: number): Promise<InvariantNote[]> {
  const found = await all.invariants.findOne({ _id: book });
  return found ? notesIn(found) : [];
}

/** Every invariant that is violated, with its book. */
export async function violatedInvariants(
  all: Collections,
): Promise<(InvariantNote & { readonly book: number })[]> {
  const found = await all.invariants.find({ violated: { $exists: true } }).toArray();
  return found.flatMap((own) =>
    notesIn(own)
      .filter(({ violation }) => violation !== null)
      .map((note) => ({ ...note, book: own._id })),
  );
}

function notesIn({ held = {}, violated = {} }: InvariantDocument): InvariantNote[] {
  const names = new Set([...Object.keys(held), ...Object.keys(violated)]);
  return [...names].map((name) => {
    const { at = 0, sets = 0 } = held[name] ?? {};
    const wrong = violated[name];
    return wrong && wrong.at >= at
      ? { name, sets, at: wrong.at, violation: wrong.violation }
      : { name, sets, at, violation: null };
  });
}
