// Draws files before anyone asks: those that are in demand, when their document has moved. Of a
// document that keeps changing only the newest is drawn, and seldom; who can't wait has it drawn by the front door.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { type Drawings, type FileAddress, fileKey } from '#reports/documents/drawings.ts';
import { remember } from '#server/session/remember.ts';
import { demandOf } from './demand.ts';
import type { DrawOnce } from './draw-once.ts';

export interface RenderAhead {
  /** To be called with the heads that moved; nothing is awaited. */
  moved(book: number, heads: readonly ReportHead[]): void;
  /** Ends after the file that is being drawn. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly address: FileAddress;
  readonly head: ReportHead;
  /** Clock of `performance`. */
  readonly notBefore: number;
}

const FORMATS = ['pdf', 'csv', 'xlsx'];
/** From one drawing ahead of an address to the next. */
const SELDOM_MS = 2_500;
const DEMAND_MS = 5_000;
/** One is drawn while others wait for the document store. */
const AT_ONCE = 3;

export function renderAhead(
  drawings: Pick<Drawings, 'demanded'>,
  { draw }: DrawOnce,
  fault: (fault: unknown, what: string) => void,
): RenderAhead {
  const demand = remember(
    async (book: number) => demandOf(await drawings.demanded(book)),
    DEMAND_MS,
  );
  const waiting = new Map<string, Waiting>();
  const drawnAt = new Map<string, number>();
  let stopped = false;
  let running: Promise<void> | null = null;

  const note = async (book: number, heads: readonly ReportHead[]) => {
    const demanded = await demand.get(book);
    if (!demanded) return;
    const now = performance.now();
    for (const head of heads) {
      for (const format of FORMATS) {
        const address = { book, report: head.report, period: head.period, format };
        if (!demanded.wants(address)) continue;
        const key = `${book}/${fileKey(address)}`;
        const notBefore = Math.max(now, (drawnAt.get(key) ?? -SELDOM_MS) + SELDOM_MS);
        // The newest takes the place of older ones and keeps their turn.
        waiting.set(key, { address, head, notBefore });
      }
    }
    start();
  };

  const start = () => {
    if (running || stopped || waiting.size === 0) return;
    running = Promise.all(Array.from({ length: AT_ONCE }, work)).then(() => {
      running = null;
      for (const [key, at] of drawnAt) if (performance.now() - at > SELDOM_MS) drawnAt.delete(key);
      start();
    });
  };

  const work = async () => {
    while (!stopped && waiting.size > 0) {
      const now = performance.now();
      const due = [...waiting].find(([, { notBefore }]) => notBefore <= now);
      if (!due) {
        await sleep(100);
        continue;
      }
      const [key, { address, head }] = due;
      waiting.delete(key);
      drawnAt.set(key, now);
      try {
        const drawn = await draw(address, head, true);
        // Something else of this address was drawn a moment ago: again later, unless a newer head has come meanwhile.
        if (drawn.state === 'later' && !waiting.has(key)) {
          waiting.set(key, { address, head, notBefore: now + drawn.inMs });
        }
      } catch (reason) {
        fault(reason, 'a file drawn ahead');
      }
    }
  };

  return {
    moved(book, heads) {
      note(book, heads).catch((reason: unknown) => fault(reason, 'what is drawn ahead'));
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
