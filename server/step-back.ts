// A process that has time stands behind those that people wait for: with every core busy, downloads and posts go first.
import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { platform } from 'node:process';

/** @param niceness as `nice` counts it, for all threads of this process and those that it starts. */
export function stepBack(niceness: number): void {
  // Linux keeps a priority for each thread.
  const threads = platform === 'linux' ? readdirSync('/proc/self/task') : [0];
  for (const thread of threads) setPriority(+thread, niceness);
}
