// Says how an account counts in the cash flow statement: as cash itself, as something that moved no cash, or under an
// activity. It counts so for all periods.
import { z } from 'zod';
import { CASH_FLOWS, isResultAccount } from '#ledger/domain/account.ts';
import { refuse } from './answer.ts';
import { plain } from './input-shapes.ts';
import { accountByCode } from './load-accounts.ts';
import type { UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({ code: plain(64), cashFlow: z.enum(CASH_FLOWS).nullable() });

export const classifyAccount: UseCase<z.output<typeof INPUT>, { code: string }> = {
  name: 'classifyAccount',
  action: 'account.change',
  input: INPUT,
  async decide(client, book, { cashFlow, code }) {
    const account = await accountByCode(client, book.id, code);
    if (cashFlow !== null && isResultAccount(account.type)) {
      return refuse({ code: 'account-not-balance-sheet', field: 'code', account: code });
    }
    const same = cashFlow === account.cashFlow;
    return {
      events: same ? [] : [{ type: 'AccountClassified', account: account.id, cashFlow }],
      result: { code },
      async apply(db) {
        await db.query('update accounts set cash_flow = $2 where id = $1', [account.id, cashFlow]);
      },
    };
  },
};
