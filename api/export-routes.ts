// A whole book as a file, streamed.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { requireCaller } from './api-caller.ts';
import { ProblemError } from './api-problems.ts';
import type { ApiRooms } from './api-rooms.ts';

const EXTENSIONS = { hledger: 'journal', beancount: 'beancount' } as const;
const FORMATS = Object.keys(EXTENSIONS);
const isFormat = (text: unknown): text is keyof typeof EXTENSIONS =>
  typeof text === 'string' && Object.hasOwn(EXTENSIONS, text);

export function exportRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  app.get(
    '/api/v1/books/:book/export',
    { schema: { summary: 'The whole book as a file' } },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'history.read');
      const { format = 'hledger' } = request.query as Record<string, string | string[] | undefined>;
      if (!isFormat(format)) {
        throw new ProblemError({
          status: 400,
          code: 'unknown-format',
          title: 'There is no such format',
          detail: `A book is written as ${FORMATS.join(', ')}.`,
          field: 'format',
        });
      }
      return reply
        .type('text/plain; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .header('content-disposition', `attachment; filename="${book.slug}.${EXTENSIONS[format]}"`)
        .send(Readable.from(rooms.exportBook(book.id, format)));
    },
  );
}
