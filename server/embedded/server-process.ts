// A database server as a child: in a session of its own (Ctrl-C in the terminal must not hit it before those who use
// it have stopped), its output in a log file, its number in a pid file so that the next start can adopt it.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stepBack } from '../step-back.ts';
import { endLeftOver, livingPid, writePid } from './left-over.ts';

export interface ServerCommand {
  /** Names the pid file and the log file. */
  readonly name: string;
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Whom to run as, when root must not. */
  readonly as?: { readonly uid: number; readonly gid: number };
  readonly stopSignal: NodeJS.Signals;
  /** How far it stands behind the front door. */
  readonly niceness: number;
  readonly patienceMs?: number;
  /** Whether it takes orders now. */
  ready(): Promise<boolean>;
}

export interface RunningServer {
  readonly pid: number;
  /** It was running already and was taken over. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

/** Starts the server, or takes over the one that an earlier start left running. */
export async function runServer(server: ServerCommand): Promise<RunningServer> {
  const pidFile = join(server.folder, `${server.name}.pid`);
  const stop = async () => void (await endLeftOver(pidFile, server.stopSignal));
  const left = livingPid(pidFile);
  if (left !== null) {
    if (await becomesReady(server, 5_000, () => livingPid(pidFile) !== null)) {
      return { pid: left, adopted: true, stop };
    }
    await stop();
  }
  const logFile = join(server.folder, `${server.name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(server.command, [...server.args], {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: server.folder,
    ...(server.env ? { env: server.env } : {}),
    ...(server.as ?? {}),
  });
  closeSync(log);
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  // Without a listener of its own a failure before `race` below would end the process.
  failed.catch(() => undefined);
  let alive = true;
  child.once('exit', () => {
    alive = false;
  });
  if (child.pid !== undefined) {
    writePid(pidFile, child.pid);
    // Behind the front door, which answers from memory while the databases are busy. Its threads and children inherit it.
    stepBack(server.niceness, child.pid);
  }
  const ready = await Promise.race([
    failed,
    becomesReady(server, server.patienceMs ?? 60_000, () => alive),
  ]);
  if (ready && child.pid !== undefined) {
    child.unref();
    return { pid: child.pid, adopted: false, stop };
  }
  await stop();
  throw new Error(
    `${server.name} did not start. Its last words, from ${logFile}:\n${lastLines(logFile)}`,
  );
}

async function becomesReady(
  server: ServerCommand,
  patienceMs: number,
  alive: () => boolean,
): Promise<boolean> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until && alive()) {
    if (await server.ready()) return true;
    await sleep(50);
  }
  return false;
}

const lastLines = (file: string): string =>
  readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
