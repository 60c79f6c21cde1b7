// The front door's process: owns the port, reads from MongoDB only.
import { pino } from 'pino';
import { serviceConfig } from '../config.ts';
import { assembleFrontDoor } from './assemble-front-door.ts';

const config = serviceConfig();
const log = pino({ level: config.logLevel, name: 'front-door' });
const behind = (port: number) => ({ host: '127.0.0.1', port });
const door = await assembleFrontDoor({
  publicUrl: config.publicUrl,
  mongoUrl: config.mongoUrl,
  authSecret: config.authSecret,
  secureCookies: config.secureCookies,
  api: behind(config.apiPort),
  web: behind(config.webPort),
  fault: (err, what) => log.error({ err, what }, 'a request failed'),
});
const port = await door.listen(config.port, config.host);
log.info({ port }, 'listening');

let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  door.close().then(
    () => process.exit(0),
    (err: unknown) => {
      log.error({ err }, 'stopping failed');
      process.exit(1);
    },
  );
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
