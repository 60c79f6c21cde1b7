// What income and expenses are planned to be.
import type { FastifyInstance } from 'fastify';
import { parseMonth } from '#ledger/domain/budget.ts';
import { requireCaller } from './api-caller.ts';
import { sendProblem } from './api-problems.ts';
import type { ApiRooms } from './api-rooms.ts';
import { commandRoute, jsonText } from './run-command.ts';

const IN = '/api/v1/books/:book/budget';

export function budgetRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, queries } = rooms;
  app.get(
    IN,
    { schema: { summary: 'The budget from one month to another; amounts in minor units' } },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'report.read');
      const { from, to } = request.query as Readonly<Record<string, unknown>>;
      const [first, last] = [parseMonth(`${from}`), parseMonth(`${to}`)];
      if (!first || !last) {
        return sendProblem(reply, {
          ...{ status: 400, code: 'month-malformed', title: 'Not a month' },
          detail: 'Say from when to when: ?from=2026-01&to=2026-12.',
        });
      }
      const lines = await queries.budget(book.id, first, last);
      return reply.type('application/json; charset=utf-8').send(jsonText({ lines }));
    },
  );
  app.put(
    IN,
    { schema: { summary: 'Set amounts of the budget' } },
    commandRoute(rooms, 'budget.change', commands.setBudget),
  );
  app.post(
    `${IN}/copy`,
    { schema: { summary: 'Plan a year like the one before, so many per cent more' } },
    commandRoute(rooms, 'budget.change', commands.copyBudget),
  );
}
