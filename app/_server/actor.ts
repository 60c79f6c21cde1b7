// Every page and action begins here: who, in which book, as what, and whether they may.
import { forbidden, notFound } from 'next/navigation';
import { cache } from 'react';
import type { Actor } from '#ledger/commands/ledger-commands.ts';
import { type Action, isPermitted, type Role } from '#ledger/domain/permissions.ts';
import type { BookCopy, PersonAccess } from '#reports/documents/reader.ts';
import { eitherStore } from './either-store.ts';
import { rooms } from './rooms.ts';
import { currentPerson, requirePerson } from './session.ts';

export interface Member {
  readonly actor: Actor;
  readonly person: PersonAccess;
  readonly book: BookCopy;
  readonly role: Role;
  /** Whether this person may also do that. */
  readonly may: (action: Action) => boolean;
}

const bookBySlug = cache((slug: string): Promise<BookCopy | null> => {
  const { documents, queries } = rooms();
  return eitherStore(
    () => documents.bookBySlug(slug),
    () => queries.bookBySlug(slug),
  );
});

const memberOf = async (person: PersonAccess, slug: string): Promise<Member | null> => {
  const book = /^[a-z0-9-]{1,64}$/.test(slug) ? await bookBySlug(slug) : null;
  if (!book) return null;
  let role = person.memberships.find((membership) => membership.book === book.id)?.role;
  if (!role) {
    // A book made a moment ago: the copy of its memberships may be on its way.
    const fresh = await rooms()
      .queries.accessOfUser(person.id)
      .catch(() => null);
    role = fresh?.memberships.find((membership) => membership.book === book.id)?.role;
  }
  if (!role) return null;
  const known = role;
  return {
    actor: { userId: person.id, via: 'session' },
    person,
    book,
    role: known,
    may: (action) => isPermitted(known, action),
  };
};

/**
 * For pages. Not signed in: the sign-in page. A book that isn't theirs, or isn't: 404. A role that may not: 403.
 */
export async function requireMember(slug: string, action: Action): Promise<Member> {
  const member = await memberOf(await requirePerson(), slug);
  if (!member) notFound();
  if (!member.may(action)) forbidden();
  return member;
}

export type Turned = 'signed-out' | 'book-not-found' | 'not-permitted';

/** For server actions, which answer with a refusal instead of another page. */
export async function findMember(slug: string, action: Action): Promise<Member | Turned> {
  const person = await currentPerson();
  if (!person) return 'signed-out';
  const member = await memberOf(person, slug);
  if (!member) return 'book-not-found';
  return member.may(action) ? member : 'not-permitted';
}
