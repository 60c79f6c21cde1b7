// Puts the front door together from its rooms. The process, the tests and the comparison all start this one.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { reportFiles } from '#reports/delivery/file-bytes.ts';
import { createLiveFeed } from '#reports/delivery/live-feed.ts';
import { liveHandler } from '#reports/delivery/live-handler.ts';
import { createRenderPool } from '#reports/delivery/render-pool.ts';
import { reportHandler } from '#reports/delivery/report-handler.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import type { DocumentsPosition, MembershipCopy } from '#reports/documents/reader.ts';
import { createFrontDoor, type FrontDoor } from '../front-door/front-door.ts';
import { operatorHandler } from '../front-door/operators.ts';
import type { Upstream } from '../front-door/proxy.ts';
import { sessionCookieName } from '../session/cookie.ts';
import { createSessionCheck } from '../session/session-check.ts';

export interface FrontDoorSettings {
  readonly publicUrl: string;
  readonly mongoUrl: string;
  readonly dbName?: string;
  readonly authSecret: string;
  readonly secureCookies: boolean;
  readonly api: Omit<Upstream, 'name'>;
  readonly web: Omit<Upstream, 'name'>;
  /** Told of faults; the request itself is answered without them. */
  fault(fault: unknown, what: string): void;
  /** For tests that don't want to wait as long as people do. */
  readonly waitMs?: number;
  readonly trustMs?: number;
}

export interface AssembledFrontDoor extends FrontDoor {
  /** Files made by this process. */
  rendered(): number;
}

/** Builds the front door over MongoDB; nothing is listened on yet. */
export async function assembleFrontDoor(settings: FrontDoorSettings): Promise<AssembledFrontDoor> {
  const { mongoUrl, dbName } = settings;
  const store = { mongoUrl, ...(dbName === undefined ? {} : { dbName }) };
  const documents = await openDocuments({
    url: mongoUrl,
    ...(dbName === undefined ? {} : { dbName }),
  });
  const pool = createRenderPool(store);
  const feed = createLiveFeed(documents, (fault) => settings.fault(fault, 'live'));
  const sessions = createSessionCheck<MembershipCopy>({
    secret: settings.authSecret,
    cookieName: sessionCookieName(settings.secureCookies),
    person: documents.person,
    apiKey: documents.apiKey,
    ...(settings.trustMs === undefined ? {} : { trustMs: settings.trustMs }),
  });
  const metrics = frontDoorMetrics(pool.rendered, feed.listeners);
  const door = createFrontDoor({
    publicUrl: new URL(settings.publicUrl),
    api: { name: 'The API', ...settings.api },
    web: { name: 'The web process', ...settings.web },
    handlers: [
      reportHandler({
        documents,
        sessions,
        files: reportFiles(documents.files, pool),
        kept: (digest) => {
          documents.keep(digest).catch((fault: unknown) => settings.fault(fault, 'keep'));
        },
        ...(settings.waitMs === undefined ? {} : { waitMs: settings.waitMs }),
      }),
      liveHandler({ documents, sessions, feed, fault: (fault) => settings.fault(fault, 'live') }),
      operatorHandler({
        documents: { ping: documents.ping, recomputes: () => recomputesOf(documents) },
        api: settings.api,
        web: settings.web,
        metrics: metrics.text,
      }),
    ],
    usesCookie: (request) => sessions.usesCookie(request.headers),
    answered: metrics.answered,
    fault: settings.fault,
  });
  return {
    ...door,
    rendered: pool.rendered,
    async close() {
      feed.close();
      await door.close();
      await pool.close();
      await documents.close();
    },
  };
}

/** What the document store says of all books together. */
async function recomputesOf(documents: Documents) {
  const books = await documents.access.books();
  const positions = await documents.positions(books.map((book) => book.id));
  const sum = (value: (position: DocumentsPosition) => number) =>
    positions.reduce((total, position) => total + value(position), 0);
  return {
    books: positions.length,
    recomputes: sum((position) => position.recomputes),
    behind: sum((position) => position.head - position.position),
  };
}

function frontDoorMetrics(rendered: () => number, streams: () => number) {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const seconds = new Histogram({
    name: 'daybook_request_seconds',
    help: 'Time from request to the end of its answer',
    labelNames: ['handler'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const answers = new Counter({
    name: 'daybook_requests_total',
    help: 'Answered requests',
    labelNames: ['handler', 'status'],
    registers,
  });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('daybook_files_rendered', 'Report files made by this process', rendered);
  gauge('daybook_live_streams', 'Open live streams', streams);
  return {
    text: () => register.metrics(),
    answered(handler: string, status: number, milliseconds: number) {
      if (handler !== 'live') seconds.observe({ handler }, milliseconds / 1000);
      answers.inc({ handler, status: `${status}` });
    },
  };
}
