// Live streams (server-sent events) of a book: positions for everyone who reads it, imports for those who may see them.
// A stream authorises itself again while it is open and ends when that no longer holds.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isPermitted } from '#ledger/domain/permissions.ts';
import type { DocumentsReader, MembershipCopy } from '#reports/documents/reader.ts';
import { SAFE_HEADERS } from '#server/session/problem.ts';
import { sendProblem } from '#server/session/send-problem.ts';
import type { SessionCheck } from '#server/session/session-check.ts';
import { authorise } from './authorise.ts';
import type { LiveFeed } from './live-feed.ts';

export interface LiveParts {
  readonly books: Pick<DocumentsReader, 'bookBySlug'>;
  readonly sessions: SessionCheck<MembershipCopy>;
  readonly feed: LiveFeed;
  fault(fault: unknown): void;
  /** How often an open stream is authorised again. */
  readonly checkMs?: number;
}

const ADDRESS = /^\/books\/([^/]+)\/live$/;
const MOST_STREAMS = 4_000;
const CHECK_MS = 15_000;
/** A reader that takes nothing for so many bytes is let go. */
const MOST_UNREAD = 256 * 1024;

/** The handler, for the front door's list. */
export const liveHandler = (parts: LiveParts) => ({
  name: 'live',
  matches: (path: string) => ADDRESS.test(path),
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    url: { readonly path: string },
  ): Promise<void> {
    const slug = ADDRESS.exec(url.path)?.[1] ?? '';
    const check = () => authorise(parts.books, parts.sessions, request.headers, slug, 'book.read');
    const who = await check();
    if ('code' in who) return sendProblem(response, who);
    if (parts.feed.listeners() >= MOST_STREAMS) {
      const title = 'Too many live streams are open';
      return sendProblem(response, {
        status: 503,
        code: 'too-many-streams',
        title,
        retryAfter: 10,
      });
    }
    response.writeHead(200, {
      ...SAFE_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    response.write('retry: 1000\n\n');
    const seesImports = isPermitted(who.role, 'import.read');
    const stop = parts.feed.watch(who.book.id, (event) => {
      if (event.name === 'import' && !seesImports) return;
      if (response.writableLength > MOST_UNREAD) response.destroy();
      else response.write(`event: ${event.name}\ndata: ${event.data}\n\n`);
    });
    const timer = setInterval(() => {
      response.write(': still here\n\n');
      check().then(
        (now) => {
          if ('code' in now || now.role !== who.role) response.end();
        },
        (reason: unknown) => parts.fault(reason),
      );
    }, parts.checkMs ?? CHECK_MS);
    response.once('close', () => {
      clearInterval(timer);
      stop();
    });
  },
});
