// What a browser recorded lately is in its requests, so that a page made for it knows of it at once: the ledger position of its last
// command, of the book that the cookie's path names. Nothing hangs on it but what the page says of its freshness.
export const OWN_COOKIE = 'daybook-own';

/** The position that a cookie says; 0: none, or no position. */
export const ownPosition = (text: string | undefined): number =>
  /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
