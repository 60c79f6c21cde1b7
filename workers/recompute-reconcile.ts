// Reconciling: fresh balances from every posting of the ledger, every document computed from them, every digest
// compared with the one that readers are given. Any difference is an alarm. Documents are only read.
//   reconcileBook({store, documents, bookId}) → {documents, differences}
// That postings are what the events say is `npm run verify`; both together lead from the chain to the paper.
import { type Month, monthOf, type Period, periodsThrough } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import type { BookLedger } from '#reports/catalogue/book-ledger.ts';
import { budgetTable } from '#reports/catalogue/budget-table.ts';
import { detailTable } from '#reports/catalogue/detail-table.ts';
import { itemTable } from '#reports/catalogue/item-table.ts';
import { linesIndex } from '#reports/catalogue/month-lines.ts';
import { type BalanceRow, monthTable } from '#reports/catalogue/month-table.ts';
import { feedPosition, reportsOf } from '#reports/catalogue/registry.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { type UnitRow, unitTable } from '#reports/catalogue/unit-table.ts';
import type { DocumentsReader } from '#reports/documents/reader.ts';
import { type RecomputeInput, recomputeBook } from './recompute.ts';
import { type BodySink, bringLines, computeTargets } from './recompute-compute.ts';
import {
  readBudget,
  readDimensions,
  readParties,
  readTaxCodes,
  summedDetails,
  summedItems,
} from './recompute-details.ts';
import type { ReadContents } from './recompute-insert.ts';
import { headKey } from './recompute-pages.ts';
import type { Plan, Target } from './recompute-plan.ts';
import {
  type BookAtHead,
  inSnapshot,
  type LedgerConnection,
  readAccounts,
  readBook,
  select,
} from './recompute-snapshot.ts';

export interface Reconciliation {
  /** How many documents were compared. */
  readonly documents: number;
  /** One line per document that differs, is missing or is too many. */
  readonly differences: readonly string[];
}

/** The book may be posted to meanwhile: that often we wait for its documents to be level. */
const ATTEMPTS = 10;

const NOWHERE: BodySink = { add() {}, drain: async () => {} };

/** Everything is cut from postings: what is stored isn't asked. */
const NOTHING_STORED: ReadContents = { entries: async () => [], stretches: async () => [] };

export async function reconcileBook(input: RecomputeInput): Promise<Reconciliation> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await recomputeBook(input);
    const connection = await input.store.pool.connect();
    try {
      const result = await inSnapshot(connection, async (begun) => {
        await begun;
        return compare(connection, input.documents, input.bookId);
      });
      if (result) return result;
    } finally {
      connection.release();
    }
  }
  throw new Error(
    `book ${input.bookId} was never level: somebody posts faster than it is compared`,
  );
}

/** @returns null when the documents aren't level with the snapshot. */
async function compare(
  connection: LedgerConnection,
  documents: DocumentsReader,
  bookId: number,
): Promise<Reconciliation | null> {
  const book = await readBook(connection, bookId);
  if (!book) throw new Error(`there is no book ${bookId}`);
  const position = await documents.position(bookId);
  const found = await documents.heads(bookId);
  if (!position || position.position !== book.head || position.hash !== book.headHash) return null;
  const expected = await computeAll(connection, book, position.through);
  const after = await documents.position(bookId);
  if (after?.recomputes !== position.recomputes) return null;
  return { documents: expected.length, differences: differencesOf(expected, found) };
}

async function computeAll(
  connection: LedgerConnection,
  book: BookAtHead,
  through: Month,
): Promise<ReportHead[]> {
  const { facts } = book;
  const rows = await summedPostings(connection, facts.id);
  const table = monthTable(monthOf(facts.calendar.startDate), rows);
  const units = unitTable(
    monthOf(facts.calendar.startDate),
    await summedUnits(connection, facts.id),
  );
  const details = detailTable(
    monthOf(facts.calendar.startDate),
    await summedDetails(connection, facts.id),
  );
  const items = { table: itemTable(await summedItems(connection, facts.id)), from: null };
  const ledger: BookLedger = {
    ...{ facts, table, units, details, items: items.table },
    accounts: await readAccounts(connection, facts.id),
    dimensions: await readDimensions(connection, facts.id),
    taxCodes: await readTaxCodes(connection, facts.id),
    budget: budgetTable(
      monthOf(facts.calendar.startDate),
      await readBudget(connection, facts.id, 0),
    ),
    parties: await readParties(connection, facts.id),
  };
  const periods = periodsThrough(facts.calendar, through);
  const targets = periods.flatMap((period) => allOf(ledger, period));
  const plan: Plan = {
    ...{ book, ledger, items, through, periods, targets },
    ...{ touched: new Set(), entries: null, presentation: false },
  };
  const paper = { book: facts.id, exponent: facts.exponent, keep: () => {} };
  const months = await bringLines({
    ...{ connection, plan, paper, sink: NOWHERE, heads: new Map(), known: new Map() },
    ...{ bodyTexts: async () => new Map(), read: NOTHING_STORED, gone: () => {} },
  });
  const lines = linesIndex(paper, months, new Map(), () => {});
  return computeTargets({ connection, plan, lines, sink: NOWHERE, now: 0 });
}

const allOf = (ledger: BookLedger, period: Period): Target[] =>
  reportsOf(period.kind).map((report) => ({
    report,
    period,
    position: feedPosition(ledger, report, period),
  }));

function differencesOf(expected: readonly ReportHead[], found: readonly ReportHead[]): string[] {
  const digests = new Map(found.map((head) => [headKey(head.report, head.period), head.digest]));
  const differences: string[] = [];
  for (const { report, period, digest } of expected) {
    const key = headKey(report, period);
    const stored = digests.get(key);
    digests.delete(key);
    if (stored === undefined) differences.push(`${key} is missing`);
    else if (stored !== digest) differences.push(`${key} is ${stored}, recomputed ${digest}`);
  }
  for (const key of digests.keys()) differences.push(`${key} should not be there`);
  return differences;
}

interface SumRow {
  account: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
  position: number;
}

const SUMS = `
  select p.account_id as account, to_char(e.entry_date, 'YYYY-MM') as month, e.closing,
    coalesce(sum(p.amount) filter (where p.side > 0), 0)::text as debit,
    coalesce(sum(p.amount) filter (where p.side < 0), 0)::text as credit,
    max(coalesce(e.position, i.position)) as position
  from posted_entries e
    join posted_postings p on p.entry_id = e.id
    left join imports i on i.id = e.import_id
  where e.book_id = $1
  group by p.account_id, to_char(e.entry_date, 'YYYY-MM'), e.closing`;

interface UnitSumRow extends SumRow {
  unit: string;
  decimals: number | null;
  debitQuantity: string;
  creditQuantity: string;
}

const UNIT_SUMS = `
  select p.account_id as account, p.unit, u.decimals, to_char(e.entry_date, 'YYYY-MM') as month, e.closing,
    coalesce(sum(p.quantity) filter (where p.side > 0), 0)::text as "debitQuantity",
    coalesce(sum(p.quantity) filter (where p.side < 0), 0)::text as "creditQuantity",
    coalesce(sum(p.amount) filter (where p.side > 0), 0)::text as debit,
    coalesce(sum(p.amount) filter (where p.side < 0), 0)::text as credit,
    max(e.position) as position
  from posted_entries e
    join posted_postings p on p.entry_id = e.id
    left join units u on u.book_id = e.book_id and u.code = p.unit
  where e.book_id = $1 and p.unit is not null
  group by p.account_id, p.unit, u.decimals, to_char(e.entry_date, 'YYYY-MM'), e.closing`;

async function summedUnits(connection: LedgerConnection, book: number): Promise<UnitRow[]> {
  const rows = await select<UnitSumRow>(connection, UNIT_SUMS, [book]);
  return rows.map(({ account, closing, decimals, month, position, unit, ...sums }) => ({
    ...{ account, closing, month, unit, lastPosition: position },
    decimals: decimals ?? exponentOf(unit as CurrencyCode),
    debitQuantity: BigInt(sums.debitQuantity),
    creditQuantity: BigInt(sums.creditQuantity),
    debit: BigInt(sums.debit),
    credit: BigInt(sums.credit),
  }));
}

async function summedPostings(connection: LedgerConnection, book: number): Promise<BalanceRow[]> {
  const rows = await select<SumRow>(connection, SUMS, [book]);
  return rows.map(({ account, month, closing, debit, credit, position }) => ({
    ...{ account, month, closing },
    debit: BigInt(debit),
    credit: BigInt(credit),
    lastPosition: position,
  }));
}
