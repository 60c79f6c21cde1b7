// Sends the requests of a plan in turn, checks each answer, and asks what follows it.
import { randomBytes } from 'node:crypto';
import type { Answer } from './answer-reader.ts';
import type { Connection } from './connection.ts';
import type { LoadPlan, LoadRequest } from './load-plan.ts';
import { notServed, type Tally } from './tally.ts';

/** @param counts whether it is measured. @param since from when. @param free called when the connection is idle again */
export type Send = (
  connection: Connection,
  counts: boolean,
  since: number,
  free: () => void,
) => void;

export function sender({ origin, requests }: LoadPlan, tally: Tally): Send {
  const host = new URL(origin).host;
  const run = randomBytes(6).toString('hex');
  const prepared = requests.map((request) => wire(host, request, ''));
  let turn = 0;
  return (connection, counts, since, free) => {
    const at = turn++ % requests.length;
    const request = requests[at]!;
    const posts = request.body !== undefined;
    const bytes = posts ? wire(host, request, `${run}-${turn}`) : prepared[at]!;
    const sent = performance.now();
    connection.ask(bytes, posts, (answer) => {
      const now = performance.now();
      const position = note(tally, request, answer, counts ? now - since : null);
      if (request.follow === undefined || position === null) return free();
      const path = request.follow.path.replace('{position}', `${position}`);
      const { headers } = request.follow;
      const next = wire(host, { method: 'GET', path, headers, expect: 200 }, '');
      tally.following++;
      connection.ask(next, false, (second) => {
        tally.following--;
        noteFollow(
          tally,
          second,
          counts ? [performance.now() - now, performance.now() - sent] : null,
        );
        free();
      });
    });
  };
}

/** @returns the position that the answer gave, null where it gave none or wasn't what was expected. */
function note(
  tally: Tally,
  { body, expect }: LoadRequest,
  answer: Answer | Error,
  took: number | null,
): number | null {
  if (answer instanceof Error || answer.status !== expect) {
    if (isBusy(answer)) notServed(tally, tally.latency);
    else countError(tally, answer, '');
    return null;
  }
  if (took !== null) {
    tally.answered++;
    tally.bytes += answer.bytes;
    tally.latency.add(took);
  }
  if (body === undefined) return null;
  const position = +(/"position":(\d+)/.exec(answer.body)?.[1] ?? 0);
  tally.position = Math.max(tally.position, position);
  return position;
}

function noteFollow(
  tally: Tally,
  answer: Answer | Error,
  took: readonly [fromAnswer: number, fromSend: number] | null,
): void {
  if (isBusy(answer)) notServed(tally, tally.follow);
  else if (answer instanceof Error || answer.status !== 200) countError(tally, answer, 'then ');
  else if (took) {
    tally.follow.add(took[0]);
    tally.followFromSend.add(took[1]);
  }
}

const isBusy = (answer: Answer | Error): boolean =>
  !(answer instanceof Error) && answer.status === 503;

function countError(tally: Tally, answer: Answer | Error, when: string): void {
  const why =
    answer instanceof Error ? answer.message : `${answer.status} ${answer.body.slice(0, 300)}`;
  const key = `${when}${why}`.trim();
  tally.errors[key] = (tally.errors[key] ?? 0) + 1;
}

function wire(host: string, request: LoadRequest, id: string): Buffer {
  const { method, path, body } = request;
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`];
  for (const [name, value] of Object.entries(request.headers)) lines.push(`${name}: ${value}`);
  if (body === undefined) return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  lines.push('content-type: application/json', `idempotency-key: ${id}`);
  lines.push(`content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
