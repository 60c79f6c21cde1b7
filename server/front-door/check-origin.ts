// Cross-site writes: a request that changes something and relies on the session cookie must come from our own pages.
// Server actions are left to Next.js, which checks them itself.
import type { IncomingMessage } from 'node:http';
import type { Problem } from '../session/problem.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @param usesCookie whether the session cookie is what identifies the sender. @returns what is wrong, or null. */
export function checkOrigin(
  request: IncomingMessage,
  usesCookie: (request: IncomingMessage) => boolean,
  publicUrl: URL,
): Problem | null {
  if (READS.has(request.method ?? '') || request.headers['next-action']) return null;
  if (!usesCookie(request)) return null;
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (origin === publicUrl.origin) return null;
  // Browsers that leave out the origin of their own site say so in a header that no page can set.
  if (origin === undefined && site === 'same-origin') return null;
  if (origin && URL.canParse(origin) && new URL(origin).host === host) return null;
  return {
    status: 403,
    code: 'foreign-origin',
    title: 'This request does not come from our pages',
    detail:
      'Writes with a session cookie need an Origin header of this site. Programs use an API key.',
  };
}
