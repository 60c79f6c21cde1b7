// A book's frame: side bar, jump box, live news. Every page below authorises again for what it shows.
import type { ReactNode } from 'react';
import { LiveProvider } from '../../_components/live.tsx';
import { BookShell } from '../../_components/shell/book-shell.tsx';
import { roomsOfRole } from '../../_components/shell/nav-rooms.ts';
import { requireMember } from '../../_server/actor.ts';

export default async function BookLayout({
  params,
  children,
}: {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}) {
  const { slug } = await params;
  const { book, person, role } = await requireMember(slug, 'book.read');
  return (
    <LiveProvider slug={book.slug}>
      <BookShell
        slug={book.slug}
        bookName={book.name}
        person={{ name: person.name, email: person.email, role }}
        rooms={roomsOfRole(role)}
      >
        {children}
      </BookShell>
    </LiveProvider>
  );
}
