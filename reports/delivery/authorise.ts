// May this request read this book? Who isn't a member learns nothing, not even that the book exists.
import type { IncomingHttpHeaders } from 'node:http';
import { type Action, isPermitted } from '#ledger/domain/permissions.ts';
import type { BookCopy, DocumentsReader, MembershipCopy } from '#reports/documents/reader.ts';
import type { Problem } from '#server/session/problem.ts';
import type { Session, SessionCheck } from '#server/session/session-check.ts';

export interface Authorised {
  readonly session: Session<MembershipCopy>;
  readonly book: BookCopy;
  readonly role: MembershipCopy['role'];
}

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;

const noSuchBook: Problem = {
  status: 404,
  code: 'no-such-book',
  title: 'There is no such book',
  detail: 'Either it does not exist or you are not a member of it.',
};

const roles = new WeakMap<Session<MembershipCopy>, Map<number, MembershipCopy['role']>>();

/** The role that a session has in a book, as far as is remembered. */
export function roleOf(
  session: Session<MembershipCopy>,
  book: number,
): MembershipCopy['role'] | undefined {
  let known = roles.get(session);
  if (!known) {
    known = new Map(session.memberships.map((membership) => [membership.book, membership.role]));
    roles.set(session, known);
  }
  return known.get(book);
}

/** The role in a book; who isn't known as a member may have become one a moment ago. */
async function roleIn(
  book: number,
  session: Session<MembershipCopy>,
  sessions: SessionCheck<MembershipCopy>,
  headers: IncomingHttpHeaders,
): Promise<MembershipCopy['role'] | undefined> {
  const known = roleOf(session, book);
  if (known) return known;
  const fresh = await sessions.refreshed(headers);
  return fresh ? roleOf(fresh, book) : undefined;
}

/** The session, book and role behind a request, or why not. */
export async function authorise(
  books: Pick<DocumentsReader, 'bookBySlug'>,
  sessions: SessionCheck<MembershipCopy>,
  headers: IncomingHttpHeaders,
  slug: string,
  action: Action,
): Promise<Authorised | Problem> {
  const session = await sessions.authenticate(headers);
  if (!session) {
    return {
      status: 401,
      code: 'not-signed-in',
      title: 'Sign in first',
      detail: 'Send a session cookie or an API key (Authorization: Bearer …) that is valid.',
    };
  }
  const book = SLUG.test(slug) ? await books.bookBySlug(slug) : null;
  const role = book && (await roleIn(book.id, session, sessions, headers));
  if (!book || !role || (session.bookLimit !== null && session.bookLimit !== book.id))
    return noSuchBook;
  if (!isPermitted(role, action)) {
    return {
      status: 403,
      code: 'not-permitted',
      title: 'Your role does not allow this',
      detail: `As ${role} of this book you may not do that (${action}).`,
    };
  }
  return { session, book, role };
}
