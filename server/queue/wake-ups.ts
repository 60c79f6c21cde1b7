// Wake-ups over BullMQ, on PostgreSQL or on Redis: a job says only which book or import has news. Losing them costs
// seconds, never a change: the sweeper compares heads, and who may work is decided by a lock in PostgreSQL.
import { Queue, Worker } from 'bullmq';
import { createPostgresBackend, runMigrations } from 'bullmq/postgres';
import pg from 'pg';

export interface QueueAddress {
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  fault(fault: unknown, what: string): void;
}

export type WakeUp = 'book' | 'import';

export interface WakeUps {
  /** Not awaited by anyone: a fault is told to `fault`, the sweeper does the rest. */
  wake(what: WakeUp, id: number): void;
  close(): Promise<void>;
}

const QUEUES: readonly WakeUp[] = ['book', 'import'];
/** A burst of changes in one book makes one wake-up in this time. */
const GATHER_MS = 20;
/** The role owns the queue's schema and may not touch events. */
const ROLE = '-c role=daybook_app';

/** Brings the queue's tables up to date; connecting alone doesn't notice an old schema. */
export async function prepareQueue({ databaseUrl, redisUrl }: QueueAddress): Promise<void> {
  if (redisUrl) return;
  const client = new pg.Client({ connectionString: databaseUrl, options: ROLE });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}

/** The sending side. */
export function openWakeUps(address: QueueAddress): WakeUps {
  const queues = new Map(QUEUES.map((name) => [name, new Queue(name, connection(address))]));
  for (const queue of queues.values()) queue.on('error', (fault) => address.fault(fault, 'queue'));
  const waiting = new Map<string, NodeJS.Timeout>();
  return {
    wake(what, id) {
      const key = `${what}-${id}`;
      if (waiting.has(key)) return;
      const send = async () => {
        waiting.delete(key);
        const deduplication = { id: key, keepLastIfActive: true };
        await queues.get(what)?.add('wake', { id }, { deduplication, removeOnComplete: true, removeOnFail: 100 });
      };
      waiting.set(key, setTimeout(() => send().catch((fault: unknown) => address.fault(fault, 'wake-up')), GATHER_MS));
    },
    async close() {
      for (const timer of waiting.values()) clearTimeout(timer);
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

/** The receiving side: runs `work` for each wake-up, several different ones at once. */
export function receiveWakeUps(
  address: QueueAddress,
  what: WakeUp,
  work: (id: number) => Promise<void>,
  atOnce = 2,
): { close(): Promise<void> } {
  const worker = new Worker(what, async (job) => work((job.data as { id: number }).id), {
    ...connection(address),
    concurrency: atOnce,
    // The defaults of 30 s leave a killed worker's job alone for too long.
    lockDuration: 3_000,
    stalledInterval: 1_000,
    maxStalledCount: 5,
  });
  worker.on('error', (fault) => address.fault(fault, `${what} worker`));
  worker.on('failed', (_job, fault) => address.fault(fault, `${what} job`));
  return { close: () => worker.close() };
}

const connection = ({ databaseUrl, redisUrl }: QueueAddress) =>
  redisUrl
    ? { connection: { url: redisUrl } }
    : {
        connection: { connectionString: databaseUrl, options: ROLE, max: 4 },
        backend: createPostgresBackend,
      };
