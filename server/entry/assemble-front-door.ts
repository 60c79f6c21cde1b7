// Puts the front door together from its rooms. The process, the tests and the comparison all start this one.
import { drawOnce } from '#reports/delivery/draw-once.ts';
import { reportFiles } from '#reports/delivery/file-bytes.ts';
import { createHeadSource } from '#reports/delivery/head-source.ts';
import { createLiveFeed } from '#reports/delivery/live-feed.ts';
import { liveHandler } from '#reports/delivery/live-handler.ts';
import { noteServed } from '#reports/delivery/note-served.ts';
import { packHandler } from '#reports/delivery/pack-handler.ts';
import { packPdfHandler } from '#reports/delivery/pack-pdf-handler.ts';
import { createQuickAnswer } from '#reports/delivery/quick-answer.ts';
import { createRenderPool } from '#reports/delivery/render-pool.ts';
import { reportHandler } from '#reports/delivery/report-handler.ts';
import { ReportSlots } from '#reports/delivery/report-slots.ts';
import type { Changes } from '#reports/documents/changes.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import type { MembershipCopy } from '#reports/documents/reader.ts';
import { createFrontDoor, type FrontDoor } from '../front-door/front-door.ts';
import { operatorHandler } from '../front-door/operators.ts';
import type { Upstream } from '../front-door/proxy.ts';
import { recordActivity } from '../metrics/activity-recorder.ts';
import { sessionCookieName } from '../session/cookie.ts';
import { remember } from '../session/remember.ts';
import { createSessionCheck } from '../session/session-check.ts';
import { followChanges } from './follow-changes.ts';
import { watchFrontDoor } from './watch-front-door.ts';

export interface FrontDoorSettings {
  readonly publicUrl: string;
  readonly mongoUrl: string;
  /** Where the change stream is opened, if not there. */
  readonly streamUrl?: string;
  readonly dbName?: string;
  readonly authSecret: string;
  readonly secureCookies: boolean;
  readonly cacheBytes: number;
  readonly api: Omit<Upstream, 'name'>;
  readonly web: Omit<Upstream, 'name'>;
  /** Told of faults; the request itself is answered without them. */
  fault(fault: unknown, what: string): void;
  /** Told when the change stream is trusted and when not. */
  note(what: string): void;
  /** For tests that don't want to wait as long as people do. */
  readonly waitMs?: number;
  readonly trustMs?: number;
  readonly staleMs?: number;
  readonly idleMs?: number;
}

export interface AssembledFrontDoor extends FrontDoor {
  /** Files made by this process. */
  rendered(): number;
  readonly changes: Pick<Changes, 'ageMs' | 'trusted'>;
}

const WAIT_MS = 10_000;
const TRUST_MS = 25_000;
/** One thread draws while the other core answers; it stands behind in priority. */
const THREADS = 1;
const NICENESS = 5;

/** Builds the front door over MongoDB; nothing is listened on yet. */
export async function assembleFrontDoor(settings: FrontDoorSettings): Promise<AssembledFrontDoor> {
  const { mongoUrl, dbName, trustMs = TRUST_MS, fault } = settings;
  const named = dbName === undefined ? {} : { dbName };
  const documents = await openDocuments({ url: mongoUrl, ...named });
  const activity = recordActivity(documents.activity.add, fault);
  const { rendered } = activity;
  const threads = { threads: THREADS, niceness: NICENESS, rendered };
  const pool = createRenderPool({ mongoUrl, ...named, ...threads });
  const feed = createLiveFeed(documents, (reason) => fault(reason, 'live'));
  const sessions = createSessionCheck<MembershipCopy>({
    secret: settings.authSecret,
    cookieName: sessionCookieName(settings.secureCookies),
    person: documents.person,
    apiKey: documents.apiKey,
    trustMs,
  });
  const books = remember((slug: string) => documents.bookBySlug(slug), trustMs);
  const bookBySlug = books.get;
  let changes: Changes | null = null;
  const heads = createHeadSource(
    documents.headsAt,
    documents.asked.ask,
    () => changes?.trusted() ?? false,
  );
  const files = reportFiles(documents.files, settings.cacheBytes);
  const slots = new ReportSlots(
    files,
    drawOnce({ drawings: documents.drawings, files, pool, fault }),
  );
  const followed = { heads, slots, sessions, books, feed, note: settings.note };
  const { streamUrl: url, staleMs } = settings;
  changes = documents.watch(followChanges(followed, fault), {
    ...(url === undefined ? {} : { url }),
    ...(staleMs === undefined ? {} : { staleMs }),
  });
  const stream = changes;
  const served = noteServed(documents, fault);
  const seen = { pool, feed, documents, changes, heads, files, activity };
  const watched = watchFrontDoor({ ...seen, knownBook: books.peek, fault });
  const known = { sessions, heads, files, served };
  const packed = { documents, bookBySlug, sessions, heads, slots, served };
  const quick = createQuickAnswer({ ...known, knownBook: books.peek });
  const waitMs = settings.waitMs ?? WAIT_MS;
  const door = createFrontDoor({
    publicUrl: new URL(settings.publicUrl),
    api: { name: 'The API', ...settings.api },
    web: { name: 'The web process', ...settings.web },
    quick: (request, response) => quick.answer(request, response)?.address ?? null,
    handlers: [
      reportHandler({ documents, bookBySlug, ...known, slots, waitMs, quick }),
      packHandler(packed),
      packPdfHandler(packed),
      liveHandler({ books: { bookBySlug }, sessions, feed, fault: (why) => fault(why, 'live') }),
      operatorHandler({
        documents: { ping: documents.ping, standing: watched.standing },
        api: settings.api,
        web: settings.web,
        metrics: watched.text,
      }),
    ],
    usesCookie: (request) => sessions.usesCookie(request.headers),
    answered: watched.answered,
    fault,
    ...(settings.idleMs === undefined ? {} : { idleMs: settings.idleMs }),
  });
  return {
    ...door,
    rendered: () => pool.made().count,
    changes: stream,
    async close() {
      feed.close();
      await door.close();
      await stream.close();
      await pool.close();
      await watched.close();
      await served.close();
      await documents.close();
    },
  };
}
