// The machine: its cores and how a process is tied to one, what every process of ours has used, and what it is called
// in the report. Where there is no /proc or no taskset, that is said and the figures go without.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';

const taskset = onPath('taskset', searchPath());

/** Client and server have a core each. */
export const canPin = taskset !== null && availableParallelism() >= 2;
export const CLIENT_CORE = 0;
export const SERVER_CORE = 1;

/** A command that runs on one core where that can be had. */
export const onCore = (core: number, command: string, args: readonly string[]) =>
  canPin ? { command: taskset!, args: ['-c', `${core}`, command, ...args] } : { command, args };

/** Ties running processes and their threads to one core, or frees them (null). */
export function tie(pids: readonly number[], core: number | null): void {
  if (!canPin) return;
  const cores = core === null ? `0-${availableParallelism() - 1}` : `${core}`;
  for (const pid of pids) {
    try {
      execFileSync(taskset!, ['-a', '-c', '-p', cores, `${pid}`], { stdio: 'ignore' });
    } catch {
      // It has ended meanwhile.
    }
  }
}

const TICKS_PER_SECOND = 100;

const proc = (path: string): string | null => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    // It has ended, or there is no /proc here.
    return null;
  }
};

/** Fields of /proc/…/stat after the name: state, parent, … */
const statOf = (pid: number): string[] | null => {
  const line = proc(`${pid}/stat`);
  return line === null ? null : line.slice(line.lastIndexOf(')') + 2).split(' ');
};

/** Processor seconds that these processes have used, all threads. */
export const cpuSeconds = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const stat = statOf(pid);
    return sum + (stat ? (+stat[11]! + +stat[12]!) / TICKS_PER_SECOND : 0);
  }, 0);

/** Resident megabytes of these processes. */
export const residentMb = (pids: readonly number[]): number =>
  pids.reduce(
    (sum, pid) => sum + +(/VmRSS:\s+(\d+)/.exec(proc(`${pid}/status`) ?? '')?.[1] ?? 0) / 1024,
    0,
  );

/** The most that a process was, in megabytes. */
export const peakMb = (pid: number): number =>
  +(/VmHWM:\s+(\d+)/.exec(proc(`${pid}/status`) ?? '')?.[1] ?? 0) / 1024;

/** Processes started by this one, and by those, whose command line has these words. */
export function descendants(words: string): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  const parents = new Map(names.map((name) => [+name, +(statOf(+name)?.[1] ?? 0)]));
  const isOurs = (pid: number): boolean => {
    for (let at = parents.get(pid) ?? 0; at > 1; at = parents.get(at) ?? 0)
      if (at === process.pid) return true;
    return false;
  };
  return [...parents.keys()].filter(
    (pid) => isOurs(pid) && (proc(`${pid}/cmdline`) ?? '').replaceAll('\0', ' ').includes(words),
  );
}

/** One line for the report. */
export const machineLine = (): string => {
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${availableParallelism()} cores (${model}), ${memory} GB of memory, ${process.platform} ${release()}, Node ${process.versions.node}`;
};
