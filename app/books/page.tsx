// One's books: name, role, how far their documents are.
import type { Metadata } from 'next';
import Link from 'next/link';
import { EmptyState } from '../_components/empty-state.tsx';
import list from '../_components/list.module.css';
import { PageHeader } from '../_components/page-header.tsx';
import { TopBar } from '../_components/shell/top-bar.tsx';
import { booksOf } from '../_server/books.ts';
import { rooms } from '../_server/rooms.ts';
import { requirePerson } from '../_server/session.ts';

export const metadata: Metadata = { title: 'Books' };

export default async function BooksPage() {
  const person = await requirePerson();
  const own = await booksOf(person);
  const positions = await rooms()
    .documents.positions(own.map(({ book }) => book.id))
    .catch(() => []);
  const stateOf = (id: number): string => {
    const found = positions.find(({ book }) => book === id);
    if (!found) return 'documents not known yet';
    return found.position >= found.head ? 'up to date' : 'updating';
  };
  return (
    <TopBar person={person}>
      <PageHeader title="Books">
        <Link href="/books/new" className={list.action}>
          New book
        </Link>
      </PageHeader>
      {own.length === 0 ? (
        <EmptyState title="No books yet" action={<Link href="/books/new">Create a book</Link>}>
          Create one for your company, or ask the owner of a book to add you as a member.
        </EmptyState>
      ) : (
        <div className={list.frame}>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">Book</th>
                <th scope="col">Currency</th>
                <th scope="col">Your role</th>
                <th scope="col">Reports</th>
              </tr>
            </thead>
            <tbody>
              {own.map(({ book, role }) => (
                <tr key={book.id}>
                  <th scope="row">
                    <Link href={`/books/${book.slug}`}>{book.name}</Link>
                  </th>
                  <td>{book.baseCurrency}</td>
                  <td>{role}</td>
                  <td>{stateOf(book.id)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </TopBar>
  );
}
