// The front door's process: owns the port, reads from MongoDB only.
import { serviceConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { assembleFrontDoor } from './assemble-front-door.ts';
import { runEntry, whenStopped } from './run-entry.ts';

await runEntry(async () => {
  const config = serviceConfig();
  const log = createLog('front-door', config.logLevel);
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

  whenStopped(() => door.close());
});
