// Home: one's only book, or the list of books.
import { redirect } from 'next/navigation';
import { booksOf } from './_server/books.ts';
import { requirePerson } from './_server/session.ts';

export default async function HomePage() {
  const [first, ...others] = await booksOf(await requirePerson());
  redirect(first && others.length === 0 ? `/books/${first.book.slug}` : '/books');
}
