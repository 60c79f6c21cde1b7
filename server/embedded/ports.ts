// Ports: whether one is free, and the next free one.
import { connect, createServer } from 'node:net';

/** Whether this port can be listened on at this address. */
export const isFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** @returns the first free port from here on. */
export async function nextFreePort(from: number, host?: string): Promise<number> {
  for (let port = from; port < from + 200 && port < 65_536; port++) {
    if (await isFree(port, host)) return port;
  }
  throw new Error(`No free port between ${from} and ${Math.min(from + 199, 65_535)}.`);
}

/** @returns a port that the system picks. */
export const anyFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('The system gave no port.'));
      });
    });
  });

/** Whether somebody listens there. */
export const listens = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
