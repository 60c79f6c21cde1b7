// What entries in other units are decided against: the units that the book defined, its rates, its rounding account, and
// what the accounts hold of the units. Read only for commands that name a unit.
import type pg from 'pg';
import type { Account, AccountId } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { type Decimal, parseDecimal } from '#ledger/domain/decimal.ts';

export interface UnitNeed {
  readonly unit: string;
  readonly date: CalendarDate;
}

export interface KnownUnits {
  /** Decimals of the asked units that the book defined. */
  readonly defined: ReadonlyMap<string, number>;
  /** Base currency for one of a unit, by unit and day. */
  readonly rates: ReadonlyMap<string, Decimal>;
  readonly roundingAccount: Account | null;
  /** Debit minus credit in the unit's own decimals, by unit and account. */
  readonly balances: Map<string, bigint>;
}

/** For commands that name no unit. */
export const noUnits = (): KnownUnits => ({
  defined: new Map(),
  rates: new Map(),
  roundingAccount: null,
  balances: new Map(),
});

/** Key of a unit together with a day or an account. */
export const unitKey = (unit: string, other: CalendarDate | AccountId): string =>
  `${unit}/${other}`;

const DEFINED = 'select code, decimals from units where book_id = $1 and code = any($2)';

const RATES = `
  select asked.unit, asked.day::text as date, found.rate::text as rate
  from unnest($2::text[], $3::date[]) as asked(unit, day)
  cross join lateral (select rate from rates r where r.book_id = $1 and r.unit = asked.unit and r.day <= asked.day
                      order by r.day desc limit 1) as found`;

const ROUNDING = `
  select a.id, a.code, a.name, a.path, a.type, a.closed, a.controls, a.cash_flow as "cashFlow", a.tags
  from books b join accounts a on a.id = b.rounding_account_id where b.id = $1`;

const BALANCES = `
  select a.id as account, b.unit, sum(b.debit_quantity - b.credit_quantity)::text as quantity
  from accounts a join unit_balances b on b.account_id = a.id
  where a.book_id = $1 and a.code = any($2) and b.unit = any($3) group by a.id, b.unit`;

/** Reads what is known of the units. @param codes of the accounts that the commands name */
export async function loadUnits(
  client: pg.ClientBase,
  book: number,
  codes: readonly string[],
  needs: readonly UnitNeed[],
): Promise<KnownUnits> {
  const units = [...new Set(needs.map(({ unit }) => unit))];
  const [defined, rates, rounding, balances] = await Promise.all([
    client.query<{ code: string; decimals: number }>(DEFINED, [book, units]),
    client.query<UnitNeed & { rate: string }>(RATES, [
      book,
      needs.map(({ unit }) => unit),
      needs.map(({ date }) => date),
    ]),
    client.query<Account>(ROUNDING, [book]),
    client.query<{ account: AccountId; unit: string; quantity: string }>(BALANCES, [
      book,
      codes,
      units,
    ]),
  ]);
  return {
    defined: new Map(defined.rows.map(({ code, decimals }) => [code, decimals])),
    rates: new Map(
      rates.rows.map(({ unit, date, rate }) => [unitKey(unit, date), parseDecimal(rate)!]),
    ),
    roundingAccount: rounding.rows[0] ?? null,
    balances: new Map(
      balances.rows.map(({ account, unit, quantity }) => [
        unitKey(unit, account),
        BigInt(quantity),
      ]),
    ),
  };
}
