// Makes a staged import real, under the book's lock and in one short step: accounts opened, one event that carries the
// count, the first number and the digest, balances moved. What changed since staging sends it back to be staged again.
import type pg from 'pg';
import type { AccountType } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { changesPresentation, type LedgerEvent } from '#ledger/domain/events.ts';
import { isPermitted, type Role } from '#ledger/domain/permissions.ts';
import { appendEvents } from '#ledger/store/append-events.ts';
import { moveDetailBalances } from '#ledger/store/detail-balances.ts';
import type { Movements } from '#ledger/store/movement-sums.ts';
import type { StagedDetails } from '#ledger/store/stage-entries.ts';
import { moveUnitBalances } from '#ledger/store/unit-balances.ts';
import { definedEvent, definedUnits, insertUnits } from './define-unit.ts';
import { type ProposedAccount, withCodes } from './import-accounts.ts';
import type { StagedUnits } from './import-stage.ts';
import {
  actionsFor,
  addedEvents,
  areTaken,
  insertMasters,
  type NewMasters,
} from './new-masters.ts';
import { insertAccounts, openedEvent } from './open-account.ts';
import { upsertRates } from './record-rates.ts';

export interface ReadyImport {
  readonly id: number;
  readonly book_id: number;
  readonly created_by: number;
  readonly format: string;
  readonly file_sha256: string;
  readonly again: boolean;
  readonly entries: number;
  readonly postings: number;
  readonly from_date: CalendarDate;
  readonly to_date: CalendarDate;
  readonly digest: string;
  readonly sums: readonly Movements[];
  readonly units: StagedUnits;
  readonly details: StagedDetails;
  readonly new_accounts: readonly (ProposedAccount & { readonly type: AccountType })[];
  readonly new_masters: NewMasters;
}

export type PostOutcome =
  | { readonly outcome: 'posted'; readonly position: number }
  /** Days, accounts or members changed since staging: its file must be read again. */
  | { readonly outcome: 'outdated' }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string };

const LOCK = `
  select head, head_hash, last_number, locked_through::text from books where id = $1 for no key update`;

const BALANCES = `
  insert into account_balances as b (book_id, account_id, month, closing, debit, credit, last_position)
  select $1, row.account, row.month, row.closing, row.debit, row.credit, $2
  from unnest($3::int[], $4::text[], $5::bool[], $6::bigint[], $7::bigint[]) as row(account, month, closing, debit, credit)
  on conflict (account_id, month, closing) do update
  set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit, last_position = excluded.last_position`;

const TOO_LARGE = `
  select a.code from account_balances b join accounts a on a.id = b.account_id
  where b.account_id = any($1::int[]) group by a.code
  having abs(sum(b.debit) - sum(b.credit)) > 999999999999999999 order by a.code limit 1`;

const TOO_MUCH = `
  select a.code from unit_balances b join accounts a on a.id = b.account_id
  where b.account_id = any($1::int[]) group by a.code, b.unit
  having abs(sum(b.debit_quantity) - sum(b.credit_quantity)) > 999999999999999999 order by a.code limit 1`;

/** Rates of one event. */
const RATES_AT_ONCE = 10_000;

/** A new dimension stands in documents that none of the entries touches. */
const PRESENTED = 'update books set presentation_position = $2 where id = $1';

const POSTED = `
  update imports set state = 'posted', first_number = $2, position = $3, entries = $4, postings = $5, digest = $6,
    from_date = $7, to_date = $8, done = file_bytes, total = file_bytes, new_accounts = '[]', preview = null, sums = '[]',
    new_masters = default, units = default, details = default, finished_at = (select recorded_at from events where book_id = $9 and position = $3)
  where id = $1`;

/** Inside the caller's transaction, which must be rolled back unless the outcome is `posted`. */
export async function postImport(client: pg.ClientBase, ready: ReadyImport): Promise<PostOutcome> {
  // Before the lock, since it takes as long as the file is large.
  await client.query('delete from import_chunks where import_id = $1', [ready.id]);
  const locked = await client.query<{
    head: number;
    head_hash: Buffer;
    last_number: number;
    locked_through: CalendarDate | null;
  }>(LOCK, [ready.book_id]);
  const book = locked.rows[0]!;
  const refused = await refusal(client, ready);
  if (refused) return refused;
  if (book.locked_through !== null && ready.from_date <= book.locked_through) {
    return { outcome: 'outdated' };
  }
  const accounts = await freshAccounts(client, ready);
  if (accounts === null) return { outcome: 'outdated' };
  const { defined, rates } = ready.units;
  const units = await definedUnits(client, ready.book_id);
  if (defined.some(({ code }) => units.has(code))) return { outcome: 'outdated' };
  const { new_masters: masters } = ready;
  if (await areTaken(client, ready.book_id, masters)) return { outcome: 'outdated' };
  const batches = rates.flatMap((_, at) =>
    at % RATES_AT_ONCE === 0 ? [rates.slice(at, at + RATES_AT_ONCE)] : [],
  );
  const firstNumber = book.last_number + 1;
  const events: LedgerEvent[] = [
    ...accounts.map((account) => openedEvent(account.id, account)),
    ...defined.map(definedEvent),
    ...addedEvents(masters),
    ...batches.map((batch) => ({ type: 'RatesRecorded' as const, rates: batch })),
    postedEvent(ready, firstNumber),
  ];
  const before = { position: book.head, hash: book.head_hash };
  const head = await appendEvents(client, ready.book_id, ready.created_by, before, events);
  const presented = events.findLastIndex(changesPresentation);
  if (presented >= 0) {
    await client.query(PRESENTED, [ready.book_id, book.head + 1 + presented]);
  }
  await insertAccounts(client, ready.book_id, book.head + 1, accounts);
  if (defined.length > 0) await insertUnits(client, ready.book_id, defined);
  await insertMasters(client, ready.book_id, masters);
  const firstRates = head.position - batches.length;
  for (const [nth, batch] of batches.entries()) {
    await upsertRates(client, ready.book_id, firstRates + nth, batch);
  }
  const tooLarge = await moveSums(client, ready, head.position);
  if (tooLarge) return tooLarge;
  await client.query('update books set last_number = $2 where id = $1', [
    ready.book_id,
    book.last_number + ready.entries,
  ]);
  await client.query(POSTED, [
    ready.id,
    firstNumber,
    head.position,
    ready.entries,
    ready.postings,
    ready.digest,
    ready.from_date,
    ready.to_date,
    ready.book_id,
  ]);
  return { outcome: 'posted', position: head.position };
}

const postedEvent = (ready: ReadyImport, firstNumber: number): LedgerEvent => ({
  type: 'ImportPosted',
  import: ready.id,
  firstNumber,
  entries: ready.entries,
  postings: ready.postings,
  from: ready.from_date,
  to: ready.to_date,
  digest: ready.digest,
  format: ready.format,
});

/** Adds the staged sums to the book's. @returns a refusal where a balance grows too large */
async function moveSums(
  client: pg.ClientBase,
  {
    book_id: book,
    details: { items, sums: detailSums },
    sums,
    units: { sums: unitSums },
  }: ReadyImport,
  position: number,
): Promise<PostOutcome | null> {
  if (unitSums.length > 0) {
    const moved = unitSums.map((row) => ({ ...row, position }));
    await client.query(moveUnitBalances(book, moved));
  }
  const placed = <Row>(row: Row) => ({ ...row, position });
  for (const statement of moveDetailBalances(book, detailSums.map(placed), items.map(placed))) {
    await client.query(statement);
  }
  await client.query(BALANCES, [
    book,
    position,
    sums.map((row) => row.account),
    sums.map((row) => row.month),
    sums.map((row) => row.closing),
    sums.map((row) => row.debit),
    sums.map((row) => row.credit),
  ]);
  const amounts = await client.query<{ code: string }>(TOO_LARGE, [
    [...new Set(sums.map((row) => row.account))],
  ]);
  const quantities = await client.query<{ code: string }>(TOO_MUCH, [
    [...new Set(unitSums.map((row) => row.account))],
  ]);
  const tooLarge = amounts.rows[0] ?? quantities.rows[0];
  if (!tooLarge) return null;
  const message = `The balance of account ${tooLarge.code} would pass 18 digits.`;
  return { outcome: 'refused', code: 'amount-too-large', message };
}

async function refusal(client: pg.ClientBase, ready: ReadyImport): Promise<PostOutcome | null> {
  const member = await client.query<{ role: Role }>(
    'select role from memberships where book_id = $1 and user_id = $2',
    [ready.book_id, ready.created_by],
  );
  const role = member.rows[0]?.role;
  if (!role || !isPermitted(role, 'import.run')) {
    const message = 'Whoever began this import may not import into this book any more.';
    return { outcome: 'refused', code: 'not-permitted', message };
  }
  if (actionsFor(ready.new_masters).some((action) => !isPermitted(role, action))) {
    const message =
      'Whoever began this import may not add customers, suppliers or values of dimensions.';
    return { outcome: 'refused', code: 'not-permitted', message };
  }
  const earlier = ready.again
    ? undefined
    : await earlierImport(client, ready.book_id, ready.file_sha256);
  if (earlier === undefined) return null;
  const message = `The same file was posted by import ${earlier}. Say that you want it again if so.`;
  return { outcome: 'refused', code: 'import-duplicate', message };
}

/** The posted import of the same file in this book, if there is one. */
export async function earlierImport(
  client: pg.ClientBase,
  book: number,
  sha256: string,
): Promise<number | undefined> {
  const { rows } = await client.query<{ id: number }>(
    "select id from imports where book_id = $1 and file_sha256 = $2 and state = 'posted' order by id limit 1",
    [book, sha256],
  );
  return rows[0]?.id;
}

/** The accounts to open, with codes free at this moment; null when the chart has changed under the import. */
async function freshAccounts(client: pg.ClientBase, ready: ReadyImport) {
  const { rows } = await client.query<{ id: number; code: string; path: string; closed: boolean }>(
    'select id, code, path, closed from accounts where book_id = $1',
    [ready.book_id],
  );
  const paths = new Set(rows.map((row) => row.path));
  const known = new Map(rows.map((row) => [row.id, row]));
  const fresh = new Set(ready.new_accounts.map(({ id }) => id));
  const unusable = ready.sums.some(
    ({ account: id }) => !fresh.has(id) && (known.get(id)?.closed ?? true),
  );
  if (unusable || ready.new_accounts.some(({ path }) => paths.has(path))) return null;
  return withCodes(ready.new_accounts, new Set(rows.map((row) => row.code)));
}
