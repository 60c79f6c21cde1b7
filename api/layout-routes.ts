// How a book's statements are laid out.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { layoutOf } from '#ledger/domain/layout-presets.ts';
import { STATEMENTS } from '#ledger/domain/statement-layout.ts';
import { requireCaller } from './api-caller.ts';
import type { ApiRooms } from './api-rooms.ts';
import { bodyWith, commandRoute, jsonText } from './run-command.ts';

const IN = '/api/v1/books/:book/layouts';

export function layoutRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  app.get(
    IN,
    { schema: { summary: 'Lines of balance sheet, income statement and cash flow statement' } },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'account.read');
      const own = await rooms.queries.layouts(book.id);
      const layouts = STATEMENTS.map((statement) => [statement, layoutOf(own, statement)]);
      return reply
        .type('application/json; charset=utf-8')
        .send(jsonText({ layouts: Object.fromEntries(layouts) }));
    },
  );
  app.put(
    `${IN}/:statement`,
    { schema: { summary: 'Lay out a statement' } },
    commandRoute(rooms, 'book.settings', rooms.commands.setStatementLayout, {
      input: (request: FastifyRequest) =>
        bodyWith(request, { statement: (request.params as { statement: string }).statement }),
    }),
  );
}
