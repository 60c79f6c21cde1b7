// A book's documents from nothing but its postings, up to a position: what reconciling compares the stored ones with, and
// what the book looked like at an earlier event.
import { type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import type { BookLedger } from '#reports/catalogue/book-ledger.ts';
import { detailTable } from '#reports/catalogue/detail-table.ts';
import { itemTable } from '#reports/catalogue/item-table.ts';
import { lateTable } from '#reports/catalogue/late-table.ts';
import { linesIndex } from '#reports/catalogue/month-lines.ts';
import { monthTable } from '#reports/catalogue/month-table.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { Sealed } from '#reports/catalogue/seal.ts';
import { type UnitRow, unitTable } from '#reports/catalogue/unit-table.ts';
import { computeTargets } from './recompute-compute.ts';
import { readParties, summedDetails, summedItems } from './recompute-details.ts';
import type { ReadContents } from './recompute-insert.ts';
import { readLate, readLocks } from './recompute-late.ts';
import { bringLines } from './recompute-lines.ts';
import type { Plan, Target } from './recompute-plan.ts';
import { type BookAtHead, type LedgerConnection, select } from './recompute-snapshot.ts';
import { readSums } from './recompute-sums.ts';
import { SUMMED, SUMMED_BY, summedRows } from './summed-postings.ts';

/** Told of what is computed. */
export interface FreshSink {
  document(sealed: Sealed): void;
  /** Pages and nodes of the long reports. */
  page(sealed: Sealed): void;
}

/** Everything is cut from postings: what is stored isn't asked. */
const NOTHING_STORED: ReadContents = { entries: async () => [], stretches: async () => [] };

/** The book's ledger as summed from the postings that were recorded until `book.head`. */
export async function summedLedger(
  connection: LedgerConnection,
  { facts, head }: Pick<BookAtHead, 'facts' | 'head'>,
  chart: Pick<BookLedger, 'accounts' | 'dimensions' | 'taxCodes' | 'budget' | 'group' | 'rates'>,
): Promise<BookLedger> {
  const { id } = facts;
  const first = monthOf(facts.calendar.startDate);
  const locks = await readLocks(connection, id, head);
  const everything = { since: 0, until: head, months: null };
  return {
    ...{ facts, ...chart },
    sums: await readSums(connection, facts, chart.accounts, head),
    late: lateTable(locks, await readLate(connection, id, locks, everything)),
    table: monthTable(first, await summedRows(connection, SUMS, [id, head])),
    units: unitTable(first, await summedUnits(connection, id, head)),
    details: detailTable(first, await summedDetails(connection, id, head)),
    items: itemTable(await summedItems(connection, id, head)),
    parties: await readParties(connection, id),
  };
}

/** What is to be computed of a ledger. */
export interface Fresh {
  readonly book: BookAtHead;
  readonly ledger: BookLedger;
  /** Last month with documents. */
  readonly through: Month;
  readonly targets: readonly Target[];
}

/** Computes the targets from the ledger and, where they have lines, from the postings until `book.head`. */
export async function computeFresh(
  connection: LedgerConnection,
  { book, ledger, targets, through }: Fresh,
  to: FreshSink,
): Promise<ReportHead[]> {
  const { exponent, id } = book.facts;
  const periods: readonly Period[] = [...new Set(targets.map(({ period }) => period))];
  const plan: Plan = {
    ...{ book, ledger, items: { table: ledger.items, from: null }, through, periods, targets },
    group: { key: '', group: ledger.group },
    rates: { key: '', rates: ledger.rates },
    ...{ touched: new Set(), entries: null, presentation: false },
  };
  const sink = { add: to.document, drain: async () => {} };
  const paper = { book: id, exponent, keep: to.page };
  const months = await bringLines({
    ...{ connection, plan, paper, sink, heads: new Map(), known: new Map() },
    ...{ bodyTexts: async () => new Map(), read: NOTHING_STORED, gone: () => {}, until: book.head },
  });
  const lines = linesIndex(paper, months, new Map(), () => {});
  return (await computeTargets({ connection, plan, lines, sink, now: 0 })).heads;
}

const SUMS = `
  select ${SUMMED}
  from posted_entries e join posted_postings p on p.entry_id = e.id
  where e.book_id = $1 and e.position <= $2 ${SUMMED_BY}`;

interface UnitSumRow {
  account: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
  position: number;
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
  where e.book_id = $1 and e.position <= $2 and p.unit is not null
  group by p.account_id, p.unit, u.decimals, to_char(e.entry_date, 'YYYY-MM'), e.closing`;

async function summedUnits(
  connection: LedgerConnection,
  book: number,
  until: number,
): Promise<UnitRow[]> {
  const rows = await select<UnitSumRow>(connection, UNIT_SUMS, [book, until]);
  return rows.map(({ account, closing, decimals, month, position, unit, ...sums }) => ({
    ...{ account, closing, month, unit, lastPosition: position },
    decimals: decimals ?? exponentOf(unit as CurrencyCode),
    debitQuantity: BigInt(sums.debitQuantity),
    creditQuantity: BigInt(sums.creditQuantity),
    debit: BigInt(sums.debit),
    credit: BigInt(sums.credit),
  }));
}
