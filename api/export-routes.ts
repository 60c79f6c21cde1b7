// A whole book as a file, streamed: as fast as the client takes it, from one snapshot of the ledger.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { requireCaller } from './api-caller.ts';
import { ProblemError } from './api-problems.ts';
import type { ApiRooms, ExportFormat } from './api-rooms.ts';

const FILES: Readonly<Record<ExportFormat, { extension: string; type: string }>> = {
  hledger: { extension: 'journal', type: 'text/plain' },
  beancount: { extension: 'beancount', type: 'text/plain' },
  saft: { extension: 'xml', type: 'application/xml' },
};
const FORMATS = Object.keys(FILES);
const isFormat = (text: unknown): text is ExportFormat =>
  typeof text === 'string' && Object.hasOwn(FILES, text);

/** Each holds a connection for as long as its client takes: others must find one too. */
const MOST_AT_ONCE = 4;

export function exportRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  let running = 0;
  const enter = () => {
    if (running >= MOST_AT_ONCE) {
      throw new ProblemError({
        status: 503,
        code: 'exports-busy',
        title: 'Other books are being written',
        detail: `${MOST_AT_ONCE} books are written at a time. Ask again in a moment.`,
        retryAfter: 5,
      });
    }
    running += 1;
  };
  const schema = {
    summary: 'The whole book as a file: hledger journal, Beancount or SAF-T Financial NO 1.30',
    querystring: {
      type: 'object',
      properties: { format: { type: 'string', enum: FORMATS, default: 'hledger' } },
    },
  };
  app.get('/api/v1/books/:book/export', { schema }, async (request, reply) => {
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
    enter();
    const opened = await rooms.openExport(book.id, format).catch((fault: unknown) => {
      running -= 1;
      throw fault;
    });
    if ('obstacle' in opened) {
      running -= 1;
      throw new ProblemError({
        status: 422,
        code: 'format-cannot-hold-book',
        title: 'This format has no way to write the book',
        detail: `${opened.obstacle} Ask for another format.`,
        field: 'format',
      });
    }
    const name = `${book.slug}-${opened.position}.${FILES[format].extension}`;
    reply
      .type(`${FILES[format].type}; charset=utf-8`)
      .header('cache-control', 'private, no-store')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-ledger-position', `${opened.position}`);
    // Closed at the end, by a fault, or because the client went away, even before it took anything.
    const body = Readable.from(request.method === 'HEAD' ? [] : opened.text);
    body.once('error', (fault) => rooms.fault(fault, 'a book on its way into a file'));
    body.once('close', () => {
      running -= 1;
      opened.close();
    });
    return reply.send(body);
  });
}
