// What is asked about a figure, and the lines of the journal found behind it: a page of them, with what all of them come to.
import type { Period } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { LinesBehind } from '#reports/catalogue/lines-behind.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { linesStatement } from './figure-statement.ts';
import type { LedgerConnection } from './recompute-snapshot.ts';

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
  /** Of a consolidated figure: place of the part whose lines are asked for; absent: the parts. */
  readonly part?: number;
  /** Ids of books whose entries the reader may see. */
  readonly readable: readonly number[];
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
  /** Id of the book that they are in. */
  readonly book: number;
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

export const PER_PAGE = 200;

export interface FoundLine {
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

export interface Found {
  readonly lines: readonly FoundLine[];
  readonly debit: bigint;
  readonly credit: bigint;
  readonly sum: bigint;
  readonly total: number;
}

interface Writing {
  readonly book: number;
  readonly page: number;
  /** Decimals of the amounts. */
  readonly places: number;
  readonly unit: string;
}

export function writtenLines(found: Found, { book, page, places, unit }: Writing): FigureLines {
  const text = (amount: bigint) => decimalText(amount, places);
  return {
    book,
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

export async function linesIn(
  connection: LedgerConnection,
  { asOf, bookId, page }: Pick<FigureQuestion, 'asOf' | 'bookId' | 'page'>,
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
