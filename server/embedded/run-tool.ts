// Runs a program to its end: finding it on the PATH, its output kept for the message when it fails.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** @returns the path of a program on the PATH, or null. */
export function onPath(program: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    if (folder === '') continue;
    const candidate = join(folder, program);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

export interface ToolOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly as?: { readonly uid: number; readonly gid: number };
  readonly timeoutMs?: number;
}

/** Runs a program. @throws with the end of its output when it fails. @returns what it printed on standard output. */
export const runTool = (
  command: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.cwd ? { cwd: options.cwd } : {}),
      ...(options.env ? { env: options.env } : {}),
      ...(options.timeoutMs ? { timeout: options.timeoutMs } : {}),
      ...(options.as ?? {}),
    });
    let out = '';
    let all = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      all = (all + chunk.toString()).slice(-4_000);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      all = (all + chunk.toString()).slice(-4_000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(out);
      else
        reject(
          new Error(
            `${command} ${args[0] ?? ''} failed (${code ?? 'ended by a signal'}): ${all.trim()}`,
          ),
        );
    });
  });
