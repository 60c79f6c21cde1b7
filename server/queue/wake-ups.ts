// Wake-ups over BullMQ, on PostgreSQL or on Redis: a job says only which books or imports have news. Losing them costs
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
/** So often at most a job is sent; what changes meanwhile goes with the next. */
const GATHER_MS = 50;
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

/** The sending side: what is woken within a moment goes as one job, whatever the number of books. */
export function openWakeUps(address: QueueAddress): WakeUps {
  const senders = new Map(QUEUES.map((name) => [name, openSender(name, address)]));
  return {
    wake: (what, id) => senders.get(what)!.wake(id),
    depth: (what) => senders.get(what)!.depth(),
    async close() {
      await Promise.all([...senders.values()].map((sender) => sender.close()));
    },
  };
}

function openSender(name: WakeUp, address: QueueAddress) {
  const queue = openQueue(name, address);
  queue.on('error', (fault) => address.fault(fault, 'queue'));
  const waiting = new Set<number>();
  let timer: NodeJS.Timeout | null = null;
  let sentAt = Number.NEGATIVE_INFINITY;
  const send = () => {
    timer = null;
    sentAt = performance.now();
    const ids = [...waiting];
    waiting.clear();
    queue
      .add('wake', { ids }, { removeOnComplete: true, removeOnFail: 100 })
      .catch((fault: unknown) => address.fault(fault, 'wake-up'));
  };
  return {
    wake(id: number) {
      waiting.add(id);
      // The first after a pause doesn't wait for others.
      timer ??= setTimeout(send, Math.max(0, sentAt + GATHER_MS - performance.now()));
    },
    async depth() {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    async close() {
      if (timer) clearTimeout(timer);
      await queue.close();
    },
  };
}

export interface Receiving {
  /** How many are worked on together. */
  readonly atOnce: number;
  /** From the start of one work on something to the start of the next on the same, however much news there is. */
  readonly restMs: number;
  /** The part of its time, at most, that something which always has news is worked on … */
  readonly share: number;
  /** … unless that would keep it waiting for longer than this from the start of the last work. */
  readonly mostRestMs: number;
  /** @returns whether there is more to do: it goes to the end of the row. */
  work(id: number): Promise<boolean>;
}

/**
 * The receiving side: works on what is woken, several at once, one never twice at once, those that wait in turn. News
 * during the work are worked on after it. A job is done when it is heard: what a killed process had heard is late work,
 * and the sweeper's.
 */
export function receiveWakeUps(
  address: QueueAddress,
  what: WakeUp,
  { atOnce, restMs, share, mostRestMs, work }: Receiving,
): { close(): Promise<void> } {
  const waiting = new Set<number>();
  const working = new Map<number, Promise<void>>();
  const dueAt = new Map<number, number>();
  let timer: NodeJS.Timeout | null = null;

  const start = (id: number): void => {
    waiting.delete(id);
    const started = performance.now();
    const running = work(id)
      .then((more) => void (more && waiting.add(id)))
      .catch((fault: unknown) => address.fault(fault, `${what} ${id}`))
      .finally(() => {
        working.delete(id);
        const took = performance.now() - started;
        dueAt.set(id, started + Math.max(restMs, Math.min(took / share, mostRestMs)));
        next();
      });
    working.set(id, running);
  };
  const next = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    const now = performance.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const id of waiting) {
      if (working.size >= atOnce) return;
      if (working.has(id)) continue;
      const due = dueAt.get(id) ?? now;
      if (due <= now) start(id);
      else soonest = Math.min(soonest, due);
    }
    if (soonest < Number.POSITIVE_INFINITY) timer = setTimeout(next, soonest - now);
  };

  const worker = openWorker(what, address, (ids) => {
    for (const id of ids) waiting.add(id);
    next();
  });
  worker.on('error', (fault) => address.fault(fault, `${what} worker`));
  worker.on('failed', (_job, fault) => address.fault(fault, `${what} job`));
  return {
    async close() {
      await worker.close();
      waiting.clear();
      if (timer) clearTimeout(timer);
      await Promise.all(working.values());
    },
  };
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
  heard: (ids: readonly number[]) => void,
): Worker {
  const handle = async ({ data }: { readonly data: unknown }) =>
    heard((data as { ids: number[] }).ids);
  // The defaults of 30 s leave a killed worker's job alone for too long.
  const how = { lockDuration: 3_000, stalledInterval: 1_000, maxStalledCount: 5 };
  if (redisUrl) return new Worker(name, handle, { ...how, connection: { url: redisUrl } });
  const connection = { connectionString: databaseUrl, ...POSTGRES };
  return new Worker(
    name,
    handle,
    { ...how, connection },
    createPostgresBackend,
  ) as unknown as Worker;
}
