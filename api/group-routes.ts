// The members of a group: other books whose balances are added to its own entries.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireCaller } from './api-caller.ts';
import { ProblemError } from './api-problems.ts';
import type { ApiCommand, ApiRooms } from './api-rooms.ts';
import { bodyWith, commandRoute, jsonText } from './run-command.ts';

const IN = '/api/v1/books/:book/group-members';

/** The other book, which the path names. */
const memberOf = (request: FastifyRequest) => ({
  book: (request.params as { member: string }).member,
});

export function groupRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, queries } = rooms;
  app.get(IN, { schema: { summary: 'Books that belong to the group' } }, async (request, reply) => {
    const { book } = await requireCaller(rooms, request, 'group.read');
    return reply
      .type('application/json; charset=utf-8')
      .send(jsonText({ groupMembers: await queries.groupMembers(book.id) }));
  });
  app.post(
    IN,
    { schema: { summary: 'Add a book to the group' } },
    opensAnotherBook(rooms, commands.addGroupMember, { status: 201 }),
  );
  app.patch(
    `${IN}/:member`,
    { schema: { summary: 'Change the name, the intercompany accounts or the mapping of a book' } },
    opensAnotherBook(rooms, commands.changeGroupMember, {
      input: (request) => bodyWith(request, memberOf(request)),
    }),
  );
  app.delete(
    `${IN}/:member`,
    { schema: { summary: 'Remove a book from the group' } },
    commandRoute(rooms, 'group.change', commands.removeGroupMember, { input: memberOf }),
  );
}

/** A route whose command reads a second book, which no key that is limited to one book may. */
function opensAnotherBook<Result>(
  rooms: ApiRooms,
  command: ApiCommand<Result>,
  options: { readonly status?: number; input?(request: FastifyRequest): unknown },
) {
  const route = commandRoute(rooms, 'group.change', command, options);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { session } = await requireCaller(rooms, request, 'group.change');
    if (session.bookLimit === null) return route(request, reply);
    throw new ProblemError({
      status: 403,
      code: 'key-limited',
      title: 'This key is limited to one book',
      detail: 'Adding a book to a group reads that book. Use a key of all your books.',
    });
  };
}
