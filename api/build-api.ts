// The JSON API for programs: thin over the same commands as the screens, on plain Node. Commands parse their input
// themselves; here JSON is only read, strictly.
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import { SAFE_HEADERS } from '#server/session/problem.ts';
import { ProblemError, problemOf, sendProblem } from './api-problems.ts';
import type { ApiRooms, GivenRooms } from './api-rooms.ts';
import { rememberBookIds } from './book-ids.ts';
import { bookRoutes } from './book-routes.ts';
import { budgetRoutes } from './budget-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { importRoutes } from './import-routes.ts';
import { layoutRoutes } from './layout-routes.ts';
import { accountRoutes, entryRoutes, unitRoutes } from './ledger-routes.ts';
import { lineFactRoutes } from './line-fact-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { verificationRoutes } from './verification-routes.ts';

/** An entry of 10 000 lines fits. */
const LARGEST_BODY = 4 * 1024 * 1024;

/** The API over running rooms; nothing is listened on yet. */
export async function buildApi(given: GivenRooms): Promise<FastifyInstance> {
  const rooms: ApiRooms = { ...given, bookId: rememberBookIds(given) };
  const app = Fastify({
    bodyLimit: LARGEST_BODY,
    routerOptions: { maxParamLength: 100 },
    // The front door ends slow requests; uploads may take their time.
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
  });
  app.setValidatorCompiler(() => () => true);
  readJsonStrictly(app);
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(SAFE_HEADERS);
  });
  app.setErrorHandler((error: Error, request, reply) => {
    const problem = problemOf(error);
    if (problem?.status === 503 || !problem)
      rooms.fault(error, `${request.method} ${request.routeOptions.url}`);
    return sendProblem(
      reply,
      problem ?? { status: 500, code: 'fault', title: 'Something went wrong on our side' },
    );
  });
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: 'not-found', title: 'There is no such address' }),
  );
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Daybook', version: '1', description: 'Commands and look-ups of a book.' },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
  });
  await app.register(async (part) => {
    bookRoutes(part, rooms);
    accountRoutes(part, rooms);
    entryRoutes(part, rooms);
    unitRoutes(part, rooms);
    lineFactRoutes(part, rooms);
    budgetRoutes(part, rooms);
    layoutRoutes(part, rooms);
    groupRoutes(part, rooms);
    exportRoutes(part, rooms);
    peopleRoutes(part, rooms);
  });
  await app.register(async (part) => importRoutes(part, rooms));
  await app.register(async (part) => verificationRoutes(part, rooms));
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  return app;
}

function readJsonStrictly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    // A command without fields (closing an account) may come without a body.
    if (body.length === 0) return done(null, undefined);
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer);
      done(null, JSON.parse(text));
    } catch (reason) {
      const title =
        reason instanceof SyntaxError ? 'The body is not JSON' : 'The body is not UTF-8';
      const code = reason instanceof SyntaxError ? 'not-json' : 'not-utf-8';
      done(new ProblemError({ status: 400, code, title }));
    }
  });
}
