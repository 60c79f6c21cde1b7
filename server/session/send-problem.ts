// Sends problem details over plain node:http.
import type { ServerResponse } from 'node:http';
import { PROBLEM_TYPE, type Problem, problemJson, SAFE_HEADERS } from './problem.ts';

/** Answers a request with what is wrong with it. */
export function sendProblem(response: ServerResponse, problem: Problem): void {
  const body = Buffer.from(problemJson(problem));
  response.writeHead(problem.status, {
    ...SAFE_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(problem.status === 401 ? { 'www-authenticate': 'Bearer realm="daybook"' } : {}),
    ...(problem.retryAfter === undefined ? {} : { 'retry-after': `${problem.retryAfter}` }),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
