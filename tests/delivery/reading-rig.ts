// A front door over a real document store with one book in it, and people to read it: for the tests of reading.
import { createHash, randomBytes } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { monthOf, parseDate } from '#ledger/domain/calendar.ts';
import type { Role } from '#ledger/domain/permissions.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { seal } from '#reports/catalogue/seal.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { type AssembledFrontDoor, assembleFrontDoor } from '#server/entry/assemble-front-door.ts';
import { sessionCookieName } from '#server/session/cookie.ts';
import { TITLE } from './sample-reports.ts';

const SECRET = 'a secret that only tests know, 32 letters long';

export interface ReadingRig {
  readonly url: string;
  readonly dbName: string;
  readonly documents: Documents;
  readonly door: AssembledFrontDoor;
  /** What went wrong inside; tests expect nothing here. */
  readonly faults: unknown[];
  /** Cookie header of a person with a role in the book (or in none). */
  cookie(userId: number, epoch?: number): Promise<string>;
  /** Makes a person known to reading. */
  person(userId: number, role: Role | null, epoch?: number): Promise<void>;
  apiKey(
    userId: number,
    options?: { book?: number; revoked?: boolean; key?: string },
  ): Promise<string>;
  /** Makes these the book's documents at a position. */
  publish(position: number, ...bodies: ReportBody[]): Promise<string[]>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** One more front door over the same documents. */
  another(): Promise<AssembledFrontDoor & { readonly url: string }>;
  close(): Promise<void>;
}

export interface ReadingOptions {
  readonly trustMs?: number;
  readonly waitMs?: number;
  readonly staleMs?: number;
  readonly idleMs?: number;
  /** Where the change stream is opened, if not at the store. */
  readonly streamUrl?: string;
  /** Where the front door finds the store, if not there. */
  readonly doorUrl?: string;
}

const BOOK = 1;

/** Starts everything on free ports. @param mongoUrl a store; a database of its own is made in it. */
export async function startReading(
  mongoUrl: string,
  options: ReadingOptions = {},
): Promise<ReadingRig> {
  const dbName = `reading_${randomBytes(6).toString('hex')}`;
  const documents = await openDocuments({ url: mongoUrl, dbName });
  await documents.prepare();
  const calendar = { startDate: parseDate('2026-01-01')!, firstYearEnd: parseDate('2026-12-31')! };
  await documents.access.putBook({
    ...TITLE,
    id: BOOK,
    baseCurrency: 'EUR',
    calendar,
    lockedThrough: null,
    isGroup: false,
  });
  const faults: unknown[] = [];
  const closed = { host: '127.0.0.1', port: 9 };
  const { doorUrl = mongoUrl, ...asked } = options;
  const open = async () => {
    const opened = await assembleFrontDoor({
      publicUrl: 'http://127.0.0.1',
      mongoUrl: doorUrl,
      dbName,
      authSecret: SECRET,
      secureCookies: false,
      api: closed,
      web: closed,
      cacheBytes: 64_000_000,
      fault: (fault) => faults.push(fault),
      note: () => undefined,
      waitMs: 400,
      trustMs: 50,
      ...asked,
    });
    return { ...opened, url: `http://127.0.0.1:${await opened.listen(0, '127.0.0.1')}` };
  };
  const door = await open();
  const { url } = door;
  return {
    url,
    dbName,
    documents,
    door,
    faults,
    cookie: async (userId, epoch = 1) =>
      `${sessionCookieName(false)}=${await encode({ token: { sub: `${userId}`, epoch }, secret: SECRET })}`,
    person: (userId, role, epoch = 1) =>
      documents.access.putPerson({
        id: userId,
        epoch,
        name: `Person ${userId}`,
        email: `person${userId}@example.org`,
        memberships: role ? [{ book: BOOK, role }] : [],
      }),
    async apiKey(
      userId,
      { book, revoked = false, key = `dk_${randomBytes(16).toString('hex')}` } = {},
    ) {
      const hash = createHash('sha256').update(key).digest('hex');
      await documents.access.putApiKey(hash, { id: userId, userId, book: book ?? null, revoked });
      return key;
    },
    async publish(position, ...bodies) {
      const sealed = bodies.map(seal);
      await documents.writeBodies(BOOK, sealed);
      const stored = await documents.storedPosition(BOOK);
      const heads = bodies.map(({ report, period, position: touched }, at) => ({
        report,
        period: period.key,
        digest: sealed[at]!.digest,
        position: touched,
        asOf: position,
        computedAt: new Date(1_790_000_000_000 + position).toISOString(),
      }));
      const next = {
        generation: 1,
        position,
        hash: 'ab',
        through: monthOf(parseDate('2026-03-31')!),
        lastNumber: position,
        schemaVersion: 1,
      };
      const { moved } = await documents.move({
        book: BOOK,
        expected: stored,
        heads,
        next,
        last: { ms: 4, documents: heads.length, lagMs: 40 },
        replaced: [],
      });
      if (!moved) throw new Error('the heads were not moved');
      return sealed.map(({ digest }) => digest);
    },
    another: open,
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers, redirect: 'manual' }),
    async close() {
      await door.close();
      await documents.close();
    },
  };
}
