// Makes the load of a plan over its connections, closed or open, and counts. Nothing is waited for longer than the
// grace after the end: what has no answer by then was not served.
import { randomBytes } from 'node:crypto';
import { chanceFrom } from '#server/demo/random.ts';
import type { Answer } from './answer-reader.ts';
import { type Connection, openConnection } from './connection.ts';
import type { LoadOutcome, LoadPlan, LoadRequest, Pace } from './load-plan.ts';
import { type Latencies, latencies } from './spread.ts';

const GRACE_MS = 12_000;
const SEED = 20_261_130;

interface Tally {
  readonly latency: Latencies;
  readonly generatorLate: Latencies;
  readonly follow: Latencies;
  readonly followFromSend: Latencies;
  readonly errors: Record<string, number>;
  answered: number;
  unserved: number;
  bytes: number;
  position: number;
}

export interface RunningLoad {
  /** Ends before its time, with what there is. */
  stop(): void;
  readonly done: Promise<LoadOutcome>;
}

/** @param began told when the warm-up is over. */
export function makeLoad(plan: LoadPlan, began: () => void): RunningLoad {
  const send = sender(plan);
  const tally: Tally = {
    latency: latencies(),
    generatorLate: latencies(),
    follow: latencies(),
    followFromSend: latencies(),
    errors: {},
    answered: 0,
    unserved: 0,
    bytes: 0,
    position: 0,
  };
  const idle = Array.from({ length: plan.connections }, () => openConnection(plan.origin));
  const all = [...idle];
  const start = performance.now();
  const from = start + plan.warmUpSeconds * 1000;
  let until = from + plan.seconds * 1000;
  let cpu = process.cpuUsage();
  setTimeout(() => {
    cpu = process.cpuUsage();
    began();
  }, plan.warmUpSeconds * 1000);
  const pace = plan.pace.kind === 'open' ? openPace(plan.pace, start) : null;
  const waiting: number[] = [];
  let inFlight = 0;
  let end: (outcome: LoadOutcome) => void;
  const done = new Promise<LoadOutcome>((resolve) => {
    end = resolve;
  });

  const ask = (connection: Connection, due: number, late: boolean) => {
    const now = performance.now();
    if (!late && pace && due >= from) tally.generatorLate.add(now - due);
    inFlight++;
    send(connection, tally, due >= from, pace ? due : now, () => {
      inFlight--;
      const next = waiting.shift();
      if (next !== undefined) ask(connection, next, true);
      else if (!pace && performance.now() < until) ask(connection, performance.now(), false);
      else idle.push(connection);
    });
  };
  const sendDue = () => {
    const now = performance.now();
    if (now >= until) return finish();
    for (; pace!.due() <= now; pace!.next()) {
      // The connection used last is the one least likely to have been closed meanwhile.
      const connection = idle.pop();
      if (connection) ask(connection, pace!.due(), false);
      else waiting.push(pace!.due());
    }
    setTimeout(sendDue, Math.max(0, Math.min(pace!.due(), until) - performance.now()));
  };
  const finish = () => {
    const used = process.cpuUsage(cpu);
    const seconds = (Math.min(performance.now(), until) - from) / 1000;
    // A closed loop's rate is of what was answered in time; its last answers are still checked.
    const inTime = tally.answered;
    const limit = performance.now() + GRACE_MS;
    const settle = () => {
      if (inFlight + waiting.length > 0 && performance.now() < limit) {
        setTimeout(settle, 20);
        return;
      }
      for (let left = inFlight + waiting.length; left > 0; left--) notServed(tally, tally.latency);
      for (const connection of all) connection.close();
      const answered = pace ? tally.answered : inTime;
      end(outcomeOf(tally, answered, seconds, (used.user + used.system) / 1e6));
    };
    settle();
  };
  if (pace) sendDue();
  else {
    for (const connection of idle.splice(0)) ask(connection, start, false);
    const watch = () => (performance.now() >= until ? finish() : setTimeout(watch, 5));
    watch();
  }
  return {
    stop() {
      until = Math.min(until, performance.now());
    },
    done,
  };
}

/** When requests are due: evenly, or by chance with the same mean (a fixed seed: every run has the same moments). */
function openPace(pace: Extract<Pace, { kind: 'open' }>, start: number) {
  const chance = chanceFrom(SEED);
  const mean = 1000 / pace.perSecond;
  let due = start;
  return {
    due: () => due,
    next() {
      due += pace.arrivals === 'even' ? mean : -Math.log(1 - chance.fraction()) * mean;
    },
  };
}

/** Sends the plan's requests in turn and counts each answer, and what followed it. */
function sender({ origin, requests }: LoadPlan) {
  const host = new URL(origin).host;
  const run = randomBytes(6).toString('hex');
  const plain = requests.map((request) => wire(host, request, ''));
  let turn = 0;
  return (
    connection: Connection,
    tally: Tally,
    counts: boolean,
    since: number,
    free: () => void,
  ) => {
    const at = turn++ % requests.length;
    const request = requests[at]!;
    const bytes = request.body === undefined ? plain[at]! : wire(host, request, `${run}-${turn}`);
    const sent = performance.now();
    connection.ask(bytes, request.body !== undefined, (answer) => {
      const now = performance.now();
      const position = note(tally, request, answer, counts && now - since, request.expect);
      if (request.follow === undefined || position === null) return free();
      const { headers, path } = request.follow;
      const after = { method: 'GET', path: path.replace('{position}', `${position}`), headers };
      connection.ask(wire(host, { ...after, method: 'GET', expect: 200 }, ''), false, (second) => {
        if (isBusy(second)) notServed(tally, tally.follow);
        else if (second instanceof Error || second.status !== 200)
          count(tally, second, 'follow-up ');
        else if (counts) {
          tally.follow.add(performance.now() - now);
          tally.followFromSend.add(performance.now() - sent);
        }
        free();
      });
    });
  };
}

/** @returns the position that the answer gave, null where it gave none or was wrong. */
function note(
  tally: Tally,
  request: LoadRequest,
  answer: Answer | Error,
  took: number | false,
  expect: number,
): number | null {
  if (isBusy(answer)) {
    notServed(tally, tally.latency);
    return null;
  }
  if (answer instanceof Error || answer.status !== expect) {
    count(tally, answer, '');
    return null;
  }
  if (took !== false) {
    tally.answered++;
    tally.bytes += answer.bytes;
    tally.latency.add(took);
  }
  if (request.body === undefined) return null;
  const position = +(/"position":(\d+)/.exec(answer.body)?.[1] ?? 0);
  tally.position = Math.max(tally.position, position);
  return position;
}

const isBusy = (answer: Answer | Error): boolean =>
  !(answer instanceof Error) && answer.status === 503;

function notServed(tally: Tally, of: Latencies): void {
  tally.unserved++;
  of.add(GRACE_MS);
}

function count(tally: Tally, answer: Answer | Error, what: string): void {
  const why =
    answer instanceof Error
      ? `${what}${answer.message}`
      : `${what}${answer.status} ${answer.body.slice(0, 300)}`.trim();
  tally.errors[why] = (tally.errors[why] ?? 0) + 1;
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

const outcomeOf = (
  tally: Tally,
  answered: number,
  seconds: number,
  cpuSeconds: number,
): LoadOutcome => ({
  seconds,
  answered,
  perSecond: answered / seconds,
  errors: tally.errors,
  unserved: tally.unserved,
  latency: tally.latency.spread(),
  generatorLate: tally.generatorLate.spread(),
  follow: tally.follow.spread(),
  followFromSend: tally.followFromSend.spread(),
  bytes: tally.bytes,
  position: tally.position,
  cpuSeconds,
});
