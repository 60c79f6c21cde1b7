// Who sends a request: a session (next-auth's encrypted token, checked against the person's epoch) or an API key (by
// its hash). What was found out is kept for at most 30 seconds, so that a removed member or a revoked key is out
// within a minute, and look-ups in flight together are one.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { decode } from 'next-auth/jwt';
import { createRecognised } from './recognised.ts';
import { remember } from './remember.ts';
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
   * The same without asking anybody or opening anything: whoever showed this before and is remembered. Null is no answer.
   */
  recognise(headers: IncomingHttpHeaders): Session<Membership> | null;
  /**
   * The same with memberships of this moment: for somebody who isn't known as a member but may have become one since.
   * Null when what is known is that fresh already.
   */
  refreshed(headers: IncomingHttpHeaders): Promise<Session<Membership> | null>;
  /** Whether the request relies on the session cookie, valid or not. */
  usesCookie(headers: IncomingHttpHeaders): boolean;
  /** A person changed: what was remembered of them doesn't hold. */
  forgetPerson(userId: number): void;
  /** @param hash SHA-256 of the key, hexadecimal. */
  forgetKey(hash: string): void;
  forgetAll(): void;
}

const TRUST_MS = 25_000;

interface Ticket {
  readonly userId: number;
  readonly epoch: number;
}

export function createSessionCheck<Membership>(
  options: SessionOptions<Membership>,
): SessionCheck<Membership> {
  const trust = options.trustMs ?? TRUST_MS;
  const people = remember((id: number) => options.person(id), trust);
  const keys = remember((hash: string) => options.apiKey(hash), trust);
  const recognised = createRecognised<Session<Membership>>();
  const tokens = openedTokens(options.secret);

  const bySession = async (token: string): Promise<Session<Membership> | null> => {
    const opened = await tokens.open(token);
    if (!opened) return null;
    const { userId, epoch } = opened.ticket;
    const person = await people.get(userId);
    if (!person || person.epoch !== epoch) return null;
    const { name, memberships } = person;
    return { userId, via: 'session', name, memberships, bookLimit: null };
  };

  const byKey = async (secret: string): Promise<Session<Membership> | null> => {
    const hash = createHash('sha256').update(secret).digest('hex');
    const value = await keys.get(hash);
    if (!value || value.revoked) return null;
    const person = await people.get(value.userId);
    if (!person) return null;
    const { name, memberships } = person;
    const { userId, book: bookLimit } = value;
    return { userId, via: 'api-key', name, memberships, bookLimit };
  };

  const authenticate = async (
    headers: IncomingHttpHeaders,
  ): Promise<Session<Membership> | null> => {
    const token = requestToken(headers, options.cookieName);
    if (!token) return null;
    const mark = recognised.mark();
    const session = await (token.via === 'session' ? bySession(token.token) : byKey(token.token));
    if (!session) return null;
    const expires = tokens.expires(token.token) ?? Number.POSITIVE_INFINITY;
    recognised.put(headers, session, mark, Math.min(trust, expires - Date.now()));
    return session;
  };

  return {
    authenticate,
    recognise: recognised.get,
    async refreshed(headers) {
      const known = await authenticate(headers);
      if (!known || !people.refresh(known.userId)) return null;
      recognised.void();
      return authenticate(headers);
    },
    usesCookie: (headers) => requestToken(headers, options.cookieName)?.via === 'session',
    forgetPerson(userId) {
      recognised.void();
      people.forget(userId);
    },
    forgetKey(hash) {
      recognised.void();
      keys.forget(hash);
    },
    forgetAll() {
      recognised.void();
      people.forgetAll();
      keys.forgetAll();
    },
  };
}

interface OpenedToken {
  readonly ticket: Ticket;
  /** In milliseconds since 1970. */
  readonly expires: number;
}

/** Tokens, each opened once: the next time it is known what is in them. */
function openedTokens(secret: string) {
  const known = new LRUCache<string, OpenedToken>({ max: 10_000 });
  return {
    async open(token: string): Promise<OpenedToken | null> {
      const opened = known.get(token) ?? (await openToken(token, secret));
      if (opened) known.set(token, opened, { ttl: Math.max(1, opened.expires - Date.now()) });
      return opened;
    },
    expires: (token: string) => known.get(token)?.expires,
  };
}

/** What next-auth put into the token, or null for one that is broken, foreign or expired. */
async function openToken(token: string, secret: string): Promise<OpenedToken | null> {
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
