// The lines of the journal behind an amount of a report, as far as the document knows them: their sum is the amount.

import type { Period } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { cashAccounts, cashMoves, ofCash } from '#reports/catalogue/entry-sums.ts';
import type { BehindBook, LinesBehind } from '#reports/catalogue/lines-behind.ts';
import type { Moved } from '#reports/catalogue/paid-lines.ts';
import { linesOf } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { linesStatement } from './figure-statement.ts';
import { readDimensions, readParties, readTaxCodes } from './recompute-details.ts';
import {
  inSnapshot,
  type LedgerConnection,
  type LedgerSource,
  readAccounts,
  readBook,
} from './recompute-snapshot.ts';

export interface FigureQuestion {
  readonly bookId: number;
  readonly body: ReportBody;
  readonly period: Period;
  /** Entries recorded until this position are in the document. */
  readonly asOf: number;
  /** The row's place in the body, and the column's key. */
  readonly at: number;
  readonly key: string;
  /** From 1. */
  readonly page: number;
}

/** A line and what it adds to the figure. Amounts are decimal texts in the figure's currency or unit. */
export interface FigureLine {
  readonly number: number;
  readonly date: string;
  readonly description: string;
  readonly memo: string;
  readonly account: string;
  readonly accountName: string;
  /** Empty on the other side. */
  readonly debit: string;
  readonly credit: string;
  /** As it counts in the figure. */
  readonly counts: string;
}

export interface FigureLines {
  readonly lines: readonly FigureLine[];
  readonly debit: string;
  readonly credit: string;
  /** What all lines come to: the figure. */
  readonly sum: string;
  /** Currency or unit of the amounts. */
  readonly unit: string;
  /** Lines that there are; `lines` holds a page of them. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

const PER_PAGE = 200;

/** @returns null where no entries stand behind the amount, or there is no such book */
export async function figureLines(
  store: Pick<LedgerSource, 'pool'>,
  question: FigureQuestion,
): Promise<FigureLines | null> {
  const connection = await store.pool.connect();
  try {
    return await inSnapshot(connection, async (begun) => {
      await begun;
      const book = await behindBook(connection, question.bookId);
      const row = question.body.rows[question.at];
      const behind = book && row && linesOf({ ...question, book, row });
      if (!behind) return null;
      const unit = behind.find(({ quantities }) => quantities)?.unit;
      const places =
        unit === undefined
          ? question.body.exponent
          : await decimalsOf(connection, question.bookId, unit);
      const found = behind.some(({ paid }) => paid)
        ? await paidIn(connection, book, question, behind)
        : await linesIn(connection, question, behind);
      return written(found, question.page, places, unit ?? question.body.currency);
    });
  } finally {
    connection.release();
  }
}

async function behindBook(connection: LedgerConnection, id: number): Promise<BehindBook | null> {
  const book = await readBook(connection, id);
  if (!book) return null;
  return {
    facts: book.facts,
    accounts: await readAccounts(connection, id),
    dimensions: await readDimensions(connection, id),
    taxCodes: await readTaxCodes(connection, id),
    parties: await readParties(connection, id),
  };
}

async function decimalsOf(
  connection: LedgerConnection,
  book: number,
  unit: string,
): Promise<number> {
  const text = 'select decimals from units where book_id = $1 and code = $2';
  const { rows } = await connection.query(text, [book, unit]);
  const known = rows[0] as { decimals: number } | undefined;
  return known?.decimals ?? exponentOf(unit as CurrencyCode);
}

interface FoundLine {
  readonly number: number;
  readonly date: string;
  readonly description: string;
  readonly memo: string;
  readonly account: string;
  readonly accountName: string;
  /** Debit positive. */
  readonly moved: bigint;
  readonly sign: bigint;
}

interface Found {
  readonly lines: readonly FoundLine[];
  readonly debit: bigint;
  readonly credit: bigint;
  readonly sum: bigint;
  readonly total: number;
}

function written(found: Found, page: number, places: number, unit: string): FigureLines {
  const text = (amount: bigint) => decimalText(amount, places);
  return {
    lines: found.lines.map(({ moved, sign, ...line }) => ({
      ...line,
      debit: moved > 0n ? text(moved) : '',
      credit: moved < 0n ? text(-moved) : '',
      counts: text(sign * moved),
    })),
    ...{ debit: text(found.debit), credit: text(found.credit), sum: text(found.sum) },
    ...{ unit, page, total: found.total, pages: Math.max(1, Math.ceil(found.total / PER_PAGE)) },
  };
}

async function linesIn(
  connection: LedgerConnection,
  { asOf, bookId, page }: FigureQuestion,
  behind: readonly LinesBehind[],
): Promise<Found> {
  if (behind.length === 0) return { lines: [], debit: 0n, credit: 0n, sum: 0n, total: 0 };
  const { text, values } = linesStatement(bookId, asOf, behind);
  const sums = await connection.query(
    `${text} select count(*)::int as total, coalesce(sum(sign * moved), 0)::text as sum,
       coalesce(sum(moved) filter (where moved > 0), 0)::text as debit,
       coalesce(-sum(moved) filter (where moved < 0), 0)::text as credit from lines`,
    values,
  );
  const { credit, debit, sum, total } = sums.rows[0] as Record<
    'credit' | 'debit' | 'sum',
    string
  > & {
    total: number;
  };
  const { rows } = await connection.query(
    `${text} select l.number, l.date::text, l.description, l.memo, a.code as account, a.name as "accountName",
       l.moved::text, l.sign::text
     from lines l join accounts a on a.id = l.account_id
     order by l.date, l.entry_id, l.line limit ${PER_PAGE} offset ${(page - 1) * PER_PAGE}`,
    values,
  );
  const lines = (
    rows as (Omit<FoundLine, 'moved' | 'sign'> & { moved: string; sign: string })[]
  ).map((line) => ({ ...line, moved: BigInt(line.moved), sign: BigInt(line.sign) }));
  return { lines, total, debit: BigInt(debit), credit: BigInt(credit), sum: BigInt(sum) };
}

const PAYING = `
  select e.number, e.entry_date::text as date, e.description,
    array_agg(p.account_id order by p.line) as accounts,
    array_agg((p.side * p.amount)::text order by p.line) as amounts,
    array_agg(p.quantity is not distinct from 0 order by p.line) as revalued
  from posted_entries e join posted_postings p on p.entry_id = e.id
  where e.book_id = $1 and e.position <= $2 and not e.closing
    and e.entry_date >= ($3::text || '-01')::date and e.entry_date < ($4::text || '-01')::date
    and e.id in (select entry_id from posted_postings
      where account_id = any($5::int[]) and entry_date >= ($3::text || '-01')::date and entry_date < ($4::text || '-01')::date)
  group by e.id, e.number, e.entry_date, e.description order by e.entry_date, e.id`;

interface PayingEntry extends Pick<FoundLine, 'number' | 'date' | 'description'> {
  readonly accounts: readonly number[];
  readonly amounts: readonly string[];
  readonly revalued: readonly boolean[];
}

/** What entries moved in cash: of each line the part that cash stands for. */
async function paidIn(
  connection: LedgerConnection,
  book: BehindBook,
  { asOf, bookId, page }: FigureQuestion,
  behind: readonly LinesBehind[],
): Promise<Found> {
  const accounts = new Map(book.accounts.map((account) => [account.id, account]));
  const { from, until } = behind[0]!;
  const values = [bookId, asOf, from, until, cashAccounts(book.accounts)];
  const { rows } = await connection.query(PAYING, values);
  const isOfCash = ofCash(book.accounts);
  const all = (rows as PayingEntry[]).flatMap(
    ({ accounts: moved, amounts, revalued, ...entry }): FoundLine[] => {
      const lines = moved.map((account, at) => {
        return { account, amount: BigInt(amounts[at]!), revalued: revalued[at]! };
      });
      const { gained, paid } = cashMoves(lines, isOfCash);
      const counted = (own: Moved, kind: LinesBehind['paid']) =>
        behind
          .filter((one) => one.paid === kind && one.accounts.includes(own.account))
          .map(({ sign }): FoundLine => {
            const { code, name } = accounts.get(own.account)!;
            const of = { account: code, accountName: name, memo: '' };
            return { ...entry, ...of, moved: own.amount, sign: BigInt(sign) };
          });
      return [
        ...paid.flatMap((own) => counted(own, own.amount < 0n ? 'receipts' : 'payments')),
        ...gained.flatMap((own) => counted(own, 'exchange')),
      ];
    },
  );
  const sum = (amounts: readonly bigint[]) => amounts.reduce((whole, own) => whole + own, 0n);
  return {
    lines: all.slice((page - 1) * PER_PAGE, page * PER_PAGE),
    debit: sum(all.map(({ moved }) => (moved > 0n ? moved : 0n))),
    credit: sum(all.map(({ moved }) => (moved < 0n ? -moved : 0n))),
    sum: sum(all.map(({ moved, sign }) => sign * moved)),
    total: all.length,
  };
}
