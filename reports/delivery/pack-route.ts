// What both kinds of report pack do before they differ: find who asks, read what is asked for, and wait for it with patience.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BookCopy, DocumentsReader } from '#reports/documents/reader.ts';
import type { Problem } from '#server/session/problem.ts';
import { sendProblem } from '#server/session/send-problem.ts';
import { authorise } from './authorise.ts';
import type { DeliveryParts } from './deliver-report.ts';

/** How long it is until documents that moved are looked for again. */
export const AGAIN_MS = 50;
/** The most until a file that isn't drawn yet is looked for again. */
export const LATER_MS = 200;
/** So long files are waited for that were never drawn: twenty of them, or the longest ledgers, take some seconds. */
const PATIENCE_MS = 30_000;

export type PackParts = Omit<DeliveryParts, 'documents' | 'files' | 'waitMs'> & {
  readonly documents: Pick<DocumentsReader, 'headsTogether'>;
};

/** How a kind of pack is read and answered. */
interface PackKind<Asked extends object, Pack extends object> {
  /** Ending of its addresses. */
  readonly ending: 'pdf' | 'zip';
  /** @param period as the address has it */
  read(book: BookCopy, period: string, query: URLSearchParams): Asked | Problem;
  /** @param patient whether it is worth to go on */
  find(asked: Asked, patient: () => boolean): Promise<Pack | Problem>;
  send(
    request: IncomingMessage,
    response: ServerResponse,
    asked: Asked,
    pack: Pack,
  ): Promise<void> | void;
}

/** The handler of a kind of pack, for the front door's list: /books/{book}/packs/{period}.{ending}. */
export function packRoute<Asked extends object, Pack extends object>(
  parts: PackParts,
  { ending, find, read, send }: PackKind<Asked, Pack>,
) {
  const address = new RegExp(`^/books/([^/]+)/packs/([^/]+)\\.${ending}$`);
  return {
    name: 'pack',
    matches: (path: string): boolean => address.test(path),
    async handle(
      request: IncomingMessage,
      response: ServerResponse,
      { path, query }: { readonly path: string; readonly query: URLSearchParams },
    ): Promise<void> {
      const [, slug = '', period = ''] = address.exec(path) ?? [];
      const who = await authorise(parts, parts.sessions, request.headers, slug, 'report.read');
      if ('code' in who) return sendProblem(response, who);
      const asked = read(who.book, period, query);
      if ('code' in asked) return sendProblem(response, asked as Problem);
      const until = performance.now() + PATIENCE_MS;
      const pack = await find(asked, () => performance.now() < until && !response.destroyed);
      if ('code' in pack) return sendProblem(response, pack as Problem);
      await send(request, response, asked, pack);
    },
  };
}
