// Wake-ups over BullMQ, on PostgreSQL or on Redis: a job says only which book or import has news. Losing them costs
// seconds, never a change: the sweeper compares heads, and who may work is decided by a lock in PostgreSQL.
import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
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
  /** How many wait or are at work. */
  depth(what: WakeUp): Promise<number>;
  close(): Promise<void>;
}

const QUEUES: readonly WakeUp[] = ['book', 'import'];
/** A burst of changes in one book makes one wake-up in this time. */
const GATHER_MS = 20;
/** The role owns the queue's schema and may not touch events. */
const ROLE = '-c role=daybook_app';

/** Brings the queue's tables up to date, as the database's owner; connecting alone doesn't notice an old schema. */
export async function prepareQueue({ databaseUrl, redisUrl }: QueueAddress): Promise<void> {
  if (redisUrl) return;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client);
    await client.query(`grant usage on schema bullmq to daybook_app;
      grant all on all tables in schema bullmq to daybook_app;
      grant all on all sequences in schema bullmq to daybook_app;
      grant execute on all functions in schema bullmq to daybook_app`);
  } finally {
    await client.end();
  }
}

/** The sending side. */
export function openWakeUps(address: QueueAddress): WakeUps {
  const queues = new Map(QUEUES.map((name) => [name, openQueue(name, address)]));
  for (const queue of queues.values()) queue.on('error', (fault) => address.fault(fault, 'queue'));
  const waiting = new Map<string, NodeJS.Timeout>();
  return {
    wake(what, id) {
      const key = `${what}-${id}`;
      if (waiting.has(key)) return;
      const send = async () => {
        waiting.delete(key);
        const deduplication = { id: key, keepLastIfActive: true };
        await queues
          .get(what)
          ?.add('wake', { id }, { deduplication, removeOnComplete: true, removeOnFail: 100 });
      };
      waiting.set(
        key,
        setTimeout(
          () => send().catch((fault: unknown) => address.fault(fault, 'wake-up')),
          GATHER_MS,
        ),
      );
    },
    async depth(what) {
      const counts = await queues.get(what)!.getJobCounts('waiting', 'active', 'delayed');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
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
  const worker = openWorker(what, address, work, atOnce);
  worker.on('error', (fault) => address.fault(fault, `${what} worker`));
  worker.on('failed', (_job, fault) => address.fault(fault, `${what} job`));
  return { close: () => worker.close() };
}

const POSTGRES = { max: 4, options: ROLE };

function openQueue(name: WakeUp, { databaseUrl, redisUrl }: QueueAddress): Queue {
  if (redisUrl) return new Queue(name, { connection: { url: redisUrl } });
  const connection = { connectionString: databaseUrl, ...POSTGRES };
  return new Queue(name, { connection }, createPostgresBackend) as unknown as Queue;
}

function openWorker(
  name: WakeUp,
  { databaseUrl, redisUrl }: QueueAddress,
  work: (id: number) => Promise<void>,
  concurrency: number,
): Worker {
  const handle = async (job: { readonly data: unknown }) => work((job.data as { id: number }).id);
  // The defaults of 30 s leave a killed worker's job alone for too long.
  const how = { concurrency, lockDuration: 3_000, stalledInterval: 1_000, maxStalledCount: 5 };
  if (redisUrl) return new Worker(name, handle, { ...how, connection: { url: redisUrl } });
  const connection = { connectionString: databaseUrl, ...POSTGRES };
  return new Worker(
    name,
    handle,
    { ...how, connection },
    createPostgresBackend,
  ) as unknown as Worker;
}
