// Report files over node:http: what the front door calls for /books/{book}/reports/{report}/{period}.{format}.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { FileAddress } from '#reports/documents/drawings.ts';
import { sendProblem } from '#server/session/send-problem.ts';
import { type DeliveryParts, deliverReport } from './deliver-report.ts';
import type { QuickAnswer } from './quick-answer.ts';
import { isReportFile } from './report-address.ts';
import { unlessGone } from './unless-gone.ts';

/** The handler, for the front door's list. */
export const reportHandler = (parts: DeliveryParts & { readonly quick: QuickAnswer }) => ({
  name: 'report',
  matches: isReportFile,
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    url: { readonly path: string; readonly query: URLSearchParams },
    served: (file: FileAddress) => void,
  ): Promise<void> {
    const answer = await deliverReport(parts, {
      headers: request.headers,
      path: url.path,
      query: url.query,
      gone: () => response.destroyed,
    });
    if ('code' in answer) return sendProblem(response, answer);
    served(answer.slot.address);
    parts.quick.remember(request.url ?? '', answer.book, answer.slot);
    const { bytes } = answer;
    response.writeHead(answer.status, answer.headers as string[]);
    if (!bytes || request.method === 'HEAD') response.end();
    else if ('whole' in bytes) response.end(bytes.whole);
    else await pipeline(bytes.chunks(), response).catch(unlessGone);
  },
});
