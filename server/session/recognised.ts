// Who showed a header before, without opening or asking anything: for a while, and until anything changes.
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';

export interface Recognised<Session> {
  get(headers: IncomingHttpHeaders): Session | null;
  /** To be called before somebody is looked up: what changes meanwhile voids what is found. */
  mark(): number;
  /** @param mostMs for so long at most */
  put(headers: IncomingHttpHeaders, session: Session, mark: number, mostMs: number): void;
  /** Something changed that sessions rest on: everybody is looked up again. */
  void(): void;
}

interface Shown<Session> {
  readonly session: Session;
  /** Clock of `performance`. */
  readonly until: number;
  readonly mark: number;
}

/** Memory for what was shown, in characters: a header may be long. */
const MOST_SIZE = 16_000_000;

export function createRecognised<Session extends object>(): Recognised<Session> {
  const sized = {
    maxSize: MOST_SIZE,
    sizeCalculation: (_: unknown, header: string) => header.length + 200,
  };
  const cookies = new LRUCache<string, Shown<Session>>(sized);
  const bearers = new LRUCache<string, Shown<Session>>(sized);
  let changes = 0;
  return {
    get({ authorization, cookie }) {
      const shown =
        authorization === undefined ? cookies.get(cookie ?? '') : bearers.get(authorization);
      const holds = shown && shown.mark === changes && performance.now() < shown.until;
      return holds ? shown.session : null;
    },
    mark: () => changes,
    put({ authorization, cookie = '' }, session, mark, mostMs) {
      const shown = { session, mark, until: performance.now() + mostMs };
      if (authorization === undefined) cookies.set(cookie, shown);
      else bearers.set(authorization, shown);
    },
    void() {
      changes++;
    },
  };
}
