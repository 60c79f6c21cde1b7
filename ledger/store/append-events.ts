// Appending to a book's chain of events: exact bytes, sha256(previous hash ‖ bytes), positions without a gap.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { EVENT_VERSION, type LedgerEvent } from '#ledger/domain/events.ts';

export interface BookHead {
  readonly position: number;
  readonly hash: Buffer;
}

/** An event and the user whose command made it. */
export interface AuthoredEvent {
  readonly event: LedgerEvent;
  readonly userId: number;
}

/** Hash of an event in its chain (design: sha256 of the previous hash and the event's bytes). */
export const chainHash = (previous: Buffer, bytes: Buffer): Buffer =>
  createHash('sha256').update(previous).update(bytes).digest();

/** The bytes that are hashed and kept. */
const eventBytes = (event: LedgerEvent): Buffer =>
  Buffer.from(JSON.stringify({ version: EVENT_VERSION, ...event }), 'utf8');

// One moment for all: a clock that is set back between two rows would put the second before the first.
const APPEND = `
  with moment as materialized (
    select greatest(clock_timestamp(), (select recorded_at from events where book_id = $1 and position = $3))::timestamptz(3) as now),
  appended as (
    insert into events (book_id, position, type, version, bytes, hash, recorded_at, user_id)
    select $1, row.position, row.type, $2, row.bytes, row.hash, moment.now, row.user_id
    from unnest($4::int[], $5::text[], $6::bytea[], $7::bytea[], $8::int[]) as row(position, type, bytes, hash, user_id)
    cross join moment)
  update books set head = $9, head_hash = $10, last_number = coalesce($11, last_number) where id = $1`;

/**
 * Appends events of several users and moves the head; the caller holds the lock of the book's row. Time never runs
 * backwards in a book.
 * @param lastNumber of an entry in these events; null when they hold none
 * @returns the new head
 */
export async function appendAuthored(
  client: pg.ClientBase,
  book: number,
  head: BookHead,
  events: readonly AuthoredEvent[],
  lastNumber: number | null,
): Promise<BookHead> {
  let { position, hash } = head;
  const rows = events.map(({ event, userId }) => {
    const bytes = eventBytes(event);
    position += 1;
    hash = chainHash(hash, bytes);
    return { position, type: event.type, bytes, hash, userId };
  });
  await client.query({
    name: 'append-events',
    text: APPEND,
    values: [
      book,
      EVENT_VERSION,
      head.position,
      rows.map((row) => row.position),
      rows.map((row) => row.type),
      rows.map((row) => row.bytes),
      rows.map((row) => row.hash),
      rows.map((row) => row.userId),
      position,
      hash,
      lastNumber,
    ],
  });
  return { position, hash };
}

/** Appends events of one user; see `appendAuthored`. */
export const appendEvents = (
  client: pg.ClientBase,
  book: number,
  userId: number,
  head: BookHead,
  events: readonly LedgerEvent[],
): Promise<BookHead> =>
  appendAuthored(
    client,
    book,
    head,
    events.map((event) => ({ event, userId })),
    null,
  );
