// Pid files: after a kill −9 of everything the next start must tell a server of ours from a stranger with its number.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface PidFile {
  readonly pid: number;
  /** When the process began, in the system's own words: a recycled number has another. */
  readonly born: string;
}

/** Notes a process of ours. */
export function writePid(file: string, pid: number): void {
  writeFileSync(file, JSON.stringify({ pid, born: birthOf(pid) ?? '' } satisfies PidFile));
}

/** @returns the process that the file names, if it still is the one that was noted. */
export function livingPid(file: string): number | null {
  if (!existsSync(file)) return null;
  try {
    const noted = JSON.parse(readFileSync(file, 'utf8')) as PidFile;
    return noted.born !== '' && birthOf(noted.pid) === noted.born ? noted.pid : null;
  } catch {
    // A file torn by the kill names nobody.
    return null;
  }
}

/** When a process began; null when there is none, or only its unburied rest. */
function birthOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    }
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], {
      encoding: 'utf8',
    }).trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}

/** Ends a process: the signal first, SIGKILL when patience is over. */
export async function endProcess(
  pid: number,
  signal: NodeJS.Signals = 'SIGTERM',
  patienceMs = 10_000,
): Promise<void> {
  const born = birthOf(pid);
  if (born === null) return;
  const alive = () => birthOf(pid) === born;
  signalTo(pid, signal);
  const until = Date.now() + patienceMs;
  while (alive() && Date.now() < until) await sleep(25);
  if (!alive()) return;
  signalTo(pid, 'SIGKILL');
  while (alive()) await sleep(25);
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault;
  }
}

/** Ends what a pid file names, if anything, and removes the file. */
export async function endLeftOver(file: string, signal?: NodeJS.Signals): Promise<boolean> {
  const pid = livingPid(file);
  if (pid !== null) await endProcess(pid, signal);
  rmSync(file, { force: true });
  return pid !== null;
}
