// Starts the house's processes, restarts one that ends by itself, and stops them in order with whoever started them.
// A child sees the end of its starter by the closed channel, so a kill −9 leaves none behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess } from '../embedded/left-over.ts';

export interface ChildrenOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Where each child's output goes; without it, to ours. */
  readonly logs?: string;
  say(line: string): void;
}

export interface Children {
  /** @param name of the entry file in this folder, as `worker` */
  start(name: string): void;
  stop(): Promise<void>;
}

const RESTART_MS = 1_000;

/** Nothing runs until `start`; `stop` ends the children in the reverse order of their starts. */
export function runChildren({ env, logs, say }: ChildrenOptions): Children {
  const running = new Map<string, ChildProcess>();
  let stopping = false;
  const start = (name: string) => {
    const out = logs === undefined ? 'inherit' : openSync(join(logs, `${name}.log`), 'a');
    const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
      env,
      // In a session of its own: Ctrl-C in the terminal is ours to pass on, in order.
      detached: true,
      stdio: ['ignore', out, out, 'ipc'],
    });
    if (typeof out === 'number') closeSync(out);
    running.set(name, child);
    child.once('exit', async (code, signal) => {
      if (stopping) return;
      say(`${name} ended (${signal ?? code}); starting it again`);
      await sleep(RESTART_MS);
      if (!stopping) start(name);
    });
  };
  return {
    start,
    async stop() {
      stopping = true;
      for (const child of [...running.values()].reverse()) {
        if (child.pid !== undefined) await endProcess(child.pid);
      }
    },
  };
}
