// The programs that Daybook is held against: processes of their own, on the server's core.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onCore, SERVER_CORE } from './machine.ts';

export interface Program {
  readonly pid: number;
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts a server of this folder; it prints its port. It ends with us, whatever happens. */
export async function startProgram(file: string, args: readonly string[]): Promise<Program> {
  const whole = [join(import.meta.dirname, file), ...args];
  const on = onCore(SERVER_CORE, process.execPath, whole);
  const child = spawn(on.command, on.args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const gone = once(child, 'exit');
  const port = await Promise.race([
    once(child.stdout!, 'data').then(([said]) => (said as Buffer).toString().trim()),
    gone.then(([code]) => Promise.reject(new Error(`${file} ended with ${code}`))),
  ]);
  return {
    pid: child.pid!,
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await gone;
    },
  };
}

/** Runs a program of this folder to its end. @param nodeArgs what Node is started with. @returns the JSON that it prints */
export async function runProgram<T>(
  file: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<T> {
  const whole = [...nodeArgs, join(import.meta.dirname, file), ...args];
  const on = onCore(SERVER_CORE, process.execPath, whole);
  const child = spawn(on.command, on.args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout!.on('data', (piece: Buffer) => {
    out += piece.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return JSON.parse(out) as T;
}
