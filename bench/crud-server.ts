// What a plain CRUD application does: every request sums the postings in PostgreSQL, computes the report and draws its
// PDF. The same functions as Daybook's, so that only the moment of the work differs.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Month, monthOf, parsePeriod } from '#ledger/domain/calendar.ts';
import { bookBySlug } from '#ledger/queries/books.ts';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { computeReport } from '#reports/catalogue/compute.ts';
import { monthTable } from '#reports/catalogue/month-table.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { inSnapshot, readAccounts, readBook, select } from '#workers/recompute-snapshot.ts';

const [databaseUrl = '', slug = '', periodKey = ''] = process.argv.slice(2);
const store = connectLedger({ url: databaseUrl, poolSize: 10 });
const book = (await bookBySlug(store, slug))!;
const period = parsePeriod(book.calendar, periodKey)!;

const SUMS = `
  select p.account_id as account, to_char(e.entry_date, 'YYYY-MM') as month, e.closing,
    coalesce(sum(p.amount) filter (where p.side > 0), 0)::text as debit,
    coalesce(sum(p.amount) filter (where p.side < 0), 0)::text as credit
  from posted_entries e join posted_postings p on p.entry_id = e.id
  where e.book_id = $1 and e.entry_date <= $2::date group by 1, 2, 3`;

interface Sum {
  account: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
}

async function pdf(): Promise<Buffer> {
  const connection = await store.pool.connect();
  try {
    const body = await inSnapshot(connection, async () => {
      const facts = (await readBook(connection, book.id))!.facts;
      const accounts = await readAccounts(connection, book.id);
      const sums = await select<Sum>(connection, SUMS, [book.id, period.to]);
      const rows = sums.map(({ debit, credit, ...row }) => ({
        ...row,
        debit: BigInt(debit),
        credit: BigInt(credit),
        lastPosition: 1,
      }));
      const table = monthTable(monthOf(book.calendar.startDate), rows);
      const stamp = { position: 1, recordedAt: new Date().toISOString() };
      const lines = { ledger: () => null, journal: () => null };
      return computeReport({ facts, accounts, table }, 'balance-sheet', period, stamp, lines);
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
