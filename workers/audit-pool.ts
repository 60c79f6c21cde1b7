// Auditors' questions, answered one at a time per process in a thread of their own that ends when nobody asks. Some may
// wait; who comes when too many do is told to ask again.
import { Piscina } from 'piscina';
import type { Claim, ClaimFault, Verdict } from './verify-document.ts';

export interface AuditPlace {
  readonly databaseUrl: string;
  readonly mongoUrl: string;
  readonly dbName?: string;
  /** How far behind the thread stands, as `nice` counts it. */
  readonly niceness: number;
}

export interface AuditTask {
  readonly bookId: number;
  readonly claim: Claim;
}

export interface AuditPool {
  /** @returns the verdict, what is wrong with the claim, or `busy` when too many wait */
  verify(bookId: number, claim: Claim): Promise<Verdict | ClaimFault | 'busy'>;
  close(): Promise<void>;
}

const MOST_WAITING = 4;
const IDLE_MS = 60_000;

export function createAuditPool(place: AuditPlace): AuditPool {
  const pool = new Piscina({
    filename: new URL('./audit-thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    workerData: place,
  });
  let asked = 0;
  return {
    async verify(bookId, claim) {
      if (asked > MOST_WAITING) return 'busy';
      asked++;
      try {
        return (await pool.run({ bookId, claim } satisfies AuditTask)) as Verdict | ClaimFault;
      } finally {
        asked--;
      }
    },
    close: () => pool.destroy(),
  };
}
