// Did this book produce that document? A digest with what the paper says, or a whole PDF.
import type { FastifyInstance } from 'fastify';
import type { ClaimFault } from '#workers/verdict.ts';
import { requireCaller } from './api-caller.ts';
import { ProblemError } from './api-problems.ts';
import type { ApiRooms } from './api-rooms.ts';
import { jsonText } from './run-command.ts';

/** A general ledger of some 300 000 lines. */
const LARGEST_PDF = 32 * 1024 * 1024;
/** Files in memory at once. */
const MOST_AT_ONCE = 4;

const FAULTS: Readonly<Record<ClaimFault | 'busy', Omit<Problem, 'code'>>> = {
  'not-a-pdf': {
    title: 'The file is not a PDF',
    detail: 'Upload a PDF that was downloaded from Daybook, or type the digest from its footer.',
  },
  'no-stamp': {
    title: 'The file names no ledger position and digest',
    detail:
      'Either it does not come from Daybook, or another program saved it anew and took them away. Type what stands in its footer instead.',
  },
  'bad-digest': {
    title: 'That is no digest',
    detail:
      'A digest has 64 figures from 0 to 9 and a to f; its first twelve stand in the footer of the PDF and will do.',
    field: 'digest',
  },
  'unknown-report': {
    title: 'There is no such report',
    detail: 'Choose the report whose name stands on the paper.',
    field: 'report',
  },
  'bad-period': {
    title: 'The report has no such period',
    detail: 'Write a month as 2026-03, a quarter as 2026-Q1, a fiscal year as 2026.',
    field: 'period',
  },
  'no-such-position': {
    title: 'The book has no such ledger position',
    detail: 'Its events have not come that far. The position stands in the footer of the PDF.',
    field: 'position',
  },
  busy: {
    title: 'Other documents are being verified',
    detail: 'One is recomputed at a time. Ask again in a moment.',
  },
};

interface Problem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field?: string;
}

const refuse = (code: ClaimFault | 'busy'): never => {
  const busy = code === 'busy';
  const retry = busy ? { retryAfter: 5 } : {};
  throw new ProblemError({ status: busy ? 503 : 400, code, ...FAULTS[code], ...retry });
};

export function verificationRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  let running = 0;
  app.addContentTypeParser(
    'application/pdf',
    { parseAs: 'buffer', bodyLimit: LARGEST_PDF },
    (_request, body, done) => done(null, body),
  );
  const schema = {
    summary: 'Whether this book produced a document: a PDF, or {digest, report, period, position}',
    consumes: ['application/pdf', 'application/json'],
  };
  app.post(
    '/api/v1/books/:book/verifications',
    {
      schema,
      bodyLimit: LARGEST_PDF,
      // Before the body is read: strangers send nothing into memory, and not too many do at once.
      async onRequest(request) {
        await requireCaller(rooms, request, 'report.read');
        if (running >= MOST_AT_ONCE) refuse('busy');
      },
      errorHandler(error, _request, _reply) {
        if ((error as { code?: string }).code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
        throw new ProblemError({
          status: 413,
          code: 'too-large',
          title: 'The file is too large to be verified',
          detail: `At most ${LARGEST_PDF / 1024 / 1024} MB. Type the digest from its footer instead.`,
        });
      },
    },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'report.read');
      running++;
      try {
        const verdict = await rooms.verify(book.id, claimOf(request.body));
        if (typeof verdict === 'string') return refuse(verdict);
        return await reply
          .header('cache-control', 'private, no-store')
          .type('application/json; charset=utf-8')
          .send(jsonText(verdict));
      } finally {
        running--;
      }
    },
  );
}

function claimOf(body: unknown) {
  if (Buffer.isBuffer(body)) return { pdf: new Uint8Array(body) };
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const { position } = given;
  const at = typeof position === 'number' ? `${position}` : text('position');
  if (at !== undefined && !/^[1-9]\d{0,8}$/.test(at)) refuse('no-such-position');
  return {
    digest: text('digest')?.toLowerCase(),
    report: text('report'),
    period: text('period'),
    position: at === undefined ? undefined : Number(at),
  };
}
