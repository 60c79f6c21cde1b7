// Staging the entries of an import: rows that no reader sees until the import is posted, hashed in their order.
import { createHash, type Hash } from 'node:crypto';
import type pg from 'pg';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { EntryKind, Posting } from '#ledger/domain/journal-entry.ts';

export interface StagedEntry {
  readonly date: CalendarDate;
  readonly kind: EntryKind;
  readonly reference: string;
  readonly description: string;
  /** Amounts in minor units of the base currency. */
  readonly lines: readonly Posting[];
}

/** The bytes of a staged entry that the import's digest covers; `verify` makes them again from the rows. */
export const stagedBytes = (entry: StagedEntry): string =>
  `${JSON.stringify([
    entry.date,
    entry.kind,
    entry.reference,
    entry.description,
    entry.lines.map(({ account, side, amount, memo }) => [account, side, String(amount), memo]),
  ])}\n`;

const POSTINGS_PER_BATCH = 2_000;

const ENTRIES = `
  insert into journal_entries (id, book_id, import_id, ordinal, entry_date, kind, closing, reference, description)
  select row.id, $1, $2, row.ordinal, row.date, row.kind, row.kind = 'closing', row.reference, row.description
  from unnest($3::bigint[], $4::int[], $5::date[], $6::text[], $7::text[], $8::text[])
    as row(id, ordinal, date, kind, reference, description)`;

const POSTINGS = `
  insert into postings (entry_id, line, book_id, import_id, account_id, entry_date, side, amount, memo)
  select row.entry, row.line, $1, $2, row.account, row.date, row.side, row.amount, row.memo
  from unnest($3::bigint[], $4::int[], $5::int[], $6::date[], $7::smallint[], $8::bigint[], $9::text[])
    as row(entry, line, account, date, side, amount, memo)`;

/** Writes entries in batches, so that memory doesn't grow with the file. */
export class EntryStage {
  private readonly client: pg.ClientBase;
  private readonly book: number;
  private readonly importId: number;
  private readonly hash: Hash = createHash('sha256');
  private batch: StagedEntry[] = [];
  private batched = 0;
  /** Entries and postings staged, those of the batch included. */
  entries = 0;
  postings = 0;
  from: CalendarDate | null = null;
  to: CalendarDate | null = null;

  constructor(client: pg.ClientBase, book: number, importId: number) {
    this.client = client;
    this.book = book;
    this.importId = importId;
  }

  async add(entry: StagedEntry): Promise<void> {
    this.hash.update(stagedBytes(entry));
    this.entries += 1;
    this.postings += entry.lines.length;
    if (this.from === null || entry.date < this.from) this.from = entry.date;
    if (this.to === null || entry.date > this.to) this.to = entry.date;
    this.batch.push(entry);
    this.batched += entry.lines.length;
    if (this.batched >= POSTINGS_PER_BATCH) await this.flush();
  }

  /** Writes what is left of the batch. @returns the id of its last entry, null when there was none */
  async flush(): Promise<string | null> {
    if (this.batch.length === 0) return null;
    const batch = this.batch;
    const { rows } = await this.client.query<{ id: string }>(
      "select nextval('journal_entries_id_seq')::text as id from generate_series(1, $1)",
      [batch.length],
    );
    const ids = rows.map((row) => row.id);
    const first = this.entries - batch.length + 1;
    await this.client.query(ENTRIES, [
      this.book,
      this.importId,
      ids,
      batch.map((_, nth) => first + nth),
      batch.map((entry) => entry.date),
      batch.map((entry) => entry.kind),
      batch.map((entry) => entry.reference),
      batch.map((entry) => entry.description),
    ]);
    const lines = batch.flatMap((entry, nth) =>
      entry.lines.map((posting, index) => ({ ...posting, entry, id: ids[nth], line: index + 1 })),
    );
    await this.client.query(POSTINGS, [
      this.book,
      this.importId,
      lines.map((line) => line.id),
      lines.map((line) => line.line),
      lines.map((line) => line.account),
      lines.map((line) => line.entry.date),
      lines.map((line) => (line.side === 'debit' ? 1 : -1)),
      lines.map((line) => line.amount),
      lines.map((line) => line.memo),
    ]);
    this.batch = [];
    this.batched = 0;
    return ids.at(-1) ?? null;
  }

  /** SHA-256 of all entries so far, hexadecimal. */
  digest(): string {
    return this.hash.copy().digest('hex');
  }
}
