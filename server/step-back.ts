// A process that has time stands behind those that people wait for: with every core busy, downloads and posts go first.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { pid as own } from 'node:process';

/**
 * @param niceness as `nice` counts it, for all threads of the process and those that it starts
 * @param pid this process, or one that was just started in a session of its own
 */
export function stepBack(niceness: number, pid = own): void {
  const threads = `/proc/${pid}/task`;
  // Linux keeps a priority for each thread.
  if (existsSync(threads))
    for (const thread of readdirSync(threads)) setPriority(+thread, niceness);
  else setPriority(pid, niceness);
  // And where it groups processes by session (autogroup), it is the group's that counts between sessions.
  const group = `/proc/${pid}/autogroup`;
  if (existsSync(group)) writeFileSync(group, `${niceness}`);
}
