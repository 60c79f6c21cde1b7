// Gives an account the words that layouts of statements may pick it by, in place of those that it had.
import { z } from 'zod';
import { TAG } from '#ledger/domain/statement-layout.ts';
import { refuse } from './answer.ts';
import { line, plain } from './input-shapes.ts';
import { accountByCode } from './load-accounts.ts';
import type { UseCase } from './run-in-book.ts';

const MOST_TAGS = 20;

const INPUT = z.strictObject({ code: plain(64), tags: z.array(line(64)).max(MOST_TAGS) });

export const tagAccount: UseCase<z.output<typeof INPUT>, { code: string }> = {
  name: 'tagAccount',
  action: 'account.change',
  input: INPUT,
  async decide(client, book, { code, tags: asked }) {
    const account = await accountByCode(client, book.id, code);
    const wrong = asked.find((tag) => !TAG.test(tag));
    if (wrong !== undefined) return refuse({ code: 'tag-malformed', field: 'tags', tag: wrong });
    const tags = [...new Set(asked)].toSorted();
    const same = tags.join(';') === account.tags.join(';');
    return {
      events: same ? [] : [{ type: 'AccountTagged', account: account.id, tags }],
      result: { code },
      async apply(db) {
        await db.query('update accounts set tags = $2 where id = $1', [account.id, tags]);
      },
    };
  },
};
