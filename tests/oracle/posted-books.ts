// Random books as they stand for the comparison: posted, computed, exported, with the documents of the periods
// that were drawn for each.
import {
  type Month,
  type Period,
  type PeriodKey,
  periodsThrough,
} from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { writeBeancount } from '#ledger/formats/write-beancount.ts';
import { writeHledger } from '#ledger/formats/write-hledger.ts';
import { openExport } from '#ledger/queries/export-book.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { Documents } from '#reports/documents/documents.ts';
import type { OpenBook } from '#tests/ledger/open-book.ts';
import { documentsNow } from '#tests/reports/documents-now.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { type MadeBook, postBook } from './made-books.ts';

export interface Posted {
  readonly nth: number;
  readonly made: MadeBook;
  readonly bookId: number;
  readonly hledger: string;
  readonly beancount: string;
  readonly exponent: number;
  readonly periods: readonly Period[];
  /** Documents by report and period. */
  readonly bodies: ReadonlyMap<string, ReportBody>;
}

const REPORTS = [
  'trial-balance',
  'balance-sheet',
  'income-statement',
  'balances-by-unit',
  'general-ledger',
  'cash-flow',
];

/**
 * @param nth the book's number among those drawn
 * @param publish whether its documents are those that the worker publishes, with all others of the book
 */
export async function posted(
  home: OpenBook,
  documents: Documents,
  { nth, publish }: { readonly nth: number; readonly publish: boolean },
  made: MadeBook,
): Promise<Posted> {
  const book = await postBook(home, made);
  const { bookId } = book;
  const calendar = { ...made.house } as never;
  const all = periodsThrough(calendar, '2026-06' as Month);
  const periods = [...new Set(made.periods.map((at) => all[at % all.length]!))];
  const wanted = REPORTS.flatMap((report) => periods.map(({ key }) => [report, key] as const));
  const found = publish
    ? await publishedBy(documents, book, wanted)
    : await documentsNow(book, wanted);
  const bodies = new Map(wanted.map((own, at) => [own.join('/'), found[at]!]));
  const exponent = exponentOf(made.house.baseCurrency as CurrencyCode);
  const [hledger, beancount] = [
    await exported(book, writeHledger),
    await exported(book, writeBeancount),
  ];
  return { nth, made, bookId, hledger, beancount, exponent, periods, bodies };
}

async function publishedBy(
  documents: Documents,
  { bookId, store }: OpenBook,
  wanted: readonly (readonly [report: string, period: PeriodKey])[],
): Promise<ReportBody[]> {
  await recomputeBook({ store, documents, bookId });
  return Promise.all(
    wanted.map(async ([report, period]) => {
      const head = await documents.head(bookId, report, period);
      return (await documents.body(head!.digest))!;
    }),
  );
}

async function exported({ bookId, store }: OpenBook, write: typeof writeHledger): Promise<string> {
  const { book, close, entries } = await openExport(store, bookId);
  let text = '';
  for await (const piece of write(book, entries)) text += piece;
  close();
  return text;
}

/** Minor units of a decimal text; what is finer than the decimals is a fault. */
export function minor(text: string | undefined, decimals: number): bigint {
  const [whole = '0', fraction = ''] = (text || '0').split('.');
  const extra = fraction.slice(decimals);
  if (/[1-9]/.test(extra)) throw new Error(`${text} has more than ${decimals} decimals`);
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

/** A figure in an account's row. */
export const figure = ({ rows }: ReportBody, code: string, key: string): string | undefined =>
  rows.find(({ account, kind }) => account === code && kind === 'line')?.values[key];
