// Asks for each of some files once, so that a phase begins with all of them ready.
import { inParallel } from './house/people.ts';
import type { LoadRequest } from './load/load-plan.ts';

/** @throws when one isn't answered as expected */
export const everyOnce = (origin: string, requests: readonly LoadRequest[]): Promise<void> =>
  inParallel(requests, async ({ path, headers, expect }) => {
    const answer = await fetch(`${origin}${path}`, { headers });
    await answer.arrayBuffer();
    if (answer.status !== expect) throw new Error(`${path} was answered ${answer.status}`);
  });
