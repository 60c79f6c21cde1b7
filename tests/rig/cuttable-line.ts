// A line to a server that a test can cut, slow down, silence and mend: to its clients a cut line is a server that is
// down, a silent one a server that says nothing more.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttableLine {
  /** The server's URL by way of this line. */
  readonly url: string;
  cut(): void;
  /** What the server says from now on arrives so much later. */
  delay(ms: number): void;
  /** What the server says from now on never arrives. */
  silence(): void;
  /** As in the beginning; who was cut off connects again, what was silenced stays lost. */
  mend(): void;
  close(): Promise<void>;
}

export async function cuttableLine(serverUrl: string): Promise<CuttableLine> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let whole = true;
  let silent = false;
  let delayMs = 0;
  const answer = (client: Socket, bytes: Buffer) => {
    if (silent) return;
    if (delayMs === 0) client.write(bytes);
    else setTimeout(() => client.writable && client.write(bytes), delayMs);
  };
  const server = createServer((client) => {
    if (!whole) return void client.destroy();
    const upstream = connect(+target.port, target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (bytes) => answer(client, bytes));
  });
  await new Promise<void>((resume) => server.listen(0, '127.0.0.1', resume));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const url = new URL(serverUrl);
  url.port = (server.address() as AddressInfo).port.toString();
  return {
    url: url.href,
    cut() {
      whole = false;
      drop();
    },
    delay(ms) {
      delayMs = ms;
    },
    silence() {
      silent = true;
    },
    mend() {
      // A connection that lost bytes speaks the protocol no more.
      if (silent) drop();
      whole = true;
      silent = false;
      delayMs = 0;
    },
    async close() {
      drop();
      await new Promise((resume) => server.close(resume));
    },
  };
}
