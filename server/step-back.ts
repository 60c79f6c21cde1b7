// A process that has time stands behind those that people wait for: with every core busy, downloads and posts go first.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { pid as own } from 'node:process';
import { searchPath } from './config.ts';
import { onPath } from './embedded/run-tool.ts';

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

/** The same towards the front, where that is allowed: to root, or by a limit (`LimitNICE`, `ulimit -e`). */
export function goFirst(niceness: number, pid = own): void {
  try {
    stepBack(niceness, pid);
  } catch {
    // An ordinary user can only step back.
  }
}

/**
 * A core on which only this process runs counts as free for all others: they start there at once. Only where the session
 * has its share whatever runs in it; elsewhere the process would get next to nothing from busy cores.
 */
export function giveWay(): void {
  const chrt = onPath('chrt', searchPath());
  if (chrt === null || !sessionHasShare()) return;
  try {
    execFileSync(chrt, ['--all-tasks', '--idle', '--pid', '0', `${own}`], { stdio: 'ignore' });
  } catch {
    // Forbidden here: it is polite, not needed.
  }
}

/** Whether Linux shares the processor out by sessions: autogroup is on, and no control group does it in its place. */
function sessionHasShare(): boolean {
  const enabled = '/proc/sys/kernel/sched_autogroup_enabled';
  if (!existsSync(enabled) || readFileSync(enabled, 'utf8').trim() !== '1') return false;
  return readFileSync('/proc/self/cgroup', 'utf8')
    .trim()
    .split('\n')
    .every((line) => {
      const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
      if (controllers !== '') return path === '/' || !controllers.split(',').includes('cpu');
      const names = path.split('/').filter(Boolean);
      // Only the root of all groups has no weight.
      return [...names.keys(), names.length].every(
        (depth) => !existsSync(join('/sys/fs/cgroup', ...names.slice(0, depth), 'cpu.weight')),
      );
    });
}
