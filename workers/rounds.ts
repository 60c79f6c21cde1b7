// Work that is done now and again, with a pause between, until it is stopped.
import type { RecomputeLog } from './recompute.ts';

export interface Rounds {
  /** Ends after the round under way. */
  stop(): Promise<void>;
}

/** Works now and again, with a pause after each round. */
export function startRounds(pauseMs: number, work: () => Promise<unknown>): Rounds {
  let stopping = false;
  let wake: () => void = () => {};
  const pause = () =>
    new Promise<void>((resume) => {
      const timer = setTimeout(resume, pauseMs);
      wake = () => {
        clearTimeout(timer);
        resume();
      };
    });
  const run = async () => {
    while (!stopping) {
      await work();
      if (!stopping) await pause();
    }
  };
  const running = run();
  return {
    stop() {
      stopping = true;
      wake();
      return running;
    },
  };
}

/** Logs what goes wrong. @returns null then */
export async function attempt<Result>(
  log: RecomputeLog | undefined,
  what: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await work();
  } catch (fault) {
    log?.error({ err: fault }, `${what} failed; trying again`);
    return null;
  }
}
