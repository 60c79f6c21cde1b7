// The front door: owns the port, answers report files, live streams and operators itself, and passes the rest to the
// API and to Next.js. It is kept small so that nothing slow can hold up a download.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { sendProblem } from '../session/send-problem.ts';
import { checkOrigin } from './check-origin.ts';
import { proxy, proxyUpgrade, type Upstream } from './proxy.ts';
import { type RequestUrl, requestUrl } from './request-url.ts';

/** A report file that was answered, for the counters. */
export interface Served {
  readonly book: number;
  readonly format: string;
}

/** Answers a request if it is its own. A handler that throws is a fault: 500, logged. */
export interface Handler {
  /** Short name for the log and the counters. */
  readonly name: string;
  matches(path: string): boolean;
  /** @param served is told of a report file as soon as it is found */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    url: RequestUrl,
    served: (file: Served) => void,
  ): Promise<void>;
}

export interface FrontDoorOptions {
  readonly publicUrl: URL;
  readonly handlers: readonly Handler[];
  readonly api: Upstream;
  readonly web: Upstream;
  /** Answers at once what is in memory. @returns what that was, or null when it isn't there. */
  quick(request: IncomingMessage, response: ServerResponse): Served | null;
  usesCookie(request: IncomingMessage): boolean;
  /** Called once per answer. @param path empty for what was answered at once, which `served` says */
  answered(
    handler: string,
    path: string,
    served: Served | null,
    status: number,
    milliseconds: number,
  ): void;
  fault(fault: unknown, what: string): void;
  /** How long a connection may stand still: a client that neither sends nor takes anything is let go. */
  readonly idleMs?: number;
}

export interface FrontDoor {
  readonly server: Server;
  /** @returns the port. */
  listen(port: number, host?: string): Promise<number>;
  /** Stops taking requests, lets running ones end, then closes. */
  close(): Promise<void>;
}

const MOST_CONNECTIONS = 20_000;
const IDLE_MS = 60_000;

/** Builds the server; it listens when told. */
export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const secure = options.publicUrl.protocol === 'https:';
  const server = createServer({
    maxHeaderSize: 32 * 1024,
    headersTimeout: 20_000,
    connectionsCheckingInterval: 5_000,
    // Uploads of large imports may take their time, as long as they go on.
    requestTimeout: 0,
    keepAliveTimeout: IDLE_MS,
  });
  const idleMs = options.idleMs ?? IDLE_MS;
  // A clock that runs out may say no more than that this process stood still: who moves nothing from one look to the next is idle.
  const lookMs = idleMs / 2;
  server.timeout = lookMs;
  server.maxConnections = MOST_CONNECTIONS;
  const answering = new WeakMap<Duplex, ServerResponse>();
  const looked = new WeakMap<Duplex, string>();
  server.on('timeout', (socket) => {
    // What came in while the process stood still is read first.
    setImmediate(() => {
      const moved = `${socket.bytesRead} ${socket.bytesWritten}`;
      const isIdle = looked.get(socket) === moved;
      looked.set(socket, moved);
      const response = answering.get(socket);
      // Whoever has asked and waits for us isn't idle; whoever doesn't send the rest, or doesn't take the answer, is.
      const waits = response?.req.complete && !response.headersSent;
      if (isIdle && !waits) socket.destroy();
      else socket.setTimeout(lookMs);
    });
  });

  server.on('request', (request, response) => {
    const started = performance.now();
    const at = options.quick(request, response);
    if (at)
      return options.answered('report', '', at, response.statusCode, performance.now() - started);
    let name = 'refused';
    let path = '';
    let served: Served | null = null;
    response.once('close', () =>
      options.answered(name, path, served, response.statusCode, performance.now() - started),
    );
    answering.set(request.socket, response);
    const url = requestUrl(request.url ?? '');
    if ('code' in url) return sendProblem(response, url);
    path = url.path;
    const refused = checkOrigin(request, options.usesCookie, options.publicUrl);
    if (refused) return sendProblem(response, refused);
    const handler = options.handlers.find((candidate) => candidate.matches(url.path));
    if (!handler) {
      const upstream = isApi(url.path) ? options.api : options.web;
      name = upstream === options.api ? 'api' : 'web';
      return proxy(request, response, upstream, secure);
    }
    name = handler.name;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return sendProblem(response, {
        status: 405,
        code: 'method-not-allowed',
        title: 'This address can only be read',
      });
    }
    const note = (file: Served) => {
      served = file;
    };
    handler.handle(request, response, url, note).catch((fault: unknown) => {
      failed(options, fault, name, response);
    });
  });
  server.on('upgrade', (request, socket, head) => proxyUpgrade(request, socket, head, options.web));
  server.on('clientError', (fault: NodeJS.ErrnoException, socket) => {
    const status = CLIENT_ERRORS[fault.code ?? ''] ?? '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
  });

  return {
    server,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 3_000).unref();
      }),
  };
}

/** What Node's parser gives up on; anything else isn't HTTP. */
const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

const isApi = (path: string): boolean => path === '/api/v1' || path.startsWith('/api/v1/');

/** The document store being away is not a bug of ours: 503, ask again. Anything else is 500 without its insides. */
function failed(
  options: FrontDoorOptions,
  fault: unknown,
  name: string,
  response: ServerResponse,
): void {
  options.fault(fault, name);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const away =
    fault instanceof Error &&
    /Mongo|timed? ?out|ECONNREFUSED/i.test(`${fault.name} ${fault.message}`);
  sendProblem(
    response,
    away
      ? {
          status: 503,
          code: 'documents-not-reachable',
          title: 'The documents cannot be reached',
          detail: 'The document store does not answer. Ask again in a moment.',
          retryAfter: 2,
        }
      : { status: 500, code: 'fault', title: 'Something went wrong on our side' },
  );
}
