// Passes a request on to a process behind the front door, byte for byte in both directions. `Host` is kept; what
// clients claim in X-Forwarded-* is dropped and said anew.
import {
  Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { SAFE_HEADERS } from '../session/problem.ts';
import { sendProblem } from '../session/send-problem.ts';

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'expect',
  'upgrade',
]);

export interface Upstream {
  /** For messages: `the API`. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

const LARGEST_BODY = 8_000_000;
const UPLOAD = /^\/api\/v1\/books\/[^/]+\/imports(\?|$)/;

const isTooLarge = ({ headers, url = '' }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? 0) > LARGEST_BODY && !UPLOAD.test(url);

const SMALL_BODY = 64 * 1024;

/** No body, or one whose announced length is small. */
const isSmall = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined &&
  Number(headers['content-length'] ?? 0) <= SMALL_BODY;

const agent = new Agent({ keepAlive: true, maxSockets: 512, keepAliveMsecs: 10_000 });

/** Forwards a request and its answer. @param secure whether the site is reached over TLS. */
export function proxy(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  secure: boolean,
): void {
  if (isTooLarge(request)) {
    // Read to its end: a client that is still writing would miss the answer. Behind us it would be cut off.
    request.resume();
    sendProblem(response, {
      status: 413,
      code: 'too-large',
      title: 'The body is too large',
      detail: 'A request may have 8 MB; only files to import may be larger.',
    });
    return;
  }
  if (!isSmall(request)) {
    request.pipe(forward(request, response, upstream, secure));
    return;
  }
  // Read first and sent in one piece: a write to a socket is what a small request costs most. Nor does a client that
  // dawdles over its body hold a connection to the process behind.
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    forward(request, response, upstream, secure).end(body);
  });
}

/** The request to the process behind, whose body is still to be sent; its answer goes to the client. */
function forward(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  secure: boolean,
): ClientRequest {
  const forwarded = httpRequest({
    host: upstream.host,
    port: upstream.port,
    method: request.method,
    path: request.url,
    headers: forwardHeaders(request, secure),
    setHost: false,
    agent,
  });
  forwarded.once('response', (answer) => passBack(answer, response, secure));
  forwarded.once('error', () => {
    if (response.headersSent) response.destroy();
    else {
      sendProblem(response, {
        status: 503,
        code: 'not-reachable',
        title: `${upstream.name} cannot be reached`,
        detail: 'It may be starting. Reports can be read meanwhile. Ask again in a moment.',
        retryAfter: 2,
      });
    }
  });
  response.once('close', () => {
    if (!response.writableFinished) forwarded.destroy();
  });
  return forwarded;
}

function passBack(answer: IncomingMessage, response: ServerResponse, secure: boolean): void {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) headers[name] = value;
  }
  for (const [name, value] of Object.entries(SAFE_HEADERS)) headers[name] ??= value;
  if (secure) headers['strict-transport-security'] ??= 'max-age=31536000';
  response.writeHead(answer.statusCode ?? 502, headers);
  answer.pipe(response);
  // A half answer must not look whole.
  answer.once('error', () => response.destroy());
  answer.once('aborted', () => response.destroy());
}

function forwardHeaders(request: IncomingMessage, secure: boolean): string[] {
  const headers: string[] = [];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at]!;
    const lower = name.toLowerCase();
    const dropped =
      lower.startsWith('x-forwarded-') || lower === 'forwarded' || lower === 'x-real-ip';
    // Chunked bodies stay chunked: `transfer-encoding` is said again for what Node will send.
    if (dropped || (HOP_BY_HOP.has(lower) && lower !== 'transfer-encoding')) continue;
    headers.push(name, request.rawHeaders[at + 1]!);
  }
  headers.push('X-Forwarded-For', request.socket.remoteAddress ?? '');
  headers.push('X-Forwarded-Proto', secure ? 'https' : 'http');
  headers.push('X-Forwarded-Host', request.headers.host ?? '');
  return headers;
}

/** Joins an upgraded connection (a developer's live reload) to the process behind. */
export function proxyUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  upstream: Upstream,
): void {
  const behind = connect(upstream.port, upstream.host, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    }
    behind.write(`${lines.join('\r\n')}\r\n\r\n`);
    if (head.length > 0) behind.write(head);
    behind.pipe(socket);
    socket.pipe(behind);
  });
  const end = () => {
    behind.destroy();
    socket.destroy();
  };
  behind.once('error', end);
  socket.once('error', end);
}
