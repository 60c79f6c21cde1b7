// A process says every few seconds that it lives, and what waits in it, so that people see a worker that is missing
// before they wonder about old reports.
import { hostname } from 'node:os';
import type { ProcessNote } from '#reports/documents/standing.ts';

export interface NotesInput {
  readonly kind: ProcessNote['kind'];
  /** Files waiting or being made in this process. */
  renders(): number;
  /** What a worker sees in the ledger and the queue. */
  ledger?(): Promise<ProcessNote['ledger']>;
  write(note: ProcessNote): Promise<void>;
  fault(fault: unknown, what: string): void;
}

const EVERY_MS = 2_000;

/** Begins at once. A note that can't be written is told to `fault` once, until one is written again. */
export function startNotes(input: NotesInput): { stop(): void } {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let told = false;
  const note = async () => {
    const ledger = (await input.ledger?.()) ?? null;
    const at = new Date().toISOString();
    const id = `${input.kind} ${hostname()} ${process.pid}`;
    const { kind } = input;
    await input.write({
      id,
      kind,
      at,
      rss: process.memoryUsage.rss(),
      renders: input.renders(),
      ledger,
    });
  };
  const round = () =>
    note()
      .then(
        () => {
          told = false;
        },
        (reason: unknown) => {
          if (!told && !stopped) input.fault(reason, 'note of a process');
          told = true;
        },
      )
      .finally(() => {
        if (stopped) return;
        timer = setTimeout(round, EVERY_MS);
        timer.unref();
      });
  void round();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
