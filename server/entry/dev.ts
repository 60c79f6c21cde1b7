// `npm run dev`: everything from the environment, pages compiled when asked for.
import { childEnvironment, serviceConfig } from '../config.ts';
import { runChildren } from './run-children.ts';
import { runEntry, whenStopped } from './run-entry.ts';

await runEntry(async () => {
  serviceConfig();
  const env = childEnvironment({ NODE_ENV: 'development' });
  const children = runChildren({ env, say: console.error });
  for (const name of ['worker', 'web', 'api', 'front-door']) children.start(name);
  whenStopped(children.stop);
});
