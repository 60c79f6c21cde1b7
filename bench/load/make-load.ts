// Makes the load of a plan over its connections, closed or open, and counts. Nothing is waited for longer than the
// grace after the end: what has no answer by then was not served.
import { setTimeout as sleep } from 'node:timers/promises';
import { chanceFrom } from '#server/demo/random.ts';
import { type Connection, openConnection } from './connection.ts';
import type { LoadOutcome, LoadPlan, Pace } from './load-plan.ts';
import { type Send, sender } from './send-request.ts';
import { GRACE_MS, newTally, notServed, outcomeOf, type Tally } from './tally.ts';

const SEED = 20_261_130;

/** Moments on the process's clock. */
interface Hours {
  readonly start: number;
  /** The warm-up is over. */
  readonly from: number;
  until: number;
}

/** @returns how many requests have no answer at the moment */
type Unanswered = () => number;

export interface RunningLoad {
  /** Ends before its time, with what there is. */
  stop(): void;
  readonly done: Promise<LoadOutcome>;
}

/** @param began told when the warm-up is over. */
export function makeLoad(plan: LoadPlan, began: () => void): RunningLoad {
  const tally = newTally();
  const start = performance.now();
  const from = start + plan.warmUpSeconds * 1000;
  const hours: Hours = { start, from, until: from + plan.seconds * 1000 };
  const connections = Array.from({ length: plan.connections }, () => openConnection(plan.origin));
  const send = sender(plan, tally);
  let cpu = process.cpuUsage();
  setTimeout(() => {
    cpu = process.cpuUsage();
    began();
  }, plan.warmUpSeconds * 1000);
  const awake = plan.pace.kind === 'closed' && plan.pace.awake;
  const idle = awake ? stayAwake(hours, tally) : () => 0;
  const unanswered =
    plan.pace.kind === 'closed'
      ? closedLoop(connections, hours, send)
      : openLoop(connections, hours, send, plan.pace, tally);
  const end = async (): Promise<LoadOutcome> => {
    while (performance.now() < hours.until) await sleep(5);
    const used = process.cpuUsage(cpu);
    const seconds = (performance.now() - from) / 1000;
    const closedAnswers = tally.answered;
    for (let left = GRACE_MS; unanswered() > 0 && left > 0; left -= 20) await sleep(20);
    // Whoever has an answer and waits for what follows was served so far.
    const { following } = tally;
    for (let left = unanswered() - following; left > 0; left--) notServed(tally, tally.latency);
    for (let left = following; left > 0; left--) notServed(tally, tally.follow);
    for (const connection of connections) connection.close();
    // The rate of a closed loop is of what was answered in time; of an open one of what was due in time.
    const answered = plan.pace.kind === 'closed' ? closedAnswers : tally.answered;
    const busySeconds = (used.user + used.system - idle()) / 1e6;
    return outcomeOf(tally, { answered, seconds, busySeconds });
  };
  return {
    stop() {
      hours.until = Math.min(hours.until, performance.now());
    },
    done: end(),
  };
}

function closedLoop(connections: readonly Connection[], hours: Hours, send: Send): Unanswered {
  let inFlight = 0;
  const ask = (connection: Connection) => {
    const now = performance.now();
    inFlight++;
    send(connection, now >= hours.from, now, () => {
      inFlight--;
      if (performance.now() < hours.until) ask(connection);
    });
  };
  for (const connection of connections) ask(connection);
  return () => inFlight;
}

/** Turns the event loop until the end. @returns the microseconds since the warm-up in which no answer came. */
function stayAwake(hours: Hours, tally: Tally): () => number {
  let idle = 0;
  const turn = (since: number, answered: number) => {
    const now = performance.now();
    if (since >= hours.from && tally.answered === answered) idle += now - since;
    if (now < hours.until) setImmediate(turn, now, tally.answered);
  };
  setImmediate(turn, performance.now(), 0);
  return () => idle * 1000;
}

function openLoop(
  connections: readonly Connection[],
  hours: Hours,
  send: Send,
  pace: Extract<Pace, { kind: 'open' }>,
  tally: Tally,
): Unanswered {
  const idle = [...connections];
  const waiting: number[] = [];
  let inFlight = 0;
  const ask = (connection: Connection, due: number) => {
    inFlight++;
    send(connection, due >= hours.from, due, () => {
      inFlight--;
      const next = waiting.shift();
      if (next === undefined) idle.push(connection);
      else ask(connection, next);
    });
  };
  const arrivals = arrivalsOf(pace, hours.start);
  const sendDue = () => {
    const now = performance.now();
    for (; arrivals.due() <= Math.min(now, hours.until); arrivals.next()) {
      // The connection used last is the one least likely to have been closed meanwhile.
      const connection = idle.pop();
      if (connection === undefined) waiting.push(arrivals.due());
      else {
        if (arrivals.due() >= hours.from)
          tally.generatorLate.add(performance.now() - arrivals.due());
        ask(connection, arrivals.due());
      }
    }
    if (now < hours.until) setTimeout(sendDue, Math.max(0, arrivals.due() - performance.now()));
  };
  sendDue();
  return () => inFlight + waiting.length;
}

/** When requests are due: evenly, or by chance with the same mean (a fixed seed: every run has the same moments). */
function arrivalsOf(pace: Extract<Pace, { kind: 'open' }>, start: number) {
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
