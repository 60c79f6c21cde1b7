// Lays out a statement of the book: which lines it has and which accounts stand under them. It holds for all periods.
import { z } from 'zod';
import type { LedgerEvent } from '#ledger/domain/events.ts';
import {
  type LayoutLine,
  type Layouts,
  LINE_KINDS,
  LONGEST_LINE_NAME,
  LONGEST_PICKS,
  layoutProblem,
  layoutsText,
  MOST_LAYOUT_LINES,
  STATEMENTS,
} from '#ledger/domain/statement-layout.ts';
import { refuse } from './answer.ts';
import { line } from './input-shapes.ts';
import type { UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({
  statement: z.enum(STATEMENTS),
  lines: z
    .array(
      z.strictObject({
        level: z.int().min(0).max(10),
        kind: z.enum(LINE_KINDS).default('group'),
        name: line(LONGEST_LINE_NAME),
        accounts: line(LONGEST_PICKS).default(''),
      }),
    )
    .max(MOST_LAYOUT_LINES),
});

export const setStatementLayout: UseCase<z.output<typeof INPUT>, { statement: string }> = {
  name: 'setStatementLayout',
  action: 'book.settings',
  input: INPUT,
  async decide(client, book, { lines: asked, statement }) {
    const problem = layoutProblem(statement, asked);
    if (problem) {
      const field = problem.line === null ? 'lines' : `lines.${problem.line}`;
      return refuse({ code: 'layout-malformed', field, problem: problem.problem });
    }
    const lines = asked.map(
      ({ accounts, kind, level, name }): LayoutLine => ({ level, kind, name, accounts }),
    );
    const { rows } = await client.query<{ layouts: string }>(
      'select layouts from books where id = $1',
      [book.id],
    );
    const before = rows[0]!.layouts;
    const after = layoutsText({ ...(JSON.parse(before) as Layouts), [statement]: lines });
    const event: LedgerEvent = { type: 'StatementLayoutSet', statement, lines };
    return {
      events: after === before ? [] : [event],
      result: { statement },
      async apply(db) {
        await db.query('update books set layouts = $2 where id = $1', [book.id, after]);
      },
    };
  },
};
