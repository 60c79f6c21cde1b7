// Who sends a request: a session (next-auth's encrypted token, checked against the person's epoch) or an API key (by
// its hash). What was found out is kept for at most 30 seconds, so that a removed member or a revoked key is out
// within a minute, and look-ups in flight together are one.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { decode } from 'next-auth/jwt';
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
/** Memory for what was shown, in characters: a header may be long. */
const SHOWN_SIZE = 16_000_000;

interface Ticket {
  readonly userId: number;
  readonly epoch: number;
}

/** What a header stood for, valid while the same person and key are remembered. */
interface Shown<Membership> {
  readonly session: Session<Membership>;
  readonly person: CheckedPerson<Membership>;
  readonly key: { readonly hash: string; readonly value: CheckedKey } | null;
  /** In milliseconds since 1970. */
  readonly expires: number;
}

export function createSessionCheck<Membership>(
  options: SessionOptions<Membership>,
): SessionCheck<Membership> {
  const trust = options.trustMs ?? TRUST_MS;
  const people = remember((id: number) => options.person(id), trust);
  const keys = remember((hash: string) => options.apiKey(hash), trust);
  const sized = {
    maxSize: SHOWN_SIZE,
    sizeCalculation: (_: unknown, header: string) => header.length + 200,
  };
  const cookies = new LRUCache<string, Shown<Membership>>(sized);
  const bearers = new LRUCache<string, Shown<Membership>>(sized);
  const tickets = new LRUCache<string, OpenedToken>({ max: 10_000 });

  const open = async (token: string): Promise<OpenedToken | null> => {
    const known = tickets.get(token);
    if (known) return known;
    const opened = await openToken(token, options.secret);
    if (!opened) return null;
    tickets.set(token, opened, { ttl: Math.max(1, opened.expires - Date.now()) });
    return opened;
  };

  const bySession = async (token: string): Promise<Shown<Membership> | null> => {
    const opened = await open(token);
    if (!opened) return null;
    const { userId, epoch } = opened.ticket;
    const person = await people.get(userId);
    if (!person || person.epoch !== epoch) return null;
    const { name, memberships } = person;
    const session = { userId, via: 'session', name, memberships, bookLimit: null } as const;
    return { session, person, key: null, expires: opened.expires };
  };

  const byKey = async (secret: string): Promise<Shown<Membership> | null> => {
    const hash = createHash('sha256').update(secret).digest('hex');
    const value = await keys.get(hash);
    if (!value || value.revoked) return null;
    const person = await people.get(value.userId);
    if (!person) return null;
    const { name, memberships } = person;
    const { userId, book: bookLimit } = value;
    const session = { userId, via: 'api-key', name, memberships, bookLimit } as const;
    return { session, person, key: { hash, value }, expires: Number.POSITIVE_INFINITY };
  };

  const authenticate = async (
    headers: IncomingHttpHeaders,
  ): Promise<Session<Membership> | null> => {
    const token = requestToken(headers, options.cookieName);
    if (!token) return null;
    const shown = await (token.via === 'session' ? bySession(token.token) : byKey(token.token));
    if (!shown) return null;
    const { authorization, cookie = '' } = headers;
    if (authorization === undefined) cookies.set(cookie, shown);
    else bearers.set(authorization, shown);
    return shown.session;
  };

  const holds = ({ session, person, key, expires }: Shown<Membership>): boolean =>
    people.peek(session.userId) === person &&
    (key === null || keys.peek(key.hash) === key.value) &&
    (expires === Number.POSITIVE_INFINITY || expires > Date.now());

  return {
    authenticate,
    recognise({ authorization, cookie }) {
      const shown =
        authorization === undefined
          ? cookie === undefined
            ? undefined
            : cookies.get(cookie)
          : bearers.get(authorization);
      return shown && holds(shown) ? shown.session : null;
    },
    async refreshed(headers) {
      const known = await authenticate(headers);
      return known && people.refresh(known.userId) ? authenticate(headers) : null;
    },
    usesCookie: (headers) => requestToken(headers, options.cookieName)?.via === 'session',
    forgetPerson: people.forget,
    forgetKey: keys.forget,
    forgetAll() {
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
