// Staging the entries of an import: rows that no reader sees until the import is posted, hashed in their order and summed
// up while they pass.
import { createHash, type Hash } from 'node:crypto';
import type pg from 'pg';
import { type CalendarDate, monthOf } from '#ledger/domain/calendar.ts';
import type { EntryKind, Posting, UnitAmount } from '#ledger/domain/journal-entry.ts';
import type { LineDetails } from '#ledger/domain/line-details.ts';
import { copyField, copyRows } from './copy-rows.ts';
import { type DetailMovements, DetailSums, type ItemMovements } from './detail-balances.ts';
import { MovementSums, type Movements } from './movement-sums.ts';
import { DETAIL_COLUMNS, detailFields, plainDetails } from './posting-details.ts';
import { toRecorded } from './posting-units.ts';
import { type UnitMovements, UnitSums } from './unit-balances.ts';

/** What entries of an import move by what their lines say beside their accounts. */
export interface StagedDetails {
  readonly items: readonly ItemMovements[];
  readonly sums: readonly DetailMovements[];
}

export interface StagedEntry {
  readonly date: CalendarDate;
  readonly kind: EntryKind;
  readonly reference: string;
  readonly description: string;
  /** Amounts in minor units of the base currency; two lines or more. */
  readonly lines: readonly Posting[];
}

/** The bytes of a staged entry that the import's digest covers; `verify` makes them again from the rows. */
export const stagedBytes = (entry: StagedEntry): string =>
  `${JSON.stringify([
    entry.date,
    entry.kind,
    entry.reference,
    entry.description,
    entry.lines.map(({ account, side, amount, memo, units, details }) => {
      const plain = [account, side, String(amount), memo];
      if (details) return [...plain, units ? toRecorded(units) : null, plainDetails(details)];
      return units ? [...plain, toRecorded(units)] : plain;
    }),
  ])}\n`;

const ENTRY_COLUMNS =
  'id, book_id, import_id, ordinal, entry_date, kind, closing, reference, description';
const POSTING_COLUMNS =
  'entry_id, line, book_id, import_id, account_id, entry_date, side, amount, memo';
const OTHER_COLUMNS = `, unit, quantity, rate, cost_unit, cost, ${DETAIL_COLUMNS}`;

/** So many ids at once, of which a batch may leave some to the next. */
const IDS = "select nextval('journal_entries_id_seq')::text as id from generate_series(1, $1)";

/**
 * Writes entries in batches, so that memory doesn't grow with the file. One batch is written while the next is filled:
 * PostgreSQL and the reader of the file work at the same time.
 */
export class EntryStage {
  private readonly client: pg.ClientBase;
  private readonly book: number;
  private readonly importId: number;
  private readonly batchSize: number;
  private readonly hash: Hash = createHash('sha256');
  private readonly sums = new MovementSums();
  private readonly unitSums = new UnitSums();
  private readonly detailSums = new DetailSums();
  private batch: StagedEntry[] = [];
  private batched = 0;
  private ids: string[] = [];
  private writing: Promise<void> = Promise.resolve();
  /** Entries and postings staged, those of the batch included. */
  entries = 0;
  postings = 0;
  from: CalendarDate | null = null;
  to: CalendarDate | null = null;

  /** @param batchSize postings per statement, one entry's more at most */
  constructor(client: pg.ClientBase, book: number, importId: number, batchSize: number) {
    this.client = client;
    this.book = book;
    this.importId = importId;
    this.batchSize = batchSize;
  }

  /** @returns whether the batch is full and should be written */
  add(entry: StagedEntry): boolean {
    this.entries += 1;
    this.postings += entry.lines.length;
    if (this.from === null || entry.date < this.from) this.from = entry.date;
    if (this.to === null || entry.date > this.to) this.to = entry.date;
    this.sums.add(monthOf(entry.date), entry.kind === 'closing', entry.lines);
    this.unitSums.add(monthOf(entry.date), entry.kind === 'closing', entry.lines, 0);
    this.detailSums.add({ ...entry, closing: entry.kind === 'closing' }, 0);
    this.batch.push(entry);
    this.batched += entry.lines.length;
    return this.batched >= this.batchSize;
  }

  /** Sends the batch once the one before is written. @throws what went wrong with that one */
  async write(): Promise<void> {
    await this.writing;
    if (this.batch.length === 0) return;
    const batch = this.batch;
    const first = this.entries - batch.length + 1;
    this.batch = [];
    this.batched = 0;
    const missing = batch.length - this.ids.length;
    if (missing > 0) {
      const { rows } = await this.client.query<{ id: string }>(IDS, [missing + batch.length]);
      for (const { id } of rows) this.ids.push(id);
    }
    const rows = this.rowsOf(batch, first, this.ids.splice(0, batch.length));
    this.writing = copyRows(this.client, rows);
    // Met by the next `write` or `flush`.
    this.writing.catch(() => undefined);
  }

  /** Writes what is left and waits for it. */
  async flush(): Promise<void> {
    await this.write();
    await this.writing;
  }

  /** SHA-256 of all entries written so far, hexadecimal. */
  digest(): string {
    return this.hash.copy().digest('hex');
  }

  movements(): Movements[] {
    return this.sums.list();
  }

  unitMovements(): UnitMovements[] {
    return this.unitSums.list();
  }

  /** Sums of items, dimensions and taxes. */
  detailMovements(): StagedDetails {
    return { items: this.detailSums.items(), sums: this.detailSums.list() };
  }

  private rowsOf(batch: readonly StagedEntry[], first: number, ids: readonly string[]) {
    let [entries, postings, hashed] = ['', '', ''];
    const staged = `${this.book}\t${this.importId}`;
    const whole = batch.some(({ lines }) => lines.some(({ details, units }) => details ?? units));
    for (let nth = 0; nth < batch.length; nth++) {
      const entry = batch[nth]!;
      const id = ids[nth]!;
      const { date, kind, lines } = entry;
      hashed += stagedBytes(entry);
      entries += `${id}\t${staged}\t${first + nth}\t${date}\t${kind}\t${kind === 'closing'}\t${copyField(entry.reference)}\t${copyField(entry.description)}\n`;
      for (let at = 0; at < lines.length; at++) {
        const { account, amount, details, memo, side, units } = lines[at]!;
        const own = whole ? unitFields(units) + copiedDetails(details) : '';
        postings += `${id}\t${at + 1}\t${staged}\t${account}\t${date}\t${side === 'debit' ? 1 : -1}\t${amount}\t${copyField(memo)}${own}\n`;
      }
    }
    this.hash.update(hashed);
    const columns = whole ? POSTING_COLUMNS + OTHER_COLUMNS : POSTING_COLUMNS;
    return [
      { table: 'journal_entries', columns: ENTRY_COLUMNS, text: entries },
      { table: 'postings', columns, text: postings },
    ];
  }
}

const NULL = '\\N';

/** The fields of what a line says more, each with its tab before it. */
const copiedDetails = (details: LineDetails | undefined): string =>
  detailFields(details)
    .map((field) => `\t${field === null ? NULL : copyField(`${field}`)}`)
    .join('');

/** The fields of a line's unit, each with its tab before it. */
function unitFields(units: UnitAmount | undefined): string {
  const fields = units
    ? [
        copyField(units.unit),
        units.quantity,
        units.rate ?? NULL,
        units.cost ? copyField(units.cost.unit) : NULL,
        units.cost?.quantity ?? NULL,
      ]
    : [NULL, NULL, NULL, NULL, NULL];
  return fields.map((field) => `\t${field}`).join('');
}
