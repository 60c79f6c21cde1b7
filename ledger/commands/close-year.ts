// Closes a fiscal year: one entry on its last day moves what stands on income and expenses to an account of equity. It is
// taken back by a reversal as long as the day isn't locked; statements leave it out unless asked (design §4).
import type pg from 'pg';
import { z } from 'zod';
import type { Account } from '#ledger/domain/account.ts';
import { type FiscalYear, fiscalYearOf, monthOf, parsePeriod } from '#ledger/domain/calendar.ts';
import { exponentOf } from '#ledger/domain/currency.ts';
import { refuseDate } from '#ledger/domain/decide-entry.ts';
import type { JournalEntry, Posting } from '#ledger/domain/journal-entry.ts';
import { MOST_LINES } from '#ledger/domain/journal-entry.ts';
import { decimalText, isTooLarge, minorUnits } from '#ledger/domain/money.ts';
import { entryStatements } from '#ledger/store/insert-entries.ts';
import { refuse } from './answer.ts';
import { entryEvent } from './entry-event.ts';
import { plain } from './input-shapes.ts';
import { accountByCode } from './load-accounts.ts';
import { dateFacts, type LockedBook, type UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({
  /** Name of the fiscal year: the year in which it ends. */
  year: plain(10),
  /** Code of the account of equity that takes the result. */
  to: plain(64),
});

export interface ClosedYear {
  readonly number: number;
  /** Last day of the year. */
  readonly date: string;
  /** Accounts of income and expenses that are brought to zero. */
  readonly accounts: number;
  /** The year's result in decimal text, a profit positive. */
  readonly result: string;
}

export const closeYear: UseCase<z.output<typeof INPUT>, ClosedYear> = {
  name: 'closeYear',
  action: 'book.lock',
  input: INPUT,
  async decide(client, book, input) {
    const year = yearOf(input.year, book);
    const equity = await equityAccount(client, book.id, input.to);
    const standing = await standingOf(client, book.id, year);
    if (standing.length === 0)
      return refuse({ code: 'nothing-to-close', field: 'year', year: year.name });
    if (standing.length >= MOST_LINES)
      return refuse({ code: 'too-many-lines', field: 'year', lines: standing.length + 1 });
    const lines = standing.map(({ account, balance }) => line(account, -balance));
    const result = standing.reduce((sum, { balance }) => sum - balance, 0n);
    const exponent = exponentOf(book.base_currency);
    if (isTooLarge(result))
      return refuse({
        code: 'amount-too-large',
        field: 'year',
        amount: decimalText(result, exponent),
      });
    const number = book.last_number + 1;
    const entry: JournalEntry = {
      ...{ number, date: year.to, kind: 'closing', closing: true, reference: '', reverses: null },
      description: `Closing of the year ${year.name}`,
      lines: result === 0n ? lines : [...lines, line(equity.id, -result)],
    };
    return {
      events: [entryEvent(entry)],
      result: {
        ...{ number, date: year.to, accounts: standing.length },
        result: decimalText(result, exponent),
      },
      async apply(db, position, userId) {
        const { rows } = await db.query<{ id: string }>(
          "select nextval('journal_entries_id_seq')::text as id",
        );
        const row = { id: rows[0]!.id, position, userId, entry, reversesId: null };
        for (const statement of entryStatements(book.id, [row])) await db.query(statement);
        await db.query('update books set last_number = $2 where id = $1', [book.id, number]);
      },
    };
  },
};

/** The fiscal year, which is over and whose last day is open. */
function yearOf(name: string, book: LockedBook): FiscalYear {
  const calendar = { startDate: book.start_date, firstYearEnd: book.first_year_end };
  const period = parsePeriod(calendar, name);
  if (period?.kind !== 'year') return refuse({ code: 'year-unknown', field: 'year', year: name });
  const facts = dateFacts(book);
  if (fiscalYearOf(calendar, facts.today).from <= period.from) {
    refuse({ code: 'year-not-over', field: 'year', year: name, end: period.to });
  }
  const wrong = refuseDate(period.to, facts);
  if (wrong) refuse({ ...wrong, field: 'year' });
  return period.fiscalYear;
}

async function equityAccount(client: pg.ClientBase, book: number, code: string): Promise<Account> {
  const account = await accountByCode(client, book, code);
  if (account.closed) return refuse({ code: 'account-closed', field: 'to', account: code });
  if (account.type === 'equity') return account;
  return refuse({ code: 'account-not-equity', field: 'to', account: code });
}

const STANDING = `
  select b.account_id as account, sum(b.debit - b.credit)::text as balance
  from account_balances b join accounts a on a.id = b.account_id
  where b.book_id = $1 and b.month between $2 and $3 and a.type in ('income', 'expense')
  group by b.account_id, a.code having sum(b.debit - b.credit) <> 0 order by a.code`;

/** What stands on income and expenses at the end of a year, debit minus credit; earlier closing entries count. */
async function standingOf(
  client: pg.ClientBase,
  book: number,
  { from, to }: FiscalYear,
): Promise<{ account: number; balance: bigint }[]> {
  const { rows } = await client.query<{ account: number; balance: string }>(STANDING, [
    book,
    monthOf(from),
    monthOf(to),
  ]);
  return rows.map(({ account, balance }) => ({ account, balance: BigInt(balance) }));
}

/** @param signed debit positive */
const line = (account: number, signed: bigint): Posting => ({
  account,
  side: signed > 0n ? 'debit' : 'credit',
  amount: minorUnits(signed > 0n ? signed : -signed),
  memo: '',
});
