// What a request shows of who sends it: an API key as bearer, or the session cookie (next-auth cuts large ones in pieces).
import type { IncomingHttpHeaders } from 'node:http';

export type RequestToken =
  | { readonly via: 'api-key'; readonly token: string }
  | { readonly via: 'session'; readonly token: string };

const LONGEST = 8192;

/** The credential of a request; a bearer goes before a cookie. Null where there is none. */
export function requestToken(
  headers: IncomingHttpHeaders,
  cookieName: string,
): RequestToken | null {
  const { authorization } = headers;
  if (authorization !== undefined) {
    const bearer = /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1];
    return bearer && bearer.length <= LONGEST ? { via: 'api-key', token: bearer } : null;
  }
  const token = cookieValue(headers.cookie ?? '', cookieName);
  return token === '' || token.length > LONGEST ? null : { via: 'session', token };
}

function cookieValue(header: string, name: string): string {
  const pieces: [order: number, value: string][] = [];
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    const key = part.slice(0, at).trim();
    if (at < 0 || (key !== name && !key.startsWith(`${name}.`))) continue;
    pieces.push([
      +key.slice(name.length + 1),
      part
        .slice(at + 1)
        .trim()
        .replace(/^"|"$/g, ''),
    ]);
  }
  return pieces
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value)
    .join('');
}
