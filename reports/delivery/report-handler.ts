// Report files over node:http: what the front door calls for /books/{book}/reports/{report}/{period}.{format}.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SAFE_HEADERS } from '#server/session/problem.ts';
import { sendProblem } from '#server/session/send-problem.ts';
import { type DeliveryParts, deliverReport } from './deliver-report.ts';
import { isReportFile } from './report-address.ts';

// A PDF viewer of the browser's own needs its inline style; nothing else may load.
const FILE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

/** The handler, for the front door's list. */
export const reportHandler = (parts: DeliveryParts) => ({
  name: 'report',
  matches: isReportFile,
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    url: { readonly path: string; readonly query: URLSearchParams },
  ): Promise<void> {
    const answer = await deliverReport(parts, {
      headers: request.headers,
      path: url.path,
      query: url.query,
      gone: () => response.destroyed,
    });
    if ('code' in answer) return sendProblem(response, answer);
    const headers = { ...SAFE_HEADERS, 'content-security-policy': FILE_POLICY, ...answer.headers };
    if (answer.status === 304) {
      response.writeHead(304, headers).end();
      return;
    }
    const { bytes } = answer;
    const length = 'whole' in bytes ? bytes.whole.length : bytes.size;
    response.writeHead(200, { ...headers, 'content-length': length });
    if (request.method === 'HEAD') response.end();
    else if ('whole' in bytes) response.end(bytes.whole);
    else await pour(bytes.chunks(), response);
  },
});

/** Writes chunks as fast as the reader takes them. */
async function pour(chunks: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  for await (const chunk of chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  response.end();
}
