// Who sends a request: a session (next-auth's encrypted token, checked against the person's epoch) or an API key (by
// its hash). What was found out is kept for at most 30 seconds, so that a removed member or a revoked key is out
// within a minute, and look-ups in flight together are one.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { decode } from 'next-auth/jwt';
import { requestToken } from './request-token.ts';

/** A person as the check needs them; a session with another epoch is void. */
export interface CheckedPerson<Membership> {
  readonly epoch: number;
  readonly name: string;
  readonly memberships: readonly Membership[];
}

export interface CheckedKey {
  readonly userId: number;
  readonly book: number | null;
  readonly revoked: boolean;
}

export interface SessionOptions<Membership> {
  readonly secret: string;
  readonly cookieName: string;
  person(userId: number): Promise<CheckedPerson<Membership> | null>;
  /** @param hash SHA-256 of the key, hexadecimal. */
  apiKey(hash: string): Promise<CheckedKey | null>;
  /** How long a look-up holds. */
  readonly trustMs?: number;
}

export interface Session<Membership> {
  readonly userId: number;
  readonly via: 'session' | 'api-key';
  readonly name: string;
  readonly memberships: readonly Membership[];
  /** The only book an API key may see; null for all of the person's. */
  readonly bookLimit: number | null;
}

export interface SessionCheck<Membership> {
  /** Null when nobody is signed in or what is shown doesn't hold. */
  authenticate(headers: IncomingHttpHeaders): Promise<Session<Membership> | null>;
  /**
   * The same with memberships of this moment: for somebody who isn't known as a member but may have become one since.
   * Null when what is known is that fresh already.
   */
  refreshed(headers: IncomingHttpHeaders): Promise<Session<Membership> | null>;
  /** Whether the request relies on the session cookie, valid or not. */
  usesCookie(headers: IncomingHttpHeaders): boolean;
}

const TRUST_MS = 25_000;
const UNKNOWN_MS = 1_000;
/** So often at most somebody who isn't a member makes us ask again. */
const FRESH_MS = 250;

interface Ticket {
  readonly userId: number;
  readonly epoch: number;
}

export function createSessionCheck<Membership>(
  options: SessionOptions<Membership>,
): SessionCheck<Membership> {
  const trust = options.trustMs ?? TRUST_MS;
  const people = remembered((id: number) => options.person(id), trust);
  const keys = remembered((hash: string) => options.apiKey(hash), trust);
  const tickets = new LRUCache<string, Ticket>({ max: 10_000 });

  const ticketOf = async (token: string): Promise<Ticket | null> => {
    const known = tickets.get(token);
    if (known) return known;
    const opened = await openToken(token, options.secret);
    if (!opened) return null;
    tickets.set(token, opened.ticket, { ttl: Math.max(1, opened.expires - Date.now()) });
    return opened.ticket;
  };

  const bySession = async (token: string): Promise<Session<Membership> | null> => {
    const ticket = await ticketOf(token);
    if (!ticket) return null;
    const person = await people.get(ticket.userId);
    if (!person || person.epoch !== ticket.epoch) return null;
    const { name, memberships } = person;
    return { userId: ticket.userId, via: 'session', name, memberships, bookLimit: null };
  };

  const byKey = async (secret: string): Promise<Session<Membership> | null> => {
    const key = await keys.get(createHash('sha256').update(secret).digest('hex'));
    if (!key || key.revoked) return null;
    const person = await people.get(key.userId);
    if (!person) return null;
    const { name, memberships } = person;
    return { userId: key.userId, via: 'api-key', name, memberships, bookLimit: key.book };
  };

  const authenticate = async (
    headers: IncomingHttpHeaders,
  ): Promise<Session<Membership> | null> => {
    const shown = requestToken(headers, options.cookieName);
    if (!shown) return null;
    return shown.via === 'session' ? bySession(shown.token) : byKey(shown.token);
  };

  return {
    authenticate,
    async refreshed(headers) {
      const known = await authenticate(headers);
      return known && people.forget(known.userId) ? authenticate(headers) : null;
    },
    usesCookie: (headers) => requestToken(headers, options.cookieName)?.via === 'session',
  };
}

/** What next-auth put into the token, or null for one that is broken, foreign or expired. */
async function openToken(
  token: string,
  secret: string,
): Promise<{ ticket: Ticket; expires: number } | null> {
  try {
    const content = await decode({ token, secret });
    const userId = /^\d{1,15}$/.test(content?.sub ?? '') ? +content!.sub! : null;
    const epoch = content?.epoch;
    const expires = content?.exp;
    if (userId === null || typeof epoch !== 'number' || typeof expires !== 'number') return null;
    return expires * 1000 <= Date.now()
      ? null
      : { ticket: { userId, epoch }, expires: expires * 1000 };
  } catch {
    // Any bytes can be sent as a cookie: what can't be opened is nobody's session.
    return null;
  }
}

interface Remembered<Key, Value> {
  get(key: Key): Promise<Value | null>;
  /** Forgets what is older than a moment. @returns whether the next look will be a fresh one. */
  forget(key: Key): boolean;
}

/** A look-up that is remembered for a while (less when nothing was found); faults are not. */
function remembered<Key extends string | number, Value>(
  look: (key: Key) => Promise<Value | null>,
  trust: number,
): Remembered<Key, Value> {
  const found = new LRUCache<Key, { readonly value: Value | null; readonly at: number }>({
    max: 10_000,
  });
  const asked = new Map<Key, Promise<Value | null>>();
  const ask = async (key: Key): Promise<Value | null> => {
    const value = await look(key);
    const ttl = value === null ? Math.min(UNKNOWN_MS, trust) : trust;
    found.set(key, { value, at: performance.now() }, { ttl: Math.max(1, ttl) });
    return value;
  };
  return {
    async get(key) {
      const known = found.get(key);
      if (known) return known.value;
      const running = asked.get(key);
      if (running) return running;
      const asking = ask(key).finally(() => asked.delete(key));
      asked.set(key, asking);
      return asking;
    },
    forget(key) {
      const known = found.get(key);
      if (known && performance.now() - known.at < FRESH_MS) return false;
      found.delete(key);
      return true;
    },
  };
}
