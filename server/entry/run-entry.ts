// The edge of every process: what the environment lacks is said in plain lines, everything else with its cause.
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
