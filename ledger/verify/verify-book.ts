// Walks a book's chain from its first event and compares the snapshot tables with a replay; names the first difference.
import type pg from 'pg';
import type { LedgerEvent } from '#ledger/domain/events.ts';
import { chainHash } from '#ledger/store/append-events.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { ReplayedBook } from './replay-book.ts';
import { REPLAYED_TABLES } from './replayed-tables.ts';
import { verifyImported, verifyPosted } from './verify-entries.ts';

export interface Verdict {
  readonly book: number;
  readonly slug: string;
  readonly events: number;
  /** The first difference: which event, or which table and row. Null: there is none. */
  readonly difference: string | null;
}

interface EventRow {
  readonly position: number;
  readonly type: string;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly in_order: boolean;
}

const PER_BATCH = 1_000;
const EVENTS = `
  select v.position, v.type, v.bytes, v.hash,
    not exists (select from events w where w.book_id = v.book_id and w.position = v.position - 1
                  and w.recorded_at > v.recorded_at) as in_order
  from events v where v.book_id = $1 and v.position > $2 order by v.position limit ${PER_BATCH}`;

/** Verifies every book in one snapshot, so that whoever posts meanwhile doesn't disturb. */
export async function verifyBooks(store: LedgerStore): Promise<Verdict[]> {
  const client = await store.pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const books = await client.query<{ id: number; slug: string }>(
      'select id, slug from books order by id',
    );
    const verdicts: Verdict[] = [];
    for (const { id, slug } of books.rows) {
      verdicts.push({ book: id, slug, ...(await verifyBook(client, id)) });
    }
    await client.query('commit');
    return verdicts;
  } finally {
    client.release();
  }
}

async function verifyBook(
  client: pg.ClientBase,
  book: number,
): Promise<Omit<Verdict, 'book' | 'slug'>> {
  const replay = new ReplayedBook();
  let hash: Buffer = Buffer.alloc(0);
  let position = 0;
  for (;;) {
    const { rows } = await client.query<EventRow>(EVENTS, [book, position]);
    if (rows.length === 0) break;
    for (const row of rows) {
      const wrong = await verifyEvent(client, book, row, { position, hash, replay });
      if (wrong)
        return { events: position, difference: `event ${row.position}, ${row.type}: ${wrong}` };
      position = row.position;
      hash = row.hash;
    }
  }
  const difference = await verifySnapshot(client, book, { position, hash, replay });
  return { events: position, difference };
}

interface Reached {
  readonly position: number;
  readonly hash: Buffer;
  readonly replay: ReplayedBook;
}

async function verifyEvent(
  client: pg.ClientBase,
  book: number,
  row: EventRow,
  { position, hash, replay }: Reached,
): Promise<string | null> {
  if (row.position !== position + 1) return `position ${position + 1} is missing`;
  if (!chainHash(hash, row.bytes).equals(row.hash))
    return 'the chain is broken: its hash is not that of its bytes';
  if (!row.in_order) return 'it was recorded before the event before it';
  const event = JSON.parse(row.bytes.toString('utf8')) as LedgerEvent;
  if (event.type !== row.type) return `its bytes are of type ${event.type}`;
  const impossible = replay.apply(event, row.position);
  if (impossible) return impossible;
  if (event.type === 'JournalEntryPosted') {
    return verifyPosted(client, book, row.position, event, replay);
  }
  return event.type === 'ImportPosted' ? verifyImported(client, row.position, event, replay) : null;
}

async function verifySnapshot(
  client: pg.ClientBase,
  book: number,
  { hash, position, replay }: Reached,
): Promise<string | null> {
  const head = { position, hash: hash.toString('hex') };
  for (const { found, table, wanted } of REPLAYED_TABLES) {
    const { rows } = await client.query<{ key: string; value: string }>(found, [book]);
    const stored = new Map(rows.map(({ key, value }) => [key, value]));
    const difference = firstDifference(table, wanted(replay, head), stored);
    if (difference) return difference;
  }
  return null;
}

/** Rows of a table as text by key, against what the replay says. */
function firstDifference(
  table: string,
  wanted: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string | null {
  for (const [key, value] of wanted) {
    if (found.get(key) !== value) {
      return `table ${table}, row ${key}: ${found.get(key) ?? 'missing'} instead of ${value}`;
    }
  }
  for (const key of found.keys())
    if (!wanted.has(key)) return `table ${table}, row ${key}: no event made it`;
  return null;
}
