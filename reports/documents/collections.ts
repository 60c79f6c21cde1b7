// What lies in MongoDB, collection by collection, and the indexes it needs.
import type { Binary, Collection, Db, MongoClient } from 'mongodb';
import type { Month, PeriodKey } from '#ledger/domain/calendar.ts';
import { ACTIVITY_KEPT_S, type ActivityDocument } from './activity.ts';
import type { LastRecompute } from './documents.ts';
import type { InvariantDocument } from './invariant-notes.ts';
import type { ApiKeyAccess, BookCopy, ImportProgress, PersonAccess } from './reader.ts';
import { type CheckDocument, PROCESS_KEPT_S, type ProcessDocument } from './standing.ts';

/** A head by address, unless it is a recent one; `_id` is `book/generation/report/period`. */
export interface HeadDocument {
  _id: string;
  book: number;
  generation: number;
  report: string;
  period: PeriodKey;
  digest: string;
  position: number;
  asOf: number;
  computedAt: Date;
}

/** A body or page by digest: its JSON, deflated when that pays. */
export interface BodyDocument {
  _id: string;
  book: number;
  packed: boolean;
  json: Binary;
  /** When it was last written; unreferenced bodies are dropped some time after. */
  at: Date;
  /** Downloaded once: kept for ever. */
  kept?: boolean;
  /** Kept, but the pages under it are not marked yet: its book, once more, for an index that has these alone. */
  unwalked?: number;
}

/** Where a book's documents are. `token` changes with every move and fences concurrent workers. */
export interface PositionDocument {
  _id: number;
  generation: number;
  position: number;
  /** Hash of the event at `position`, hexadecimal: a ledger restored from a backup is recognised by it. */
  hash: string;
  head: number;
  through: Month;
  lastNumber: number;
  schemaVersion: number;
  /** How often documents were moved: each move adds one, in the same update that says which. */
  recomputes: number;
  /** The heads that were moved lately, by the last move and before; `heads` has them older, or not at all. */
  recent?: string[];
  last: LastRecompute;
  token: string;
  updatedAt: Date;
}

/** Bodies that a move left behind, to be dropped after a while; null: everything is to be looked through. */
export interface ReplacedDocument {
  book: number;
  at: Date;
  digests: string[] | null;
}

/** A copy of ledger data for reading, under its own id. */
export interface CopyOf<Id, Value> {
  _id: Id;
  value: Value;
}

export type BookDocument = CopyOf<number, BookCopy> & { slug: string };
export type ImportDocument = CopyOf<number, ImportProgress> & { book: number };

/** A rendered file; `_id` is `digest.template.format`. Its bytes stand here or, when large, in `parts` chunks. */
export interface FileDocument {
  _id: string;
  digest: string;
  book: number;
  size: number;
  parts: number;
  /** A pack: digests of its reports. */
  of?: string[];
  bytes?: Binary;
  at: Date;
}

export interface FileChunkDocument {
  _id: string;
  bytes: Binary;
}

/** A sign of life that its writer expects back from the change stream. */
export interface BeatDocument {
  _id: string;
  beat: number;
  at: Date;
}

/** Who draws the file of an address, and the newest that was finished; `_id` is `book/report/period.format`. */
export interface DrawingDocument {
  _id: string;
  book: number;
  /** Of the file being drawn, or drawn last. */
  digest: string;
  startedAt: Date;
  /** Until then nobody else draws it. */
  until: Date;
  finished?: { digest: string; template: string; position: number; parts?: readonly string[] };
}

/** A file that people download; `_id` as above. */
export interface DemandDocument {
  _id: string;
  book: number;
  at: Date;
}

/** A document that was asked for, by its address; `made` false: it waits for a worker. */
export interface AskedDocument {
  _id: string;
  book: number;
  report: string;
  period: string;
  at: Date;
  made: boolean;
}

export interface Collections {
  readonly client: MongoClient;
  readonly db: Db;
  readonly heads: Collection<HeadDocument>;
  readonly bodies: Collection<BodyDocument>;
  readonly positions: Collection<PositionDocument>;
  readonly replaced: Collection<ReplacedDocument>;
  readonly books: Collection<BookDocument>;
  readonly people: Collection<CopyOf<number, PersonAccess>>;
  readonly apiKeys: Collection<CopyOf<string, ApiKeyAccess>>;
  readonly imports: Collection<ImportDocument>;
  readonly files: Collection<FileDocument>;
  readonly fileChunks: Collection<FileChunkDocument>;
  readonly beats: Collection<BeatDocument>;
  readonly drawings: Collection<DrawingDocument>;
  readonly demand: Collection<DemandDocument>;
  readonly asked: Collection<AskedDocument>;
  readonly activity: Collection<ActivityDocument>;
  readonly processes: Collection<ProcessDocument>;
  readonly checks: Collection<CheckDocument>;
  readonly invariants: Collection<InvariantDocument>;
}

/** The collections of one database; nothing is asked of the server yet. */
export const collectionsOf = (client: MongoClient, db: Db): Collections => ({
  client,
  db,
  heads: db.collection('heads'),
  bodies: db.collection('bodies'),
  positions: db.collection('positions'),
  replaced: db.collection('replaced'),
  books: db.collection('books'),
  people: db.collection('people'),
  apiKeys: db.collection('apiKeys'),
  imports: db.collection('imports'),
  files: db.collection('files'),
  fileChunks: db.collection('fileChunks'),
  beats: db.collection('beats'),
  drawings: db.collection('drawings'),
  demand: db.collection('demand'),
  asked: db.collection('asked'),
  activity: db.collection('activity'),
  processes: db.collection('processes'),
  checks: db.collection('checks'),
  invariants: db.collection('invariants'),
});

/** Creates collections and indexes that are missing: a transaction can't create them on every server. */
export async function prepareCollections(all: Collections): Promise<void> {
  const present = new Set(
    (await all.db.listCollections({}, { nameOnly: true }).toArray()).map((c) => c.name),
  );
  const wanted = [
    'heads',
    'bodies',
    'positions',
    'replaced',
    'books',
    'people',
    'apiKeys',
    'imports',
    'files',
    'fileChunks',
    'beats',
    'drawings',
    'demand',
    'asked',
    'activity',
    'processes',
    'checks',
    'invariants',
  ];
  for (const name of wanted) {
    if (!present.has(name)) await createIfMissing(all.db, name);
  }
  await all.heads.createIndex({ book: 1, generation: 1 });
  await all.bodies.createIndex({ book: 1, at: 1 });
  await all.bodies.createIndex({ unwalked: 1 }, { sparse: true });
  await all.replaced.createIndex({ book: 1, at: 1 });
  await all.books.createIndex({ slug: 1 });
  await all.imports.createIndex({ book: 1 });
  await all.files.createIndex({ book: 1 });
  await all.files.createIndex({ digest: 1 });
  await all.files.createIndex({ of: 1 }, { sparse: true });
  await all.demand.createIndex({ book: 1 });
  await all.asked.createIndex({ book: 1 });
  await all.asked.createIndex({ made: 1 });
  await all.demand.createIndex({ at: 1 }, { expireAfterSeconds: DEMAND_KEPT_S });
  await all.beats.createIndex({ at: 1 }, { expireAfterSeconds: BEATS_KEPT_S });
  await all.activity.createIndex({ book: 1, at: 1 });
  await all.activity.createIndex({ at: 1 }, { expireAfterSeconds: ACTIVITY_KEPT_S });
  await all.processes.createIndex({ at: 1 }, { expireAfterSeconds: PROCESS_KEPT_S });
  await all.checks.createIndex({ book: 1 });
}

/** A file that nobody asked for in so long isn't drawn ahead any more: five weeks reach over a month end. */
const DEMAND_KEPT_S = 35 * 86_400;
const BEATS_KEPT_S = 600;

const NAMESPACE_EXISTS = 48;

async function createIfMissing(db: Db, name: string): Promise<void> {
  try {
    await db.createCollection(name);
  } catch (fault) {
    // Two processes may start at once.
    if ((fault as { code?: number }).code !== NAMESPACE_EXISTS) throw fault;
  }
}
