// `npm start`: front door, web and API of an installation, from the environment. `npm run worker` runs beside it.
import { existsSync } from 'node:fs';
import { ConfigFault, childEnvironment, serviceConfig } from '../config.ts';
import { runChildren } from './run-children.ts';
import { runEntry, whenStopped } from './run-entry.ts';

await runEntry(async () => {
  serviceConfig();
  if (!existsSync('.next/BUILD_ID'))
    throw new ConfigFault('Nothing is built: run `npm run build`.');
  const env = childEnvironment({ NODE_ENV: 'production' });
  const children = runChildren({ env, say: console.error });
  for (const name of ['web', 'api', 'front-door']) children.start(name);
  whenStopped(children.stop);
});
