// The edge of every process: what the environment lacks is said in plain lines, everything else with its cause; and it
// stops in order on Ctrl-C, on SIGTERM, and when the process that started it is gone.
import { ConfigFault } from '../config.ts';

/** Runs a process's main part; a fault ends it with 1. */
export async function runEntry(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (fault) {
    if (fault instanceof ConfigFault)
      for (const line of fault.message.split('\n')) console.error(line);
    else console.error(fault);
    process.exit(1);
  }
}

const PATIENCE_MS = 10_000;

/** Arranges for `close` to run once, at the end of the process. */
export function whenStopped(close: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    close().then(
      () => process.exit(0),
      (fault: unknown) => {
        console.error(fault);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
}
