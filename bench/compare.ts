// Two servers at their peak, one after the other in short turns, so that what else the machine does meets both alike.
import type { LoadRequest } from './load/load-plan.ts';
import { type MeasuredLoad, runLoad } from './load/run-load.ts';
import { canPin, cpuSeconds, SERVER_CORE, tie } from './machine.ts';
import { grouped, perSecond } from './scenario.ts';

export interface Side {
  readonly what: string;
  readonly origin: string;
  readonly requests: readonly LoadRequest[];
  /** Processes of the server, as far as they are known here. */
  readonly pids: readonly number[];
  readonly connections?: number;
}

export interface Peak {
  readonly perSecond: number;
  /** Processor time of the server for one answer, in microseconds; 0 where it isn't known. */
  readonly microseconds: number;
  readonly p99: number;
  /** Answers 503: not in the rate, and never a target reached. */
  readonly unserved: number;
  /** Part of its core that the generator was busy. */
  readonly generatorBusy: number;
}

const CONNECTIONS = 32;
const ROUNDS = 2;
const WARM_UP_SECONDS = 0.5;
/** Part of the measured time that a side is asked before its first round: what was just started is still being compiled. */
const FIRST_WARM_UP = 0.5;

/**
 * @param seconds of each side in all
 * @param apart whether nothing but one process serves, so that the other core is the generator's alone
 */
export async function comparePeaks(
  sides: readonly Side[],
  seconds: number,
  apart: boolean,
): Promise<Peak[]> {
  const measured = sides.map(() => [] as MeasuredLoad[]);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, side] of sides.entries()) {
      const warmUpSeconds = round === 0 ? seconds * FIRST_WARM_UP : WARM_UP_SECONDS;
      measured[at]!.push(await peakOf(side, seconds / ROUNDS, warmUpSeconds, apart));
    }
  }
  return measured.map(joined);
}

async function peakOf(
  side: Side,
  seconds: number,
  warmUpSeconds: number,
  apart: boolean,
): Promise<MeasuredLoad> {
  tie(side.pids, SERVER_CORE);
  const { what, origin, requests } = side;
  const connections = side.connections ?? CONNECTIONS;
  const plan = { origin, requests, connections, seconds, warmUpSeconds };
  try {
    const pace = { kind: 'closed', awake: apart && canPin } as const;
    return await runLoad(what, { ...plan, pace }, () => cpuSeconds(side.pids));
  } finally {
    tie(side.pids, null);
  }
}

function joined(rounds: readonly MeasuredLoad[]): Peak {
  const sum = (value: (load: MeasuredLoad) => number) =>
    rounds.reduce((total, load) => total + value(load), 0);
  const seconds = sum((load) => load.seconds);
  const answered = sum((load) => load.answered);
  return {
    perSecond: answered / seconds,
    microseconds: (sum((load) => load.serverCpuSeconds) / answered) * 1e6,
    unserved: sum((load) => load.unserved),
    p99: Math.max(...rounds.map((load) => load.latency.p99)),
    generatorBusy: sum((load) => load.busySeconds) / seconds,
  };
}

/** `18,490/s, 47 µs` */
export const peakText = (peak: Peak): string =>
  [
    perSecond(peak.perSecond),
    ...(peak.microseconds > 0 ? [`${grouped(peak.microseconds)} µs`] : []),
    ...(peak.unserved > 0 ? [`${grouped(peak.unserved)} not served`] : []),
  ].join(', ');

/** The first side's processor time per answer against the second's: steadier than rates where others use the machine. */
export const processorRatio = (base: Peak, measured: Peak): string =>
  measured.microseconds > 0 && base.microseconds > 0
    ? `by processor time ${(base.microseconds / measured.microseconds).toFixed(2)}; `
    : '';

/** What the generator did meanwhile: at 100 % it would be the generator that is measured. */
export const generatorText = (peaks: readonly Peak[]): string =>
  `generator busy ${Math.round(Math.max(...peaks.map((peak) => peak.generatorBusy)) * 100)} %`;
