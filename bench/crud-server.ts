// What a plain CRUD application does: every request sums the postings in PostgreSQL, computes the report and draws its
// PDF. The same functions as Daybook's, so that only the moment of the work differs.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import { type Month, monthOf, parsePeriod } from '#ledger/domain/calendar.ts';
import { bookBySlug } from '#ledger/queries/books.ts';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { budgetTable } from '#reports/catalogue/budget-table.ts';
import { detailTable } from '#reports/catalogue/detail-table.ts';
import { NO_GROUP } from '#reports/catalogue/group-members.ts';
import { itemTable } from '#reports/catalogue/item-table.ts';
import { lateTable } from '#reports/catalogue/late-table.ts';
import { monthTable } from '#reports/catalogue/month-table.ts';
import { NO_RATES } from '#reports/catalogue/rate-table.ts';
import { computeReport } from '#reports/catalogue/registry.ts';
import { unitTable } from '#reports/catalogue/unit-table.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { inSnapshot, readAccounts, readBook } from '#workers/recompute-snapshot.ts';
import { readSums } from '#workers/recompute-sums.ts';

const [databaseUrl = '', slug = '', periodKey = ''] = process.argv.slice(2);
const store = connectLedger({ url: databaseUrl, poolSize: 10 });
const book = (await bookBySlug(store, slug))!;
const period = parsePeriod(book.calendar, periodKey)!;

// As such an application would have it: one table of what is posted, and an index that answers the question alone.
// A copy in a schema of its own: the ledger's tables stay as they are.
const COPY = `
  drop schema if exists bench_crud cascade;
  create schema bench_crud;
  create table bench_crud.lines as
    select p.book_id, p.account_id, e.entry_date, e.closing, p.side, p.amount
    from posted_postings p join posted_entries e on e.id = p.entry_id where p.book_id = ${book.id};
  create index on bench_crud.lines (book_id, entry_date, account_id) include (closing, side, amount)`;

const SUMS = {
  name: 'sums',
  text: `
  select account_id as account, to_char(date_trunc('month', entry_date), 'YYYY-MM') as month, closing,
    coalesce(sum(amount) filter (where side > 0), 0)::text as debit,
    coalesce(sum(amount) filter (where side < 0), 0)::text as credit
  from bench_crud.lines where book_id = $1 and entry_date <= $2::date
  group by account_id, date_trunc('month', entry_date), closing`,
};

interface Sum {
  account: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
}

/** As the database's owner: the application's role makes no tables. */
async function copyLines(): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(COPY);
  await client.query('vacuum analyze bench_crud.lines');
  await client.query(
    'grant usage on schema bench_crud to daybook_app; grant select on bench_crud.lines to daybook_app',
  );
  await client.end();
}

async function pdf(): Promise<Buffer> {
  const connection = await store.pool.connect();
  try {
    const body = await inSnapshot(connection, async () => {
      const facts = (await readBook(connection, book.id))!.facts;
      const accounts = await readAccounts(connection, book.id);
      const { rows: sums } = await connection.query<Sum>({ ...SUMS, values: [book.id, period.to] });
      const rows = sums.map(({ debit, credit, ...row }) => ({
        ...row,
        debit: BigInt(debit),
        credit: BigInt(credit),
        lastPosition: 1,
      }));
      const table = monthTable(monthOf(book.calendar.startDate), rows);
      const stamp = { position: 1, recordedAt: new Date().toISOString() };
      const lines = { ledger: () => null, journal: () => null, parties: () => new Map() };
      const units = unitTable(monthOf(book.calendar.startDate), []);
      const ledger = {
        ...{ facts, accounts, table, units, dimensions: [], taxCodes: [], parties: new Map() },
        details: detailTable(monthOf(book.calendar.startDate), []),
        budget: budgetTable(monthOf(book.calendar.startDate), []),
        items: itemTable([]),
        group: NO_GROUP,
        rates: NO_RATES,
        sums: await readSums(connection, facts, accounts, 0),
        late: lateTable([], []),
      };
      return computeReport(ledger, 'balance-sheet', period, stamp, lines);
    });
    const out = new PassThrough();
    const bytes = buffer(out);
    async function* rows() {
      yield body.rows;
    }
    await drawPdf({ body, digest: '0'.repeat(64), rows }, out);
    return await bytes;
  } finally {
    connection.release();
  }
}

await copyLines();
const server = createServer((_request, response) => {
  pdf().then(
    (bytes) => {
      response.writeHead(200, {
        'content-type': 'application/pdf',
        'content-length': bytes.length,
      });
      response.end(bytes);
    },
    (fault: unknown) => {
      console.error(fault);
      response.writeHead(500).end();
    },
  );
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.on('disconnect', () => process.exit(0));
