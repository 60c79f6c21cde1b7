// What income and expenses are planned to be: amounts by account, month and values of dimensions, set one by one or
// copied from the year before.
import type pg from 'pg';
import { z } from 'zod';
import { type Account, isResultAccount, normalSide } from '#ledger/domain/account.ts';
import { budgetMonths, MOST_BUDGET_AMOUNTS, parseMonth, raisedBy } from '#ledger/domain/budget.ts';
import {
  addMonths,
  type FiscalYear,
  type Month,
  monthOf,
  parsePeriod,
  todayIn,
} from '#ledger/domain/calendar.ts';
import { exponentOf } from '#ledger/domain/currency.ts';
import { readSignedAmount } from '#ledger/domain/decide-line.ts';
import { type Decimal, parseDecimal } from '#ledger/domain/decimal.ts';
import type { BudgetAmount, LedgerEvent } from '#ledger/domain/events.ts';
import { decimalText, isTooLarge } from '#ledger/domain/money.ts';
import { refuse } from './answer.ts';
import { line, plain } from './input-shapes.ts';
import { accountsByCode } from './load-accounts.ts';
import type { Decision, LockedBook, UseCase } from './run-in-book.ts';

const SET = z.strictObject({
  amounts: z
    .array(
      z.strictObject({
        /** Code of an account of income or expenses. */
        account: plain(64),
        /** Codes of values by codes of dimensions. */
        dimensions: z.record(z.string().max(64), plain(64)).optional(),
        /** `2026-03`. */
        month: plain(10),
        /** Plain decimal in the base currency, above zero what income earns and expenses cost; zero takes it back. */
        amount: line(40),
      }),
    )
    .min(1)
    .max(MOST_BUDGET_AMOUNTS),
});

const COPY = z.strictObject({
  /** Name of the fiscal year to plan. */
  year: plain(10),
  /** What is copied of the year before: what was posted, by account, or what was planned. */
  from: z.enum(['actual', 'budget']),
  /** So many per cent more, a plain decimal; less when negative. */
  percent: line(20),
  /** Whether what was planned for the year gives way. */
  replace: z.boolean().optional(),
});

const MOST_PER_CENT = 1_000n;

export const setBudget: UseCase<z.output<typeof SET>, { set: number }> = {
  name: 'setBudget',
  action: 'budget.change',
  input: SET,
  async decide(client, book, { amounts: asked }) {
    const accounts = await accountsByCode(
      client,
      book.id,
      asked.map(({ account }) => account),
    );
    const values = await valuesByCode(client, book.id);
    const { first, last } = budgetMonths(book.start_date, todayIn(book.time_zone, Date.now()));
    const exponent = exponentOf(book.base_currency);
    const seen = new Set<string>();
    const amounts = asked.map((one, at): BudgetAmount => {
      const field = (name: string) => `amounts.${at}.${name}`;
      const amount = readSignedAmount(one.amount, exponent);
      if (typeof amount !== 'bigint') return refuse({ ...amount, field: field('amount') });
      const account = plannedAccount(accounts.get(one.account), one.account, amount, field);
      const month = parseMonth(one.month);
      if (month === null) {
        return refuse({ code: 'month-malformed', field: field('month'), month: one.month });
      }
      if (month < first || month > last) {
        return refuse({ code: 'month-out-of-budget', field: field('month'), first, last });
      }
      const own = Object.entries(one.dimensions ?? {}).map(([dimension, value]) =>
        knownValue(values, dimension, value, field('dimensions')),
      );
      const set = { account: account.id, values: own.toSorted((a, b) => a - b), month };
      const key = JSON.stringify(set);
      if (seen.has(key)) {
        const named = { account: one.account, month };
        return refuse({ code: 'budget-named-twice', field: field('month'), ...named });
      }
      seen.add(key);
      return { ...set, amount: `${amount}` };
    });
    return settingOf(book.id, amounts);
  },
};

function plannedAccount(
  account: Account | undefined,
  code: string,
  amount: bigint,
  field: (name: string) => string,
): Account {
  const where = { field: field('account'), account: code };
  if (!account) return refuse({ code: 'account-unknown', ...where });
  // What was planned before an account was closed or became another can be taken back.
  if (amount === 0n) return account;
  if (!isResultAccount(account.type)) return refuse({ code: 'account-not-of-result', ...where });
  return account.closed ? refuse({ code: 'account-closed', ...where }) : account;
}

type Values = ReadonlyMap<string, ReadonlyMap<string, number>>;

function knownValue(values: Values, dimension: string, value: string, field: string): number {
  const own = values.get(dimension);
  if (!own) return refuse({ code: 'dimension-unknown', field, dimension });
  return own.get(value) ?? refuse({ code: 'dimension-value-unknown', field, dimension, value });
}

/** Ids of values by code, by code of their dimension. */
async function valuesByCode(client: pg.ClientBase, book: number): Promise<Values> {
  const { rows } = await client.query<{ dimension: string; code: string | null; id: number }>(
    `select d.code as dimension, v.code, v.id
     from dimensions d left join dimension_values v on v.dimension_id = d.id where d.book_id = $1`,
    [book],
  );
  const dimensions = Map.groupBy(rows, ({ dimension }) => dimension);
  return new Map(
    [...dimensions].map(([dimension, own]) => [
      dimension,
      new Map(own.flatMap(({ code, id }) => (code === null ? [] : [[code, id] as const]))),
    ]),
  );
}

export const copyBudget: UseCase<z.output<typeof COPY>, { set: number }> = {
  name: 'copyBudget',
  action: 'budget.change',
  input: COPY,
  async decide(client, book, { from, percent, replace = false, year: name }) {
    const year = yearOf(name, book);
    const raise = parseDecimal(percent);
    const most = raise && MOST_PER_CENT * 10n ** BigInt(raise.scale);
    if (!raise || !most || raise.digits > most || raise.digits < -most) {
      return refuse({ code: 'per-cent-malformed', field: 'percent', percent });
    }
    const planned = await plannedIn(client, book.id, year);
    if (planned.length > 0 && !replace) {
      return refuse({ code: 'budget-exists', field: 'year', year: name });
    }
    const before = { from: before12(year.from), to: before12(year.to) };
    const source =
      from === 'actual'
        ? await postedIn(client, book.id, before)
        : await plannedIn(client, book.id, { ...year, ...before });
    const copied = source.map((one) => copyOf(one, raise, book));
    if (copied.length === 0) return refuse({ code: 'nothing-to-copy', field: 'year', year: name });
    const key = ({ account, month, values }: BudgetAmount) =>
      JSON.stringify([account, values, month]);
    const taken = new Set(copied.map(key));
    const gone = planned.filter((one) => !taken.has(key(one)));
    return settingOf(book.id, [...copied, ...gone.map((one) => ({ ...one, amount: '0' }))]);
  },
};

/** Refuses `year-unknown`. */
function yearOf(name: string, { first_year_end, start_date, time_zone }: LockedBook): FiscalYear {
  const period = parsePeriod({ startDate: start_date, firstYearEnd: first_year_end }, name);
  const { last } = budgetMonths(start_date, todayIn(time_zone, Date.now()));
  if (period?.kind === 'year' && monthOf(period.to) <= last) return period.fiscalYear;
  return refuse({ code: 'year-unknown', field: 'year', year: name });
}

const before12 = (date: FiscalYear['from']): Month => addMonths(monthOf(date), -12);

function copyOf({ amount, month, ...one }: BudgetAmount, raise: Decimal, book: LockedBook) {
  const raised = raisedBy(BigInt(amount), raise);
  if (isTooLarge(raised)) {
    const text = decimalText(raised, exponentOf(book.base_currency));
    return refuse({ code: 'amount-too-large', field: 'percent', amount: text });
  }
  return { ...one, month: addMonths(month, 12), amount: `${raised}` };
}

async function plannedIn(
  client: pg.ClientBase,
  book: number,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<BudgetAmount[]> {
  const { rows } = await client.query<BudgetAmount>(
    `select b.account_id as account, (string_to_array(b.value_ids, ',')::int[]) as values, b.month, b.amount::text
     from budget_amounts b join accounts a on a.id = b.account_id
     where b.book_id = $1 and b.month between $2 and $3 and b.amount <> 0 and not a.closed
     order by a.code, b.value_ids, b.month`,
    [book, from.slice(0, 7), to.slice(0, 7)],
  );
  return rows;
}

/** What open accounts of income and expenses earned and cost, without closing entries. */
async function postedIn(
  client: pg.ClientBase,
  book: number,
  { from, to }: { readonly from: Month; readonly to: Month },
): Promise<BudgetAmount[]> {
  const { rows } = await client.query<{
    account: number;
    type: Account['type'];
    month: Month;
    net: string;
  }>(
    `select b.account_id as account, a.type, b.month, (b.debit - b.credit)::text as net
     from account_balances b join accounts a on a.id = b.account_id
     where b.book_id = $1 and b.month between $2 and $3 and not b.closing and not a.closed
       and a.type in ('income', 'expense') and b.debit <> b.credit
     order by a.code, b.month`,
    [book, from, to],
  );
  return rows.map(({ account, month, net, type }) => {
    const amount = normalSide(type) === 'debit' ? BigInt(net) : -BigInt(net);
    return { account, values: [], month, amount: `${amount}` };
  });
}

function settingOf(book: number, amounts: readonly BudgetAmount[]): Decision<{ set: number }> {
  const event: LedgerEvent = { type: 'BudgetSet', amounts };
  return {
    events: [event],
    result: { set: amounts.length },
    async apply(client, position) {
      await client.query(
        `insert into budget_amounts (book_id, account_id, value_ids, month, amount, last_position)
         select $1, account, of, month, amount, $2
         from unnest($3::int[], $4::text[], $5::text[], $6::bigint[]) as own(account, of, month, amount)
         on conflict (account_id, value_ids, month)
         do update set amount = excluded.amount, last_position = excluded.last_position`,
        [
          book,
          position,
          amounts.map(({ account }) => account),
          amounts.map(({ values }) => values.join(',')),
          amounts.map(({ month }) => month),
          amounts.map(({ amount }) => amount),
        ],
      );
    },
  };
}
