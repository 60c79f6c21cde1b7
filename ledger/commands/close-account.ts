// Closes an account: nothing more is posted on it. What stands on it stays on the reports.
import type pg from 'pg';
import { z } from 'zod';
import { type Account, isResultAccount } from '#ledger/domain/account.ts';
import { fiscalYearOf, monthOf } from '#ledger/domain/calendar.ts';
import { exponentOf } from '#ledger/domain/currency.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { decimalsOf } from '#ledger/domain/unit.ts';
import { refuse } from './answer.ts';
import { definedUnits } from './define-unit.ts';
import { plain } from './input-shapes.ts';
import { accountByCode } from './load-accounts.ts';
import { dateFacts, type LockedBook, type UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({ code: plain(64) });

export const closeAccount: UseCase<z.output<typeof INPUT>, { code: string }> = {
  name: 'closeAccount',
  action: 'account.change',
  input: INPUT,
  async decide(client, book, { code }) {
    const account = await accountByCode(client, book.id, code);
    if (account.closed) return refuse({ code: 'account-closed', field: 'code', account: code });
    if (isResultAccount(account.type)) await refuseMovement(client, book, account);
    else await refuseBalance(client, book, account);
    return {
      events: [{ type: 'AccountClosed', account: account.id }],
      result: { code },
      async apply(db) {
        await db.query('update accounts set closed = true where id = $1', [account.id]);
      },
    };
  },
};

/** An asset, a liability or equity is closed at zero. */
async function refuseBalance(client: pg.ClientBase, book: LockedBook, account: Account) {
  const { rows } = await client.query<{ balance: string }>(
    'select coalesce(sum(debit) - sum(credit), 0)::text as balance from account_balances where account_id = $1',
    [account.id],
  );
  const balance = BigInt(rows[0]!.balance);
  const { code } = account;
  if (balance !== 0n) {
    const text = decimalText(balance, exponentOf(book.base_currency));
    refuse({ code: 'account-has-balance', field: 'code', account: code, balance: text });
  }
  const held = await client.query<{ unit: string; quantity: string }>(
    `select unit, sum(debit_quantity - credit_quantity)::text as quantity from unit_balances
     where account_id = $1 group by unit having sum(debit_quantity - credit_quantity) <> 0 order by unit limit 1`,
    [account.id],
  );
  const [holding] = held.rows;
  if (!holding) return;
  const decimals = decimalsOf(holding.unit, await definedUnits(client, book.id)) ?? 0;
  const text = `${decimalText(BigInt(holding.quantity), decimals)} ${holding.unit}`;
  refuse({ code: 'account-has-balance', field: 'code', account: code, balance: text });
}

/** Income and expenses are closed in a year in which nothing moved on them. */
async function refuseMovement(client: pg.ClientBase, book: LockedBook, account: Account) {
  const calendar = { startDate: book.start_date, firstYearEnd: book.first_year_end };
  const year = fiscalYearOf(calendar, dateFacts(book).today);
  const { rowCount } = await client.query(
    `select from account_balances where account_id = $1 and month >= $2 and (debit <> 0 or credit <> 0)
     union all select from unit_balances where account_id = $1 and month >= $2 limit 1`,
    [account.id, monthOf(year.from)],
  );
  if (!rowCount) return;
  refuse({ code: 'account-has-movement', field: 'code', account: account.code, year: year.name });
}
