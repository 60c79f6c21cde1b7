// The session cookie's name: next-auth's own, with the prefix that browsers honour over TLS. One place, both sides.

export const sessionCookieName = (secureCookies: boolean): string =>
  secureCookies ? '__Secure-next-auth.session-token' : 'next-auth.session-token';
