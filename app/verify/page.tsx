// The short address of verification: leads to the book whose document it is.
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { PlainPage } from '../_components/plain-page.tsx';
import { booksOf } from '../_server/books.ts';
import { filteredAddress, type SearchParams, searchReader } from '../_server/search-text.ts';
import { requirePerson } from '../_server/session.ts';

export default async function ChooseBookPage({ searchParams }: { searchParams: SearchParams }) {
  const books = await booksOf(await requirePerson());
  const digest = (await searchReader(searchParams))('digest');
  const address = (slug: string) => filteredAddress(`/books/${slug}/verify`, { digest });
  if (books.length === 1) redirect(address(books[0]!.book.slug));
  return (
    <PlainPage
      title="Verify a document"
      action={books.map(({ book }) => (
        <Link key={book.id} href={address(book.slug)}>
          {book.name}
        </Link>
      ))}
    >
      {books.length === 0
        ? 'Only members of a book can verify its documents. You are in none.'
        : 'Choose the book whose name stands on the document.'}
    </PlainPage>
  );
}
