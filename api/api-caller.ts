// Who calls, in which book, as what: the first thing every route asks. Somebody else's book is not there (404).
import type { FastifyRequest } from 'fastify';
import { type Action, isPermitted, type Role } from '#ledger/domain/permissions.ts';
import type { MembershipCopy } from '#reports/documents/reader.ts';
import type { Session } from '#server/session/session-check.ts';
import { ProblemError } from './api-problems.ts';
import type { ApiCall, ApiRooms } from './api-rooms.ts';

export interface Caller {
  readonly session: Session<MembershipCopy>;
  readonly book: { readonly id: number; readonly slug: string };
  readonly role: Role;
}

/** The session. @throws ProblemError 401. */
export async function requireSession(
  rooms: ApiRooms,
  request: FastifyRequest,
): Promise<Session<MembershipCopy>> {
  const session = await rooms.sessions.authenticate(request.headers);
  if (session) return session;
  throw new ProblemError({
    status: 401,
    code: 'not-signed-in',
    title: 'Sign in first',
    detail: 'Send an API key (Authorization: Bearer …) or a session cookie that is valid.',
  });
}

/** Session, book and role of a route in a book. @throws ProblemError 401, 403 or 404. */
export async function requireCaller(
  rooms: ApiRooms,
  request: FastifyRequest,
  action: Action,
): Promise<Caller> {
  const session = await requireSession(rooms, request);
  const { book: slug } = request.params as { book: string };
  const id = await rooms.bookId(slug);
  const role = id === null ? undefined : await roleIn(rooms, request, session, id);
  if (id === null || !role || (session.bookLimit !== null && session.bookLimit !== id)) {
    throw new ProblemError({
      status: 404,
      code: 'no-such-book',
      title: 'There is no such book',
      detail: 'Either it does not exist or you are not a member of it.',
    });
  }
  if (isPermitted(role, action)) return { session, book: { id, slug }, role };
  throw new ProblemError({
    status: 403,
    code: 'not-permitted',
    title: 'Your role does not allow this',
    detail: `As ${role} of this book you may not do that (${action}).`,
  });
}

/** Somebody who began a book a moment ago is found in the ledger before any copy knows. */
async function roleIn(
  rooms: ApiRooms,
  request: FastifyRequest,
  session: Session<MembershipCopy>,
  book: number,
): Promise<Role | undefined> {
  const find = (known: { readonly memberships: readonly MembershipCopy[] } | null) =>
    known?.memberships.find((membership) => membership.book === book)?.role;
  return (
    find(session) ??
    find(await rooms.sessions.refreshed(request.headers)) ??
    // What is remembered is too fresh to be asked for again, and may be older than the book all the same.
    find(await rooms.queries.accessOfUser(session.userId).catch(() => null))
  );
}

/** The call of a command: `Idempotency-Key` is its id, made up where the client doesn't care. */
export function callOf(
  request: FastifyRequest,
  session: Session<MembershipCopy>,
  book?: number,
): ApiCall {
  const key = request.headers['idempotency-key'] ?? crypto.randomUUID();
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ProblemError({
      status: 400,
      code: 'bad-idempotency-key',
      title: 'The Idempotency-Key cannot be used',
      detail: 'It must be 1 to 255 printable ASCII characters without spaces.',
      field: 'Idempotency-Key',
    });
  }
  const dryRun = (request.query as { dryRun?: string }).dryRun === 'true';
  return {
    actor: { userId: session.userId, via: session.via },
    commandId: key,
    ...(book === undefined ? {} : { book }),
    ...(dryRun ? { dryRun } : {}),
  };
}

/** A whole number in the path. @throws ProblemError 404: no such thing has such a number. */
export function numberParam(request: FastifyRequest, name: string): number {
  const text = (request.params as Record<string, string>)[name] ?? '';
  if (/^[1-9]\d{0,9}$/.test(text) && +text <= 2_147_483_647) return +text;
  throw new ProblemError({
    status: 404,
    code: 'not-found',
    title: 'There is no such thing',
    field: name,
  });
}
