// Starts load processes and waits for what they say.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { goFirst } from '#server/step-back.ts';
import { CLIENT_CORE, onCore } from '../machine.ts';
import type { LoadOutcome, LoadPlan } from './load-plan.ts';

/** Before the front door; where that isn't allowed, how late the generator was is said in any case. */
const NICENESS = -10;

export interface MeasuredLoad extends LoadOutcome {
  /** What the watched processes used while it was measured. */
  readonly serverCpuSeconds: number;
}

export interface StartedLoad {
  stop(): void;
  readonly done: Promise<MeasuredLoad>;
}

/** Starts a load. @param watch gives the processor seconds of the server so far */
export function startLoad(plan: LoadPlan, watch: () => number = () => 0): StartedLoad {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-load-'));
  const file = join(folder, 'plan.json');
  // It holds keys.
  writeFileSync(file, JSON.stringify(plan), { mode: 0o600 });
  const program = join(import.meta.dirname, 'load-process.ts');
  const { command, args } = onCore(CLIENT_CORE, process.execPath, [program, file]);
  // In a session of its own, with a priority of its own: a generator that waits for a core measures itself.
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.pid !== undefined) goFirst(NICENESS, child.pid);
  const done = new Promise<MeasuredLoad>((resolve, reject) => {
    let before = watch();
    let said: MeasuredLoad | null = null;
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const words = JSON.parse(line) as LoadOutcome | { readonly began: true };
      if ('began' in words) before = watch();
      else said = { ...words, serverCpuSeconds: watch() - before };
    });
    child.once('error', reject);
    child.once('close', (code) => {
      rmSync(folder, { recursive: true, force: true });
      if (said) resolve(said);
      else reject(new Error(`the load generator ended with ${code}`));
    });
  });
  return { stop: () => child.kill('SIGTERM'), done };
}

/** Runs a load to its end. @throws when an answer was wrong. */
export async function runLoad(
  what: string,
  plan: LoadPlan,
  watch?: () => number,
): Promise<MeasuredLoad> {
  return withoutErrors(what, await startLoad(plan, watch).done);
}

/** @throws with what went wrong and how often. */
export function withoutErrors(what: string, outcome: MeasuredLoad): MeasuredLoad {
  const errors = Object.entries(outcome.errors);
  if (errors.length > 0 || outcome.answered === 0) {
    const list = errors.slice(0, 5).map(([why, times]) => `${times} × ${why}`);
    throw new Error(
      `${what}: ${[...list, `${outcome.answered} answered, ${outcome.unserved} not served`].join('; ')}`,
    );
  }
  return outcome;
}

/** Words for what was too much. */
export const unservedText = ({ unserved }: LoadOutcome): string =>
  unserved === 0 ? '' : `; ${unserved} not served in time`;
