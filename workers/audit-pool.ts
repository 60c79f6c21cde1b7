// Auditors' questions, answered one at a time per process in a thread of their own that ends when nobody asks. Some may
// wait; who comes when too many do is told to ask again.
import { Piscina } from 'piscina';
import type { KnownFault, KnownQuestion, ShownReport } from './show-known.ts';
import type { Claim, ClaimFault, Verdict } from './verdict.ts';

export interface AuditPlace {
  readonly databaseUrl: string;
  readonly mongoUrl: string;
  readonly dbName?: string;
  /** How far behind the thread stands, as `nice` counts it. */
  readonly niceness: number;
}

export type AuditTask =
  | { readonly kind: 'verify'; readonly bookId: number; readonly claim: Claim }
  | { readonly kind: 'show'; readonly question: KnownQuestion; readonly page: number }
  | {
      readonly kind: 'file';
      readonly question: KnownQuestion;
      readonly format: 'csv' | 'pdf';
    };

/** Each answers `busy` when too many wait. */
export interface AuditPool {
  /** @returns the verdict, or what is wrong with the claim */
  verify(bookId: number, claim: Claim): Promise<Verdict | ClaimFault | 'busy'>;
  /** A page of a report as it was known. @param page from 1 */
  show(question: KnownQuestion, page: number): Promise<ShownReport | KnownFault | 'busy'>;
  /** The whole report as a file. */
  file(question: KnownQuestion, format: 'csv' | 'pdf'): Promise<Uint8Array | KnownFault | 'busy'>;
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
  const run = async <Result>(task: AuditTask): Promise<Result | 'busy'> => {
    if (asked > MOST_WAITING) return 'busy';
    asked++;
    try {
      return (await pool.run(task)) as Result;
    } finally {
      asked--;
    }
  };
  return {
    verify: (bookId, claim) => run({ kind: 'verify', bookId, claim }),
    show: (question, page) => run({ kind: 'show', question, page }),
    file: (question, format) => run({ kind: 'file', question, format }),
    close: () => pool.destroy(),
  };
}
