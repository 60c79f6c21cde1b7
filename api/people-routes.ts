// Members of a book, and the caller's own API keys.
import type { FastifyInstance } from 'fastify';
import { numberParam, requireCaller } from './api-caller.ts';
import type { ApiRooms } from './api-rooms.ts';
import { bodyWith, commandRoute, jsonText } from './run-command.ts';

const IN = '/api/v1/books/:book';
const JSON_TYPE = 'application/json; charset=utf-8';

export function peopleRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, queries } = rooms;
  app.get(`${IN}/members`, { schema: { summary: 'Members' } }, async (request, reply) => {
    const { book } = await requireCaller(rooms, request, 'member.read');
    return reply.type(JSON_TYPE).send(jsonText({ members: await queries.membersOf(book.id) }));
  });
  app.post(
    `${IN}/members`,
    { schema: { summary: 'Add a member' } },
    commandRoute(rooms, 'member.change', commands.addMember, { status: 201 }),
  );
  app.patch(
    `${IN}/members/:user`,
    { schema: { summary: "Change a member's role" } },
    commandRoute(rooms, 'member.change', commands.changeRole, {
      input: (request) => bodyWith(request, { userId: numberParam(request, 'user') }),
    }),
  );
  app.delete(
    `${IN}/members/:user`,
    { schema: { summary: 'Remove a member' } },
    commandRoute(rooms, 'member.change', commands.removeMember, {
      input: (request) => ({ userId: numberParam(request, 'user') }),
    }),
  );

  app.get(
    `${IN}/api-keys`,
    { schema: { summary: "The caller's API keys" } },
    async (request, reply) => {
      const { book, session } = await requireCaller(rooms, request, 'api-key.own');
      const keys = await queries.apiKeysOf(session.userId, book.id);
      return reply.type(JSON_TYPE).send(jsonText({ apiKeys: keys }));
    },
  );
  app.post(
    `${IN}/api-keys`,
    { schema: { summary: 'Issue an API key, limited to this book; it is shown once' } },
    commandRoute(rooms, 'api-key.own', commands.issueApiKey, {
      status: 201,
      input: (request) => bodyWith(request, { book: (request.params as { book: string }).book }),
    }),
  );
  app.delete(
    `${IN}/api-keys/:key`,
    { schema: { summary: 'Revoke an API key' } },
    commandRoute(rooms, 'api-key.own', commands.revokeApiKey, {
      input: (request) => ({ id: numberParam(request, 'key') }),
    }),
  );
}
