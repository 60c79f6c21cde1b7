// Revalues money held in other currencies at a month's end: one entry on that day and its reversal on the next. A dry run
// is the preview.
import type pg from 'pg';
import { z } from 'zod';
import type { Account } from '#ledger/domain/account.ts';
import {
  addDays,
  type CalendarDate,
  lastDay,
  monthOf,
  parseDate,
} from '#ledger/domain/calendar.ts';
import { exponentOf, isCurrencyCode } from '#ledger/domain/currency.ts';
import { refuseDate } from '#ledger/domain/decide-entry.ts';
import { parseDecimal, plainDecimal } from '#ledger/domain/decimal.ts';
import { type JournalEntry, reversedLines } from '#ledger/domain/journal-entry.ts';
import { decimalText, isTooLarge } from '#ledger/domain/money.ts';
import {
  type HeldCurrency,
  NEEDS_NO_RATE,
  revaluationPostings,
  revalue,
  type Worth,
} from '#ledger/domain/revalue.ts';
import { entryStatements } from '#ledger/store/insert-entries.ts';
import { refuse } from './answer.ts';
import { entryEvent } from './entry-event.ts';
import { plain } from './input-shapes.ts';
import { accountsByCode } from './load-accounts.ts';
import { dateFacts, type LockedBook, type UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({
  /** The last day of a month. */
  date: plain(40),
  /** Codes of the accounts that take gains and losses. */
  gains: plain(64),
  losses: plain(64),
});

/** What one account held of one currency, in decimal text. */
export interface RevaluedLine {
  readonly account: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: string;
  /** The rate of the day, and the day that it was recorded for. */
  readonly rate: string;
  readonly rateDate: string;
  readonly before: string;
  readonly worth: string;
  readonly difference: string;
}

export interface Revaluation {
  /** Number of the entry, and of its reversal on the next day. */
  readonly number: number;
  readonly reversal: number;
  readonly lines: readonly RevaluedLine[];
}

export const revalueCurrencies: UseCase<z.output<typeof INPUT>, Revaluation> = {
  name: 'revalueCurrencies',
  action: 'entry.post',
  input: INPUT,
  async decide(client, book, input) {
    const date = monthEnd(input.date, book);
    const [gains, losses] = await resultAccounts(client, book.id, input);
    const held = await loadHeld(client, book, date);
    const exponent = exponentOf(book.base_currency);
    const revalued = revalue(held, exponent);
    if (revalued.length === 0) return refuse({ code: 'nothing-to-revalue', field: 'date', date });
    refuseTooLarge(revalued, exponent);
    const number = book.last_number + 1;
    const postings = revaluationPostings(revalued, gains, losses);
    const plainEntry = { closing: false, reference: '' };
    const entry: JournalEntry = {
      ...{ ...plainEntry, number, date, kind: 'adjusting', reverses: null, lines: postings },
      description: `Revaluation of currencies at ${date}`,
    };
    const back: JournalEntry = {
      ...{ ...plainEntry, number: number + 1, date: addDays(date, 1), kind: 'reversal' },
      ...{ reverses: number, lines: reversedLines(postings) },
      description: `Reversal of entry ${number}: revaluation of currencies at ${date}`,
    };
    return {
      events: [entryEvent(entry), entryEvent(back)],
      result: {
        number,
        reversal: number + 1,
        lines: revalued.map((line) => lineText(line, exponent)),
      },
      async apply(db, position, userId) {
        const { rows } = await db.query<{ id: string }>(
          "select nextval('journal_entries_id_seq')::text as id from generate_series(1, 2)",
        );
        const [first, second] = rows.map(({ id }) => id);
        const statements = entryStatements(book.id, [
          { id: first!, position, userId, entry, reversesId: null },
          { id: second!, position: position + 1, userId, entry: back, reversesId: first! },
        ]);
        for (const statement of statements) await db.query(statement);
        await db.query('update books set last_number = $2 where id = $1', [book.id, number + 1]);
      },
    };
  },
};

/** The day of the entry; it and the next must be open. */
function monthEnd(asked: string, book: LockedBook): CalendarDate {
  const date = parseDate(asked) ?? refuse({ code: 'date-malformed', field: 'date', date: asked });
  if (date !== lastDay(monthOf(date))) refuse({ code: 'not-a-month-end', field: 'date', date });
  for (const day of [date, addDays(date, 1)]) {
    const wrong = refuseDate(day, dateFacts(book));
    if (wrong) refuse(wrong);
  }
  return date;
}

async function resultAccounts(
  client: pg.ClientBase,
  book: number,
  input: Pick<z.output<typeof INPUT>, 'gains' | 'losses'>,
): Promise<[Account, Account]> {
  const found = await accountsByCode(client, book, [input.gains, input.losses]);
  const open = (field: 'gains' | 'losses') => {
    const code = input[field];
    const account = found.get(code) ?? refuse({ code: 'account-unknown', field, account: code });
    return account.closed ? refuse({ code: 'account-closed', field, account: code }) : account;
  };
  return [open('gains'), open('losses')];
}

const HELD = `
  select a.id, a.code, a.name, a.path, a.type, a.closed, a.controls, a.cash_flow as "cashFlow", a.tags, b.unit,
    sum(b.debit_quantity - b.credit_quantity)::text as quantity, sum(b.debit - b.credit)::text as base,
    r.rate::text as rate, r.day::text as day
  from unit_balances b join accounts a on a.id = b.account_id
  left join lateral (select rate, day from rates r where r.book_id = $1 and r.unit = b.unit and r.day <= $3::date
                     order by r.day desc limit 1) r on true
  where b.book_id = $1 and b.month <= $2 and a.type in ('asset', 'liability')
  group by a.id, b.unit, r.rate, r.day
  having sum(b.debit_quantity - b.credit_quantity) <> 0 or sum(b.debit - b.credit) <> 0
  order by a.code, b.unit`;

type Held = HeldCurrency & { readonly rateDate: string };

/** Currencies on accounts of assets and liabilities at a month's end; commodities are no money. */
async function loadHeld(
  client: pg.ClientBase,
  book: LockedBook,
  date: CalendarDate,
): Promise<Held[]> {
  const { rows } = await client.query<
    Account & {
      unit: string;
      quantity: string;
      base: string;
      rate: string | null;
      day: string | null;
    }
  >(HELD, [book.id, monthOf(date), date]);
  return rows
    .filter(({ unit }) => isCurrencyCode(unit))
    .map(({ base, day, quantity, rate, unit, ...account }): Held => {
      const spent = rate === null && BigInt(quantity) === 0n;
      const known = spent ? NEEDS_NO_RATE : parseDecimal(rate ?? '');
      if (known === null) return refuse({ code: 'rate-unknown', field: 'date', unit, date });
      return {
        ...{ account, unit, rate: known, rateDate: day ?? date },
        decimals: isCurrencyCode(unit) ? exponentOf(unit) : 0,
        quantity: BigInt(quantity),
        base: BigInt(base),
      };
    });
}

function refuseTooLarge(revalued: readonly Worth[], exponent: number): void {
  for (const { worth } of revalued) {
    if (isTooLarge(worth))
      refuse({ code: 'amount-too-large', field: 'date', amount: decimalText(worth, exponent) });
  }
}

const lineText = (line: Held & Worth, exponent: number): RevaluedLine => ({
  account: line.account.code,
  name: line.account.name,
  unit: line.unit,
  quantity: decimalText(line.quantity, line.decimals),
  rate: plainDecimal(line.rate),
  rateDate: line.rateDate,
  before: decimalText(line.base, exponent),
  worth: decimalText(line.worth, exponent),
  difference: decimalText(line.difference, exponent),
});
