// The yardstick: node:http and nothing else, sending the same bytes, or the same 304. A process of its own, like the
// front door:  node bench/bare-server.ts file content-type [etag]
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [file = '', type = '', etag] = process.argv.slice(2);
const bytes = readFileSync(file);
const server = createServer((_request, response) => {
  if (etag === undefined) {
    response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
    response.end(bytes);
  } else {
    response.writeHead(304, { etag });
    response.end();
  }
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.on('disconnect', () => process.exit(0));
