// Reads a request's target once, strictly: what could mean two things to two servers is refused here.
import type { Problem } from '../session/problem.ts';

export interface RequestUrl {
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
}

const LONGEST = 4096;

const badPath = (detail: string): Problem => ({
  status: 400,
  code: 'bad-path',
  title: 'That is not an address of this server',
  detail,
});

/** The path and query of a request target, or what is wrong with it. */
export function requestUrl(target: string): RequestUrl | Problem {
  if (target.length > LONGEST) return { ...badPath('The address is too long.'), status: 414 };
  if (!target.startsWith('/')) return badPath('The address must begin with a slash.');
  const mark = target.indexOf('?');
  const raw = mark < 0 ? target : target.slice(0, mark);
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return badPath('The address is not valid UTF-8.');
  }
  if (/%2f|%5c/i.test(raw)) return badPath('Slashes in the address must not be escaped.');
  // NUL is among the control characters.
  if (/[\\\p{Cc}]/u.test(path))
    return badPath('The address holds characters that no address of ours has.');
  if (path.startsWith('//') || path.split('/').some((part) => part === '..' || part === '.')) {
    return badPath('The address must not go up or repeat the leading slash.');
  }
  return { path, query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)) };
}
