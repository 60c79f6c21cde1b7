// One text for the front doors of one machine: whichever of them is asked for /metrics asks the primary, which asks all
// of them and adds up. A front door that runs alone answers for itself.
import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

const ASK = 'daybook:metrics';
const ANSWER_MS = 5_000;

interface Message {
  readonly type: typeof ASK;
  readonly id: number;
  /** The primary's answer: a text, or why there is none. */
  readonly text?: string;
  readonly fault?: string;
}

const isOurs = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && (message as Message).type === ASK;

/** In the primary, once, before it forks: answers its front doors with the sum of all of them. */
export function gatherMetrics(): void {
  const gathering = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    if (!isOurs(message)) return;
    const { id } = message;
    const answer = (result: Partial<Message>) => {
      // It may have ended meanwhile.
      if (worker.isConnected()) worker.send({ type: ASK, id, ...result });
    };
    gathering.clusterMetrics().then(
      (text) => answer({ text }),
      (fault: unknown) => answer({ fault: `${fault}` }),
    );
  });
}

/**
 * In every front door, once. @returns the text for /metrics: of all front doors when a primary forked this one.
 * The promise is rejected when one of them doesn't answer within seconds: a sum without it would run backwards.
 */
export function metricsText(register: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => register.metrics();
  AggregatorRegistry.setRegistries(register);
  // Its constructor makes this process answer the primary.
  new AggregatorRegistry();
  const asked = new Map<number, (message: Message) => void>();
  let last = 0;
  process.on('message', (message: unknown) => {
    if (isOurs(message)) asked.get(message.id)?.(message);
  });
  return () =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const end = ({ text, fault = 'nobody gathers the counters' }: Partial<Message>) => {
        clearTimeout(timer);
        asked.delete(id);
        if (text === undefined) reject(new Error(`the front doors’ counters: ${fault}`));
        else resolve(text);
      };
      const timer = setTimeout(end, ANSWER_MS + 500, {});
      asked.set(id, end);
      process.send?.({ type: ASK, id });
    });
}
