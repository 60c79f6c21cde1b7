// Dropping what nothing points to: heads of generations that were replaced, and bodies that no head and no header
// names, after a grace period for readers on their way. Bodies that were ever downloaded are kept.
// It may run while heads are moved: a body that is written again is younger than the grace period and stays.
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { Collections } from './collections.ts';
import { unpackBody } from './pack.ts';

/** Small enough that readers hardly wait for a batch. */
const AT_ONCE = 100;
const PAGED = ['general-ledger', 'journal'];

export async function collectGarbage(
  all: Collections,
  book: number,
  olderThan: Date,
): Promise<number> {
  const current = await all.positions.findOne({ _id: book });
  if (!current) return 0;
  await all.heads.deleteMany({ book, generation: { $ne: current.generation } });
  const old = await all.bodies
    .find({ book, at: { $lt: olderThan }, kept: { $ne: true } }, { projection: { _id: 1 } })
    .toArray();
  if (old.length === 0) return 0;
  const needed = await referenced(all, book, current.generation);
  const gone = old.map((body) => body._id).filter((digest) => !needed.has(digest));
  for (let start = 0; start < gone.length; start += AT_ONCE) {
    const digests = gone.slice(start, start + AT_ONCE);
    await dropFiles(all, digests);
    await all.bodies.deleteMany({
      _id: { $in: digests },
      at: { $lt: olderThan },
      kept: { $ne: true },
    });
  }
  return gone.length;
}

/** Digests of the current heads, of all kept headers, and of every page that these name. */
async function referenced(
  all: Collections,
  book: number,
  generation: number,
): Promise<Set<string>> {
  const needed = new Set<string>();
  const headers: string[] = [];
  for await (const head of all.heads.find({ book, generation })) {
    needed.add(head.digest);
    if (PAGED.includes(head.report)) headers.push(head.digest);
  }
  const kept = await all.bodies.find({ book, kept: true }, { projection: { _id: 1 } }).toArray();
  for (const _id of [...headers, ...kept.map((body) => body._id)]) {
    const stored = await all.bodies.findOne({ _id });
    if (!stored) continue;
    const body = JSON.parse(unpackBody(stored)) as Partial<ReportBody>;
    for (const part of body.parts ?? []) if (part.page) needed.add(part.page.digest);
  }
  return needed;
}

/** Files drawn ahead that nobody downloaded; the file goes before its chunks, so that none is found half gone. */
async function dropFiles(all: Collections, digests: readonly string[]): Promise<void> {
  const files = await all.files
    .find({ digest: { $in: [...digests] } }, { projection: { parts: 1 } })
    .toArray();
  if (files.length === 0) return;
  await all.files.deleteMany({ _id: { $in: files.map((file) => file._id) } });
  const chunks = files.flatMap(({ _id, parts }) =>
    Array.from({ length: parts }, (_, part) => `${_id}/${part}`),
  );
  if (chunks.length > 0) await all.fileChunks.deleteMany({ _id: { $in: chunks } });
}
