// What a load process is told, and what it says when it has done so. Both go through files and pipes as JSON.

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent with an Idempotency-Key of its own each time. */
  readonly body?: string;
  /** Any other status is an error. */
  readonly expect: number;
  /** Asked on the same connection as soon as the answer is there; `{position}` is the position that it gave. */
  readonly follow?: { readonly path: string; readonly headers: Readonly<Record<string, string>> };
}

/**
 * Closed: every connection asks again as soon as it has its answer, for the peak. Open: requests are due at a rate,
 * whatever the answers do, for latencies; a late answer makes nobody ask less.
 */
export type Pace =
  | {
      readonly kind: 'closed';
      /** The generator never sleeps: else each answer has to wake it, at the server's cost. Needs a core of its own. */
      readonly awake: boolean;
    }
  | {
      readonly kind: 'open';
      readonly perSecond: number;
      readonly arrivals: 'even' | 'poisson';
    };

export interface LoadPlan {
  readonly origin: string;
  /** One request at a time on each. */
  readonly connections: number;
  /** Taken in turn, from the start again after the last. */
  readonly requests: readonly LoadRequest[];
  readonly pace: Pace;
  /** Not counted. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Milliseconds. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadOutcome {
  readonly seconds: number;
  readonly answered: number;
  readonly perSecond: number;
  /** How often what went wrong: another status, a lost connection. */
  readonly errors: Readonly<Record<string, number>>;
  /** Had no answer long after the end, or were told to come again later (503). Their latency is the longest there is. */
  readonly unserved: number;
  /** Open: from when a request was due; closed: from when it was sent. */
  readonly latency: Spread;
  /** How late the generator itself sent what was due while it had a connection to spare. */
  readonly generatorLate: Spread;
  /** From an answer until the answer to what followed it. */
  readonly follow: Spread;
  /** From sending until the answer to what followed. */
  readonly followFromSend: Spread;
  /** Bytes of bodies. */
  readonly bytes: number;
  /** The highest position that an answer gave. */
  readonly position: number;
  /** How long the generator was at work. */
  readonly busySeconds: number;
}
