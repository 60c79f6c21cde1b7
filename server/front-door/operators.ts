// For operators: is it alive, is it ready, how is it doing. Nothing here names a book or a person: books go by number.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { type DocumentStanding, documentMetrics } from '../metrics/document-metrics.ts';
import { SAFE_HEADERS } from '../session/problem.ts';

export interface OperatorParts {
  readonly documents: {
    ping(): Promise<void>;
    standing(): Promise<DocumentStanding>;
  };
  readonly api: { readonly host: string; readonly port: number };
  readonly web: { readonly host: string; readonly port: number };
  /** The counters of all front doors of this machine, in Prometheus' text format. */
  metrics(): Promise<string>;
}

const PATHS = new Set(['/healthz', '/readyz', '/metrics']);

/** `/healthz`: the process answers. `/readyz`: reports can be read (and what else answers). `/metrics`: counters. */
export const operatorHandler = (parts: OperatorParts) => ({
  name: 'operators',
  matches: (path: string) => PATHS.has(path),
  async handle(
    _request: IncomingMessage,
    response: ServerResponse,
    url: { readonly path: string },
  ): Promise<void> {
    if (url.path === '/healthz') return send(response, 200, 'application/json', '{"status":"ok"}');
    if (url.path === '/readyz') return ready(parts, response);
    // Without its documents a front door is still worth watching.
    const standing = parts.documents.standing().catch(() => null);
    const text = [await parts.metrics(), documentMetrics(await standing)].join('\n');
    send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', text);
  },
});

async function ready(parts: OperatorParts, response: ServerResponse): Promise<void> {
  const [documents, api, web] = await Promise.all([
    parts.documents.ping().then(
      () => true,
      () => false,
    ),
    answers(parts.api),
    answers(parts.web),
  ]);
  const body = JSON.stringify({ status: documents ? 'ready' : 'not ready', documents, api, web });
  send(response, documents ? 200 : 503, 'application/json', body);
}

/** Whether somebody listens there. */
const answers = ({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    ...SAFE_HEADERS,
    'content-type': type,
    'cache-control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
