// Books and the people who may open them, as the ledger knows them at this moment.
import type { CalendarDate, FiscalCalendar } from '#ledger/domain/calendar.ts';
import type { Role } from '#ledger/domain/permissions.ts';
import type { Layouts } from '#ledger/domain/statement-layout.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { passwordMatches } from '#ledger/store/passwords.ts';

/** A book in the shape in which the read side keeps its copy. */
export interface BookRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly legalName: string;
  readonly registrationNumber: string;
  readonly address: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly negatives: 'minus' | 'parentheses';
  readonly baseCurrency: string;
  readonly calendar: FiscalCalendar;
  readonly lockedThrough: string | null;
  readonly isGroup: boolean;
}

export interface PersonRow {
  readonly id: number;
  readonly epoch: number;
  readonly name: string;
  readonly email: string;
}

export interface PersonInBooks extends PersonRow {
  readonly memberships: readonly { readonly book: number; readonly role: Role }[];
}

const BOOK = `
  select id, slug, name, legal_name as "legalName", registration_number as "registrationNumber", address,
    time_zone as "timeZone", locale, negatives, base_currency as "baseCurrency", start_date::text as "startDate",
    first_year_end::text as "firstYearEnd", locked_through::text as "lockedThrough",
    exists (select from group_members where book_id = books.id) as "isGroup"
  from books`;

type Flat = Omit<BookRow, 'calendar'> & { startDate: CalendarDate; firstYearEnd: CalendarDate };

async function book(store: LedgerStore, where: string, value: unknown): Promise<BookRow | null> {
  const row = (await store.pool.query<Flat>(`${BOOK} where ${where} = $1`, [value])).rows[0];
  if (!row) return null;
  const { startDate, firstYearEnd, ...rest } = row;
  return { ...rest, calendar: { startDate, firstYearEnd } };
}

export const bookBySlug = (store: LedgerStore, slug: string): Promise<BookRow | null> =>
  book(store, 'slug', slug);

export const bookById = (store: LedgerStore, id: number): Promise<BookRow | null> =>
  book(store, 'id', id);

/** How a book's statements are laid out, where not by type alone. */
export async function layouts({ pool }: LedgerStore, id: number): Promise<Layouts> {
  const { rows } = await pool.query<{ layouts: string }>(
    'select layouts from books where id = $1',
    [id],
  );
  return JSON.parse(rows[0]?.layouts ?? '{}') as Layouts;
}

/**
 * A book's newest event, and since when the oldest one after `shown` has been recorded, in milliseconds (0: there is
 * none). Null when there is no such book.
 */
export async function bookHead(
  store: LedgerStore,
  id: number,
  shown: number,
): Promise<{ readonly head: number; readonly waitingMs: number } | null> {
  const { rows } = await store.pool.query<{ head: number; waitingMs: number }>(
    `select b.head, coalesce(greatest(extract(epoch from clock_timestamp() - e.recorded_at) * 1000, 0), 0)::float8
       as "waitingMs"
     from books b left join events e on e.book_id = b.id and e.position = $2::int + 1 where b.id = $1`,
    [id, shown],
  );
  return rows[0] ?? null;
}

/** A user with all memberships; null when there is none. */
export async function accessOfUser(
  store: LedgerStore,
  userId: number,
): Promise<PersonInBooks | null> {
  const { rows } = await store.pool.query<PersonInBooks>(
    `select u.id, u.epoch, u.name, u.email,
       coalesce((select jsonb_agg(jsonb_build_object('book', m.book_id, 'role', m.role) order by m.book_id)
                 from memberships m where m.user_id = u.id), '[]') as memberships
     from users u where u.id = $1`,
    [userId],
  );
  return rows[0] ?? null;
}

/** An API key that holds, by the SHA-256 of its secret; null when there is none. */
export async function apiKeyByHash(
  store: LedgerStore,
  hash: string,
): Promise<{ id: number; userId: number; book: number | null; revoked: boolean } | null> {
  const { rows } = await store.pool.query(
    `select id, user_id as "userId", book_id as book, revoked_at is not null as revoked
     from api_keys where hash = $1`,
    [hash],
  );
  return rows[0] ?? null;
}

/** Who signs in with this address and password; null when nobody does, after the same time. */
export async function verifyPassword(
  store: LedgerStore,
  email: string,
  password: string,
): Promise<PersonRow | null> {
  const { rows } = await store.pool.query<PersonRow & { password_hash: string }>(
    'select id, epoch, name, email, password_hash from users where email = $1',
    [email.toLowerCase()],
  );
  const row = rows[0];
  const same = await passwordMatches(row?.password_hash ?? null, password);
  if (!row || !same) return null;
  const { id, epoch, name, email: address } = row;
  return { id, epoch, name, email: address };
}

/** The last day that is locked for good; null: none is. */
export async function sealedThrough(store: LedgerStore, book: number): Promise<string | null> {
  const { rows } = await store.pool.query<{ sealed: string | null }>(
    'select sealed_through::text as sealed from books where id = $1',
    [book],
  );
  return rows[0]?.sealed ?? null;
}
