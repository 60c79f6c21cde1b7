// The books of a person with their role in each, by name.
import type { Role } from '#ledger/domain/permissions.ts';
import type { BookCopy, PersonAccess } from '#reports/documents/reader.ts';
import { eitherStore } from './either-store.ts';
import { rooms } from './rooms.ts';

export interface OwnBook {
  readonly book: BookCopy;
  readonly role: Role;
}

const bookById = (id: number): Promise<BookCopy | null> => {
  const { documents, queries } = rooms();
  return eitherStore(
    () => documents.book(id),
    () => queries.bookById(id),
  );
};

export async function booksOf(person: PersonAccess): Promise<OwnBook[]> {
  const found = await Promise.all(
    person.memberships.map(async ({ book, role }) => ({
      book: await bookById(book),
      role,
    })),
  );
  return found
    .filter((own): own is OwnBook => own.book !== null)
    .sort((a, b) => a.book.name.localeCompare(b.book.name));
}
