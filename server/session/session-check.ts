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
  /** Whether the request relies on the session cookie, valid or not. */
  usesCookie(headers: IncomingHttpHeaders): boolean;
}

const TRUST_MS = 25_000;
const UNKNOWN_MS = 3_000;

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
    const person = await people(ticket.userId);
    if (!person || person.epoch !== ticket.epoch) return null;
    const { name, memberships } = person;
    return { userId: ticket.userId, via: 'session', name, memberships, bookLimit: null };
  };

  const byKey = async (secret: string): Promise<Session<Membership> | null> => {
    const key = await keys(createHash('sha256').update(secret).digest('hex'));
    if (!key || key.revoked) return null;
    const person = await people(key.userId);
    if (!person) return null;
    const { name, memberships } = person;
    return { userId: key.userId, via: 'api-key', name, memberships, bookLimit: key.book };
  };

  return {
    async authenticate(headers) {
      const shown = requestToken(headers, options.cookieName);
      if (!shown) return null;
      return shown.via === 'session' ? bySession(shown.token) : byKey(shown.token);
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
    return expires * 1000 <= Date.now() ? null : { ticket: { userId, epoch }, expires: expires * 1000 };
  } catch {
    // Any bytes can be sent as a cookie: what can't be opened is nobody's session.
    return null;
  }
}

/** A look-up that is remembered for a while (less when nothing was found); faults are not. */
function remembered<Key extends string | number, Value>(
  look: (key: Key) => Promise<Value | null>,
  trust: number,
): (key: Key) => Promise<Value | null> {
  const found = new LRUCache<Key, { readonly value: Value | null }>({ max: 10_000 });
  const asked = new Map<Key, Promise<Value | null>>();
  return async (key) => {
    const known = found.get(key);
    if (known) return known.value;
    const running = asked.get(key);
    if (running) return running;
    const asking = look(key)
      .then((value) => {
        found.set(key, { value }, { ttl: Math.max(1, value === null ? Math.min(UNKNOWN_MS, trust) : trust) });
        return value;
      })
      .finally(() => asked.delete(key));
    asked.set(key, asking);
    return asking;
  };
}
