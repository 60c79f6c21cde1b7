// What changes in the document store, told as it happens by a change stream of its own connection: moved heads in one
// piece with their book's position, and whose access changed. It is trusted only while signs of life that this process
// writes come back through it in time: a cut, a lag or a silence ends the trust, whatever the cause.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeStream, ChangeStreamDocument } from 'mongodb';
import { MongoClient } from 'mongodb';
import type { BookMove, ChangeListener, Changes, WatchOptions } from './changes.ts';
import type { Collections } from './collections.ts';
import { headOfText } from './head-address.ts';

const BEAT_MS = 400;
const STALE_MS = 2_000;
const AGAIN_MS = 250;

interface Watch {
  readonly all: Collections;
  readonly listener: ChangeListener;
  readonly id: string;
  readonly staleMs: number;
  trusted: boolean;
  beat: number;
  /** When the newest beat that came back had been sent. */
  seenAt: number;
  readonly sent: Map<number, number>;
  closed: boolean;
}

/** Starts watching; opening is tried again for as long as it takes. @param url where the stream is opened. */
export function watchChanges(
  all: Collections,
  url: string,
  listener: ChangeListener,
  { staleMs = STALE_MS }: WatchOptions,
): Changes {
  const watch: Watch = {
    ...{ all, listener, id: randomUUID(), staleMs, trusted: false },
    ...{ beat: 0, seenAt: performance.now(), sent: new Map(), closed: false },
  };
  const stopped = new AbortController();
  const reading = readUntilClosed(watch, url, stopped.signal);
  const beats = setInterval(() => {
    if (!isFresh(watch)) distrust(watch, 'no sign of life came back');
    // A beat that can't be written doesn't come back either: that is what ends the trust.
    sendBeat(watch).catch(() => undefined);
  }, BEAT_MS);
  return {
    ageMs: () => performance.now() - watch.seenAt,
    trusted() {
      // Whoever is told so reads past the stream: what it told until now must not be given afterwards.
      if (watch.trusted && !isFresh(watch)) distrust(watch, 'no sign of life came back');
      return watch.trusted;
    },
    async close() {
      watch.closed = true;
      clearInterval(beats);
      stopped.abort();
      await reading;
      distrust(watch, 'closed');
      await all.beats.deleteOne({ _id: watch.id }).catch(() => undefined);
    },
  };
}

const isFresh = (watch: Watch): boolean => performance.now() - watch.seenAt <= watch.staleMs;

async function readUntilClosed(watch: Watch, url: string, signal: AbortSignal): Promise<void> {
  while (!watch.closed) {
    const client = new MongoClient(url, {
      maxPoolSize: 2,
      serverSelectionTimeoutMS: 3_000,
      connectTimeoutMS: 3_000,
      monitorCommands: true,
    });
    // The driver takes a broken stream up again by itself: what happened meanwhile comes late, so trust ends here.
    client.on('commandFailed', () => distrust(watch, 'the stream broke'));
    client.on('connectionClosed', () => distrust(watch, 'the connection of the stream was closed'));
    const end = () => void client.close().catch(() => undefined);
    signal.addEventListener('abort', end);
    try {
      await client.connect();
      const stream = client
        .db(watch.all.db.databaseName)
        .watch(PIPELINE, { maxAwaitTimeMS: 1_000, readConcern: { level: 'majority' } });
      await readStream(watch, stream);
    } catch (fault) {
      if (!watch.closed) watch.listener.fault(fault);
    } finally {
      distrust(watch, 'the stream ended');
      signal.removeEventListener('abort', end);
      await client.close().catch(() => undefined);
    }
    if (!watch.closed) await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

const WATCHED = ['positions', 'books', 'people', 'apiKeys', 'beats'];
const PIPELINE = [{ $match: { 'ns.coll': { $in: WATCHED } } }];

async function readStream(watch: Watch, stream: ChangeStream): Promise<void> {
  for await (const change of stream) {
    if (watch.closed) return;
    tell(watch, change);
  }
}

function tell(watch: Watch, change: ChangeStreamDocument): void {
  if (!('documentKey' in change)) return;
  const { listener } = watch;
  const _id: unknown = change.documentKey._id;
  switch (change.ns.coll) {
    case 'beats':
      if (_id === watch.id) beatSeen(watch, change);
      return;
    case 'positions':
      tellPosition(listener, _id as number, change);
      return;
    case 'books':
      listener.bookChanged(_id as number);
      return;
    case 'people':
      listener.personChanged(_id as number);
      return;
    case 'apiKeys':
      listener.apiKeyChanged(_id as string);
  }
}

const fieldsOf = (change: ChangeStreamDocument): Record<string, unknown> | null => {
  if (change.operationType === 'update') return change.updateDescription.updatedFields ?? null;
  return 'fullDocument' in change ? (change.fullDocument ?? null) : null;
};

function beatSeen(watch: Watch, change: ChangeStreamDocument): void {
  const beat = fieldsOf(change)?.['beat'];
  const sentAt = typeof beat === 'number' ? watch.sent.get(beat) : undefined;
  if (sentAt === undefined) return;
  watch.seenAt = Math.max(watch.seenAt, sentAt);
  for (const [beat, at] of watch.sent) if (at <= sentAt) watch.sent.delete(beat);
  if (watch.trusted || !isFresh(watch)) return;
  watch.trusted = true;
  watch.listener.trusted();
}

async function sendBeat(watch: Watch): Promise<void> {
  const beat = ++watch.beat;
  watch.sent.set(beat, performance.now());
  const oldest = watch.sent.keys().next().value;
  if (watch.sent.size > 100 && oldest !== undefined) watch.sent.delete(oldest);
  await watch.all.beats.updateOne(
    { _id: watch.id },
    { $set: { beat, at: new Date() } },
    { upsert: true, writeConcern: { w: 1 } },
  );
}

function distrust(watch: Watch, reason: string): void {
  // Beats sent so far prove nothing about what comes after this moment.
  watch.sent.clear();
  if (!watch.trusted) return;
  watch.trusted = false;
  watch.listener.distrusted(reason);
}

/** A move names its heads; anything else about a position that changed is told without them. */
function tellPosition(listener: ChangeListener, book: number, change: ChangeStreamDocument): void {
  const fields = fieldsOf(change);
  if (fields && fields['recomputes'] === undefined) return;
  const move = fields && moveOf(book, fields, change.operationType !== 'update');
  if (move) listener.moved(move);
  else listener.bookForgotten(book);
}

/**
 * An update tells only what changed: a generation, position or list that it doesn't name is as it was. The recent heads
 * are those that moved and some that moved before.
 */
function moveOf(book: number, fields: Record<string, unknown>, whole: boolean): BookMove | null {
  const { position, generation, recomputes, recent } = fields as {
    position?: number;
    generation?: number;
    recomputes: number;
    recent?: string[];
  };
  if (recent === undefined && whole) return null;
  return {
    book,
    position: position ?? null,
    generation: generation ?? null,
    recomputes,
    heads: (recent ?? []).map(headOfText),
  };
}
