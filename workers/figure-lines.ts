// The lines of the journal behind an amount of a report, as far as the document knows them: their sum is the amount. A
// consolidated amount is the sum of parts, each of which has its lines (`figure-parts.ts`).
import { monthOf } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { cashAccounts, cashMoves, ofCash } from '#reports/catalogue/entry-sums.ts';
import type { BehindBook, LinesBehind } from '#reports/catalogue/lines-behind.ts';
import { monthTable } from '#reports/catalogue/month-table.ts';
import type { Moved } from '#reports/catalogue/paid-lines.ts';
import { linesOf } from '#reports/catalogue/registry.ts';
import {
  type FigureLines,
  type FigureQuestion,
  type Found,
  type FoundLine,
  linesIn,
  PER_PAGE,
  writtenLines,
} from './figure-found.ts';
import { type FigureParts, groupFigure } from './figure-parts.ts';
import { readDimensions, readParties, readTaxCodes } from './recompute-details.ts';
import { readGroup } from './recompute-group.ts';
import {
  inSnapshot,
  type LedgerConnection,
  type LedgerSource,
  readAccounts,
  readBalances,
  readBook,
} from './recompute-snapshot.ts';

/** @returns null where no entries stand behind the amount, or there is no such book, or none that the reader may see */
export async function figureLines(
  store: Pick<LedgerSource, 'pool'>,
  question: FigureQuestion,
): Promise<FigureLines | FigureParts | null> {
  const connection = await store.pool.connect();
  try {
    return await inSnapshot(connection, async (begun) => {
      await begun;
      const book = await behindBook(connection, question.bookId);
      const row = question.body.rows[question.at];
      const behind = book && row && linesOf({ ...question, book, row });
      if (!behind) return null;
      if (behind.some(({ member }) => member)) {
        return groupFigure(connection, book, question, behind);
      }
      const unit = behind.find(({ quantities }) => quantities)?.unit;
      const places =
        unit === undefined
          ? question.body.exponent
          : await decimalsOf(connection, question.bookId, unit);
      const found = behind.some(({ paid }) => paid)
        ? await paidIn(connection, book, question, behind)
        : await linesIn(connection, question, behind);
      const { bookId, page } = question;
      return writtenLines(found, {
        book: bookId,
        page,
        places,
        unit: unit ?? question.body.currency,
      });
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
    group: await readGroup(connection, book.facts),
    table: monthTable(
      monthOf(book.facts.calendar.startDate),
      book.facts.isGroup ? await readBalances(connection, id, 0) : [],
    ),
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
