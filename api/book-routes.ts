// Books: one's own list, a new one, settings, the lock, and how far ledger and documents are.
import type { FastifyInstance } from 'fastify';
import { callOf, requireCaller, requireSession } from './api-caller.ts';
import type { ApiRooms } from './api-rooms.ts';
import { findBook } from './book-ids.ts';
import { commandRoute, jsonText, sendAnswer } from './run-command.ts';

export function bookRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, documents, queries } = rooms;

  app.get(
    '/api/v1/books',
    { schema: { summary: 'Books of the caller' } },
    async (request, reply) => {
      const session = await requireSession(rooms, request);
      const access = await queries.accessOfUser(session.userId);
      const known = (access?.memberships ?? []).filter(
        ({ book }) => session.bookLimit === null || session.bookLimit === book,
      );
      const books = await Promise.all(
        known.map(async ({ book, role }) => ({ ...(await queries.bookById(book)), role })),
      );
      return reply.type('application/json; charset=utf-8').send(jsonText({ books }));
    },
  );

  app.post('/api/v1/books', { schema: { summary: 'Create a book' } }, async (request, reply) => {
    const session = await requireSession(rooms, request);
    const call = callOf(request, session);
    const answer = await commands.createBook(call, request.body);
    return sendAnswer(rooms, reply, answer, {
      status: 201,
      dryRun: call.dryRun === true,
      location: ({ slug }) => `/api/v1/books/${slug}`,
    });
  });

  app.get('/api/v1/books/:book', { schema: { summary: 'One book' } }, async (request, reply) => {
    const { book, role } = await requireCaller(rooms, request, 'book.read');
    const whole = await findBook(rooms, book.slug);
    return reply.type('application/json').send(jsonText({ ...whole, role }));
  });

  app.patch(
    '/api/v1/books/:book',
    { schema: { summary: 'Change settings' } },
    commandRoute(rooms, 'book.settings', commands.changeBookSettings),
  );

  app.put(
    '/api/v1/books/:book/locked-through',
    { schema: { summary: 'Lock all days until one' } },
    commandRoute(rooms, 'book.lock', commands.lockThrough),
  );
  app.post(
    '/api/v1/books/:book/reopenings',
    { schema: { summary: 'Open locked days again, with a reason' } },
    commandRoute(rooms, 'book.reopen', commands.reopenDates, { status: 201 }),
  );
  app.put(
    '/api/v1/books/:book/sealed-through',
    { schema: { summary: 'Lock locked days for good' } },
    commandRoute(rooms, 'book.reopen', commands.sealThrough),
  );

  app.get(
    '/api/v1/books/:book/position',
    { schema: { summary: 'Head of the ledger and position of the documents' } },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'book.read');
      const position = await documents.position(book.id);
      const behind = position !== null && position.position < position.head;
      const lagMs = behind ? Math.max(0, Date.now() - Date.parse(position.updatedAt)) : 0;
      return reply
        .header('cache-control', 'no-store')
        .send({ head: position?.head ?? 0, documents: position?.position ?? 0, lagMs });
    },
  );
}
