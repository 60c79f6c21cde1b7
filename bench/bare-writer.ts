// The baseline of single entries a second: a plain program over `pg` that inserts the same rows as posted entries of two
// lines do (event, entry, postings, balances, receipt, the book's head), so many entries to a transaction, over one
// connection, one prepared statement per table. It decides nothing and answers nobody. It works in a schema of its own
// with the same indexes, checks, foreign keys and triggers, on one book's accounts, and drops it again.
//   node bench/bare-writer.ts <database url> <book id> <entries per transaction> <seconds>
// prints {"perSecond", "cpuSeconds"}: entries a second, and the CPU time of this process while they were counted.
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';

const [url, bookText = '', sizeText = '', secondsText = ''] = process.argv.slice(2);
const book = Number.parseInt(bookText, 10);
const size = Number.parseInt(sizeText, 10);
const seconds = Number.parseInt(secondsText, 10);

const TABLES = [
  'books',
  'events',
  'journal_entries',
  'postings',
  'account_balances',
  'command_receipts',
];
/** `create table like` copies neither foreign keys nor triggers. */
const REFERENCES = `
  alter table events add foreign key (book_id) references books(id),
    add foreign key (user_id) references public.users(id);
  alter table account_balances add foreign key (book_id) references books(id),
    add foreign key (account_id) references public.accounts(id);
  create trigger entries_references after insert on journal_entries
    referencing new table as inserted for each statement execute function check_entry_references();
  create trigger postings_balance after insert on postings
    referencing new table as inserted for each statement execute function check_balance()`;
const CHECKS = ['check_entry_references', 'check_balance'];

const INSERTS = {
  events: `
    insert into events (book_id, position, type, version, bytes, hash, recorded_at, user_id)
    select $1, row.position, 'JournalEntryPosted', 1, row.bytes, row.hash, now(), $2
    from unnest($3::int[], $4::bytea[], $5::bytea[]) as row(position, bytes, hash)`,
  entries: `
    insert into journal_entries (id, book_id, number, entry_date, kind, description, position, recorded_at, user_id)
    select row.number, $1, row.number, $2, 'ordinary', row.description, row.position, now(), $3
    from unnest($4::int[], $5::text[], $6::int[]) as row(number, description, position)`,
  postings: `
    insert into postings (entry_id, line, book_id, account_id, entry_date, side, amount)
    select row.entry, row.line, $1, row.account, $2, row.side, row.amount
    from unnest($3::int[], $4::int[], $5::int[], $6::smallint[], $7::bigint[]) as row(entry, line, account, side, amount)`,
  balances: `
    insert into account_balances as b (book_id, account_id, month, closing, debit, credit, last_position)
    select $1, row.account, $2, false, row.debit, row.credit, $3
    from unnest($4::int[], $5::bigint[], $6::bigint[]) as row(account, debit, credit)
    on conflict (account_id, month, closing) do update
    set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit, last_position = excluded.last_position`,
  receipts: `
    insert into command_receipts (scope, command_id, payload_hash, answer)
    select $1, row.* from unnest($2::text[], $3::bytea[], $4::jsonb[]) as row`,
  head: 'update books set head = $2, head_hash = $3, last_number = $4 where id = $1',
};

const client = new pg.Client({ connectionString: url });
await client.connect();
const schema = `bare_writer_${process.pid}`;
await client.query(`create schema ${schema}`);
try {
  await client.query(`set search_path = ${schema}, public`);
  for (const table of TABLES) {
    await client.query(`create table ${schema}.${table} (like public.${table} including all)`);
  }
  await copyChecks();
  await client.query(REFERENCES);
  await client.query('insert into books select * from public.books where id = $1', [book]);
  await client.query("update books set head = 0, head_hash = '', last_number = 0");
  console.log(JSON.stringify(await measure()));
} finally {
  // What failed may have left a transaction open.
  await client.query('rollback');
  await client.query(`drop schema ${schema} cascade`);
  await client.end();
}

/** The checks of the real tables, looking at the tables of this schema. */
async function copyChecks(): Promise<void> {
  const { rows } = await client.query<{ definition: string }>(
    `select pg_get_functiondef(oid) as definition from pg_proc
     where pronamespace = 'public'::regnamespace and proname = any($1)`,
    [CHECKS],
  );
  if (rows.length !== CHECKS.length)
    throw new Error('the checks of the real tables have other names');
  for (const { definition } of rows) {
    const own = definition
      .replace('FUNCTION public.', `FUNCTION ${schema}.`)
      .replace(/SET search_path TO .*/, `SET search_path TO pg_catalog, ${schema}, public`);
    await client.query(own);
  }
}

async function measure() {
  const accounts = await column('select id from accounts where book_id = $1');
  const user = (await column('select min(user_id) from memberships where book_id = $1'))[0]!;
  const facts = { accounts, user };
  let state = { position: 0, hash: Buffer.alloc(0) as Buffer };
  const writeFor = async (milliseconds: number): Promise<number> => {
    const until = performance.now() + milliseconds;
    let written = 0;
    while (performance.now() < until) {
      state = await writeBatch(facts, state);
      written += size;
    }
    return written;
  };
  await writeFor(1_000);
  const began = performance.now();
  const cpu = process.cpuUsage();
  const written = await writeFor(seconds * 1_000);
  const elapsed = (performance.now() - began) / 1_000;
  const { system, user: own } = process.cpuUsage(cpu);
  return { perSecond: Math.round(written / elapsed), cpuSeconds: (system + own) / 1e6 };
}

async function column(sql: string): Promise<number[]> {
  const { rows } = await client.query({ text: sql, values: [book], rowMode: 'array' });
  return rows.map(([value]) => value as number);
}

interface Facts {
  readonly accounts: readonly number[];
  readonly user: number;
}

/** One transaction. Entry numbers are positions here: nothing else happens in this book. */
async function writeBatch({ accounts, user }: Facts, state: { position: number; hash: Buffer }) {
  const date = new Date().toISOString().slice(0, 10);
  let { hash, position } = state;
  const rows = Array.from({ length: size }, () => {
    position += 1;
    const debit = accounts[position % accounts.length]!;
    const credit = accounts[(position * 7 + 1) % accounts.length]!;
    const amount = 100 + (position % 90_000);
    const lines = [
      { account: debit, side: 'debit', amount: `${amount}`, memo: '' },
      { account: credit, side: 'credit', amount: `${amount}`, memo: '' },
    ];
    const description = `Entry ${position}`;
    const entry = { number: position, date, kind: 'ordinary', closing: false, reference: '' };
    const event = { version: 1, type: 'JournalEntryPosted', ...entry, description, lines };
    const bytes = Buffer.from(JSON.stringify({ ...event, reverses: null }));
    hash = createHash('sha256').update(hash).update(bytes).digest();
    const payload = createHash('sha256').update(bytes).digest();
    const result = { number: position };
    const answer = JSON.stringify({ ok: true, position, replayed: false, result });
    const id = randomUUID();
    return { position, bytes, hash, payload, answer, id, debit, credit, amount, description };
  });
  const each = <Value>(pick: (row: (typeof rows)[number]) => Value) => rows.map(pick);
  const twice = <Value>(pick: (row: (typeof rows)[number]) => Value[]) => rows.flatMap(pick);
  const moved = new Map<number, { debit: number; credit: number }>();
  for (const { debit, credit, amount } of rows) {
    for (const account of [debit, credit]) {
      if (!moved.has(account)) moved.set(account, { debit: 0, credit: 0 });
    }
    moved.get(debit)!.debit += amount;
    moved.get(credit)!.credit += amount;
  }
  const sums = [...moved.values()];
  const positions = each((row) => row.position);
  const run = (name: keyof typeof INSERTS, values: unknown[]) =>
    client.query({ name, text: INSERTS[name], values });
  await client.query('begin');
  await run('events', [book, user, positions, each((row) => row.bytes), each((row) => row.hash)]);
  await run('entries', [book, date, user, positions, each((row) => row.description), positions]);
  await run('postings', [
    book,
    date,
    twice((row) => [row.position, row.position]),
    twice(() => [1, 2]),
    twice((row) => [row.debit, row.credit]),
    twice(() => [1, -1]),
    twice((row) => [row.amount, row.amount]),
  ]);
  await run('balances', [
    book,
    date.slice(0, 7),
    position,
    [...moved.keys()],
    sums.map((sum) => sum.debit),
    sums.map((sum) => sum.credit),
  ]);
  await run('receipts', [
    `book:${book}`,
    each((row) => row.id),
    each((row) => row.payload),
    each((row) => row.answer),
  ]);
  await run('head', [book, position, hash, position]);
  await client.query('commit');
  return { position, hash };
}
