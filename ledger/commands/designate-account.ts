// Makes an account the control account of customers or suppliers, or an ordinary one again. What stands on it counts from
// then on, for all periods: items are kept of every line that names a party or a document, whatever its account.
import { z } from 'zod';
import { isResultAccount } from '#ledger/domain/account.ts';
import { refuse } from './answer.ts';
import { plain } from './input-shapes.ts';
import { accountByCode } from './load-accounts.ts';
import type { UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({
  code: plain(64),
  controls: z.enum(['receivables', 'payables']).nullable(),
});

export const designateAccount: UseCase<z.output<typeof INPUT>, { code: string }> = {
  name: 'designateAccount',
  action: 'account.change',
  input: INPUT,
  async decide(client, book, { code, controls }) {
    const account = await accountByCode(client, book.id, code);
    if (controls !== null && isResultAccount(account.type)) {
      return refuse({ code: 'account-not-balance-sheet', field: 'code', account: code });
    }
    const same = controls === account.controls;
    return {
      events: same ? [] : [{ type: 'AccountDesignated', account: account.id, controls }],
      result: { code },
      async apply(db) {
        await db.query('update accounts set controls = $2 where id = $1', [account.id, controls]);
      },
    };
  },
};
