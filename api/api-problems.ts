// From refusals, Fastify's own errors and faults to problem details. Nothing of the inside leaves.
import type { FastifyError, FastifyReply } from 'fastify';
import { PROBLEM_TYPE, type Problem, problemJson } from '#server/session/problem.ts';

/** Thrown by handlers to end a request with a problem; never for faults. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header('retry-after', `${problem.retryAfter}`);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="daybook"');
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_TYPE)
    .send(problemJson(problem));
}

const BODY_PROBLEMS: Readonly<Record<string, Omit<Problem, 'status'>>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'too-large',
    title: 'The body is too large',
    detail: 'An entry may have 10 000 lines; larger files go to imports.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'not-json',
    title: 'The body must be JSON',
    detail: 'Send Content-Type: application/json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'bad-length',
    title: 'The body is not as long as announced',
  },
};

/** The problem of an error, or null when it is a fault of ours. */
export function problemOf(error: FastifyError | Error): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  const { code = '', statusCode = 500 } = error as FastifyError;
  const known = BODY_PROBLEMS[code];
  if (known) return { ...known, status: statusCode };
  if (isAway(error)) {
    return {
      status: 503,
      code: 'ledger-not-reachable',
      title: 'The ledger cannot be reached',
      detail:
        'Reports can be read meanwhile. Ask again with the same Idempotency-Key: it is done once.',
      retryAfter: 2,
    };
  }
  return statusCode < 500
    ? { status: statusCode, code: 'bad-request', title: 'The request cannot be read' }
    : null;
}

const AWAY =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0[123]|08\d{3}|P100[128]|Mongo(Network|ServerSelection)/;

/** Whether a server behind us didn't answer. */
function isAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code = '' } = cause as { code?: unknown };
    if (
      AWAY.test(`${code} ${cause.name}`) ||
      /Connection terminated|timeout exceeded when trying to connect/i.test(cause.message)
    ) {
      return true;
    }
  }
  return false;
}
