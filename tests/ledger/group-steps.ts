// One step of a made-up sequence of commands, sent to a book; and a book's content without what differs from book to
// book: ids of accounts are shown as codes, times and hashes are left to `verify`.
import { randomUUID } from 'node:crypto';
import type { Answer, CommandCall } from '#ledger/commands/ledger-commands.ts';
import { accepted, CHART, type OpenBook } from './open-book.ts';

interface Common {
  readonly id: string;
  readonly who: string;
}

export type Step = Common &
  (
    | {
        readonly do: 'post';
        readonly dryRun: boolean;
        readonly debit: string;
        readonly credit: string;
        readonly amount: string;
        readonly date: string;
        readonly memo: string;
      }
    | { readonly do: 'reverse'; readonly number: number; readonly date: string | null }
    | {
        readonly do: 'open' | 'close' | 'lock' | 'role';
        readonly code: string;
        readonly date: string | null;
        readonly role: string;
      }
  );

/** A book with the test's chart, and the clerk as its accountant. @returns its id */
export async function newBook({ commands, ownerId }: OpenBook): Promise<number> {
  const actor = { userId: ownerId, via: 'session' } as const;
  const { id } = accepted(
    await commands.createBook(
      { actor, commandId: randomUUID() },
      {
        name: 'Group Ltd',
        slug: `g-${randomUUID().slice(0, 13)}`,
        baseCurrency: 'EUR',
        startDate: '2026-01-01',
        firstYearEnd: '2026-12-31',
        chart: 'empty',
      },
    ),
  );
  const call = () => ({ actor, book: id, commandId: `setup-${randomUUID()}` });
  for (const [code, name, path, type] of CHART) {
    accepted(await commands.openAccount(call(), { code, name, path, type }));
  }
  accepted(await commands.addMember(call(), { email: 'clerk@example.org', role: 'accountant' }));
  return id;
}

/** Runs the step's command. @returns its answer, without ids of accounts */
export async function send(
  { commands, ownerId }: OpenBook,
  book: number,
  step: Step,
  clerk: number,
): Promise<unknown> {
  const userId = { owner: ownerId, clerk }[step.who] ?? 999_999;
  const call: CommandCall = { actor: { userId, via: 'session' }, book, commandId: step.id };
  return withoutId(await run(commands, call, step, clerk));
}

function run(
  commands: OpenBook['commands'],
  call: CommandCall,
  step: Step,
  clerk: number,
): Promise<Answer<unknown>> {
  switch (step.do) {
    case 'post': {
      const { amount, credit, date, debit, dryRun, memo } = step;
      const lines = [
        { account: debit, side: 'debit', amount, memo },
        { account: credit, side: 'credit', amount: amount === '1.00' ? '1' : amount },
      ];
      const lopsided =
        debit === credit ? lines.slice(0, 1).concat({ ...lines[0]!, amount: '9' }) : lines;
      const input = { date, description: `${debit} to ${credit}`, lines: lopsided };
      return commands.postJournalEntry({ ...call, dryRun }, input);
    }
    case 'reverse':
      return commands.reverseEntry(call, { number: step.number, date: step.date, reason: 'wrong' });
    case 'open':
      return commands.openAccount(call, { code: step.code, name: step.code, type: 'asset' });
    case 'close':
      return commands.closeAccount(call, { code: step.code });
    case 'lock':
      return commands.lockThrough(call, { date: step.date });
    case 'role':
      return commands.changeRole(call, { userId: clerk, role: step.role });
  }
}

function withoutId(answer: unknown): unknown {
  const { result, ...rest } = answer as { result?: Record<string, unknown> };
  const { id: _, ...others } = result ?? {};
  return { ...rest, result: others };
}

/** Everything that a book's commands left, comparable with another book's. */
export async function bookContent({ store }: OpenBook, book: number): Promise<unknown> {
  const select = async (sql: string) => (await store.pool.query(sql, [book])).rows;
  const accounts = await select('select id, code, closed from accounts where book_id = $1');
  const codes = new Map(accounts.map(({ id, code }) => [id, code]));
  const events = await select(
    `select position, type, user_id, convert_from(bytes, 'UTF8')::jsonb as content
     from events where book_id = $1 order by position`,
  );
  const receipts = await store.pool.query(
    `select command_id, encode(payload_hash, 'hex') as hash, answer from command_receipts
     where scope = $1 and command_id not like 'setup-%' order by 1`,
    [`book:${book}`],
  );
  return {
    book: await select('select head, last_number, locked_through::text from books where id = $1'),
    accounts: accounts.map(({ closed, code }) => `${code} ${closed}`).sort(),
    events: events.map((event) => ({ ...event, content: withCodes(event.content, codes) })),
    entries: await select(
      `select e.number, e.entry_date::text, e.kind, e.position, e.user_id, r.number as reverses, e.description
       from journal_entries e left join journal_entries r on r.id = e.reverses_id where e.book_id = $1 order by 1`,
    ),
    balances: await select(
      `select a.code, b.month, b.closing, b.debit, b.credit, b.last_position from account_balances b
       join accounts a on a.id = b.account_id where b.book_id = $1 order by 1, 2, 3`,
    ),
    receipts: receipts.rows.map((row) => ({ ...row, answer: withoutId(row.answer) })),
  };
}

function withCodes(
  content: Record<string, unknown>,
  codes: ReadonlyMap<unknown, unknown>,
): unknown {
  const { account, lines, slug: _, ...rest } = content;
  const asCodes = (lines as { account: number }[] | undefined)?.map((line) => ({
    ...line,
    account: codes.get(line.account),
  }));
  return { ...rest, account: codes.get(account), lines: asCodes };
}
