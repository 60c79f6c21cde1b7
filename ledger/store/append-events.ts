// Appending to a book's chain of events: exact bytes, sha256(previous hash ‖ bytes), positions without a gap.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { EVENT_VERSION, type LedgerEvent } from '#ledger/domain/events.ts';

export interface BookHead {
  readonly position: number;
  readonly hash: Buffer;
}

/** Hash of an event in its chain (design: sha256 of the previous hash and the event's bytes). */
export const chainHash = (previous: Buffer, bytes: Buffer): Buffer =>
  createHash('sha256').update(previous).update(bytes).digest();

/** The bytes that are hashed and kept. */
const eventBytes = (event: LedgerEvent): Buffer =>
  Buffer.from(JSON.stringify({ version: EVENT_VERSION, ...event }), 'utf8');

/**
 * Appends events; the caller holds the lock of the book's row. Time never runs backwards in a book.
 * @returns the new head
 */
export async function appendEvents(
  client: pg.ClientBase,
  book: number,
  userId: number,
  head: BookHead,
  events: readonly LedgerEvent[],
): Promise<BookHead> {
  let { position, hash } = head;
  const rows = events.map((event) => {
    const bytes = eventBytes(event);
    position += 1;
    hash = chainHash(hash, bytes);
    return { position, type: event.type, bytes, hash };
  });
  await client.query(
    `insert into events (book_id, position, type, version, bytes, hash, recorded_at, user_id)
     select $1, row.position, row.type, $2, row.bytes, row.hash,
       greatest(clock_timestamp(), (select recorded_at from events where book_id = $1 and position = $4)), $3
     from unnest($5::int[], $6::text[], $7::bytea[], $8::bytea[]) as row(position, type, bytes, hash)`,
    [
      book,
      EVENT_VERSION,
      userId,
      head.position,
      rows.map((row) => row.position),
      rows.map((row) => row.type),
      rows.map((row) => row.bytes),
      rows.map((row) => row.hash),
    ],
  );
  await client.query('update books set head = $2, head_hash = $3 where id = $1', [
    book,
    position,
    hash,
  ]);
  return { position, hash };
}
