// Dropping what nothing points to any more, after a grace period for readers on their way. Each move notes which bodies
// it left behind, so that collecting costs what was replaced and not what there is; only after a book's documents were
// made anew is everything looked through. Bodies that were ever downloaded are kept, with the pages under them.
// It may run while heads are moved: a body that is written again is younger than the note about it and stays.
import { setTimeout as sleep } from 'node:timers/promises';
import type { WithId } from 'mongodb';
import type { NodeBody } from '#reports/catalogue/pages.ts';
import type { ReportBody, StretchRef } from '#reports/catalogue/report.ts';
import type { Collections, FileDocument, ReplacedDocument } from './collections.ts';
import { unpackBody } from './pack.ts';
import { headsOfBook } from './read-heads.ts';

/** Small enough that readers hardly wait for a batch. */
const AT_ONCE = 100;
/** Notes name some twenty bodies each. */
const NOTES_AT_ONCE = 20;
/** Notes taken up in one round; the others wait for the next. */
const MOST_NOTES = 20_000;

export async function collectGarbage(
  all: Collections,
  book: number,
  olderThan: Date,
  signal?: AbortSignal,
): Promise<number> {
  const query = { book, at: { $lt: olderThan } };
  const notes = await all.replaced.find(query).sort({ at: 1 }).limit(MOST_NOTES).toArray();
  if (notes.length === 0) return 0;
  await markKept(all, book);
  if (notes.some(({ digests }) => digests === null)) {
    // What the other notes name is among what is looked through.
    const swept = await sweep(all, book, olderThan);
    await forget(all, notes);
    return swept;
  }
  let dropped = 0;
  for (let start = 0; start < notes.length && !signal?.aborted; start += NOTES_AT_ONCE) {
    const began = performance.now();
    dropped += await dropReplaced(all, notes.slice(start, start + NOTES_AT_ONCE));
    // There is always time: whoever moves documents meanwhile goes first.
    await sleep(3 * (performance.now() - began), undefined, { signal }).catch(() => undefined);
  }
  return dropped;
}

/** Drops what notes name, and then the notes. A body written again after its note stays. */
async function dropReplaced(
  all: Collections,
  notes: readonly WithId<ReplacedDocument>[],
): Promise<number> {
  const naming = notes.filter(({ digests }) => digests !== null && digests.length > 0);
  let dropped = 0;
  if (naming.length > 0) {
    await dropFilesOf(
      all,
      naming.flatMap(({ digests }) => digests!),
    );
    const writes = naming.map(({ digests, at }) => ({
      deleteMany: { filter: unused(digests!, at) },
    }));
    dropped = (await all.bodies.bulkWrite(writes, { ordered: false })).deletedCount;
  }
  await forget(all, notes);
  return dropped;
}

const forget = (all: Collections, notes: readonly WithId<ReplacedDocument>[]) =>
  all.replaced.deleteMany({ _id: { $in: notes.map(({ _id }) => _id) } });

const unused = (digests: readonly string[], before: Date) => ({
  _id: { $in: [...digests] },
  at: { $lt: before },
  kept: { $ne: true },
});

/** Keeps the pages under bodies that were downloaded; each such body is walked once. */
async function markKept(all: Collections, book: number): Promise<void> {
  const bodies = await all.bodies.find({ unwalked: book }).toArray();
  for (const body of bodies) {
    const under: string[] = [];
    for await (const digest of digestsUnder(all, headerStretches(unpackBody(body))))
      under.push(digest);
    // From below upwards: what is under a kept node is kept, so that it needn't be walked again.
    under.reverse();
    for (let start = 0; start < under.length; start += AT_ONCE) {
      const _id = { $in: under.slice(start, start + AT_ONCE) };
      await all.bodies.updateMany({ _id, kept: { $ne: true } }, { $set: { kept: true } });
    }
    await all.bodies.updateOne({ _id: body._id }, { $unset: { unwalked: true } });
  }
}

/** Drops heads of generations that were replaced, and every old body that no head leads to. */
async function sweep(all: Collections, book: number, olderThan: Date): Promise<number> {
  const current = await all.positions.findOne({ _id: book });
  if (!current) return 0;
  const { generation } = current;
  await all.heads.deleteMany({ book, generation: { $ne: generation } });
  const old = await all.bodies
    .find({ book, at: { $lt: olderThan }, kept: { $ne: true } }, { projection: { _id: 1 } })
    .toArray();
  const heads = (await headsOfBook(all, book, current)).map(({ digest }) => digest);
  const needed = new Set(heads);
  for (let start = 0; start < heads.length; start += AT_ONCE) {
    const _id = { $in: heads.slice(start, start + AT_ONCE) };
    const stored = await all.bodies.find({ _id }).toArray();
    const stretches = stored.flatMap((body) => headerStretches(unpackBody(body)));
    for await (const own of digestsUnder(all, stretches, needed)) needed.add(own);
  }
  const gone = old.map(({ _id }) => _id).filter((digest) => !needed.has(digest));
  await dropFilesOfBook(all, book, new Set(gone), olderThan);
  let dropped = 0;
  for (let start = 0; start < gone.length; start += AT_ONCE) {
    const digests = gone.slice(start, start + AT_ONCE);
    dropped += (await all.bodies.deleteMany(unused(digests, olderThan))).deletedCount;
  }
  return dropped;
}

const headerStretches = (text: string): StretchRef[] =>
  ((JSON.parse(text) as Partial<ReportBody>).parts ?? []).flatMap(({ stretch }) => stretch ?? []);

/** Digests of stretches and of what lies under those that aren't kept. @param known those that need no look. */
async function* digestsUnder(
  all: Collections,
  stretches: readonly StretchRef[],
  known: ReadonlySet<string> = new Set(),
): AsyncGenerator<string> {
  const fresh = stretches.filter(({ digest }) => !known.has(digest));
  for (const { digest } of fresh) yield digest;
  const nodes = fresh.filter(({ level }) => level > 0).map(({ digest }) => digest);
  for (let start = 0; start < nodes.length; start += AT_ONCE) {
    const ids = nodes.slice(start, start + AT_ONCE);
    const bodies = await all.bodies.find({ _id: { $in: ids } }).toArray();
    const children = bodies
      .filter(({ kept }) => !kept)
      .flatMap((body) => (JSON.parse(unpackBody(body)) as NodeBody).stretches);
    yield* digestsUnder(all, children, known);
  }
}

/** Drops files of bodies that go, and old packs: their reports may be kept, and then nothing else would lead to them. */
async function dropFilesOfBook(
  all: Collections,
  book: number,
  gone: ReadonlySet<string>,
  olderThan: Date,
): Promise<void> {
  const projection = { digest: 1, parts: 1, of: 1, at: 1 } as const;
  const files = await all.files.find({ book }, { projection }).toArray();
  await dropFiles(
    all,
    files.filter(({ at, digest, of }) => (of ? at < olderThan : gone.has(digest))),
  );
}

/** Files drawn ahead that nobody downloaded, and packs: who asks for one again gets another. */
async function dropFilesOf(all: Collections, digests: readonly string[]): Promise<void> {
  const drawn = await all.files
    .find({ digest: { $in: [...digests] } }, { projection: { digest: 1, parts: 1 } })
    .toArray();
  const of = { _id: { $in: drawn.map(({ digest }) => digest) }, kept: true };
  const kept =
    drawn.length > 0 ? await all.bodies.find(of, { projection: { _id: 1 } }).toArray() : [];
  const keptDigests = new Set(kept.map(({ _id }) => _id));
  await dropFiles(
    all,
    drawn.filter(({ digest }) => !keptDigests.has(digest)),
  );
  const packs = all.files.find({ of: { $in: [...digests] } }, { projection: { parts: 1 } });
  await dropFiles(all, await packs.toArray());
}

/** A file goes before its chunks, so that none is found half gone. */
async function dropFiles(
  all: Collections,
  files: readonly Pick<FileDocument, '_id' | 'parts'>[],
): Promise<void> {
  if (files.length === 0) return;
  await all.files.deleteMany({ _id: { $in: files.map((file) => file._id) } });
  const chunks = files.flatMap(({ _id, parts }) =>
    Array.from({ length: parts }, (_, part) => `${_id}/${part}`),
  );
  if (chunks.length > 0) await all.fileChunks.deleteMany({ _id: { $in: chunks } });
}
