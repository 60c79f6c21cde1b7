// A load generator in a process of its own, so that nothing else disturbs its clock and it can have a core to itself:
//   node bench/load/load-process.ts plan.json
// prints one line of JSON when the warm-up is over and one with the outcome. SIGTERM ends it early, with what there is.
import { readFileSync } from 'node:fs';
import type { LoadPlan } from './load-plan.ts';
import { makeLoad } from './make-load.ts';

const plan = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as LoadPlan;
const load = makeLoad(plan, () => process.stdout.write('{"began":true}\n'));
process.on('SIGTERM', load.stop);
process.on('SIGINT', load.stop);
process.on('disconnect', load.stop);
process.stdout.write(`${JSON.stringify(await load.done)}\n`);
process.exit(0);
