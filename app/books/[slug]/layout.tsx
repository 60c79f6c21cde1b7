// A book's frame: side bar, jump box, live news. Every page below authorises again for what it shows.
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { LiveProvider } from '../../_components/live.tsx';
import { OWN_COOKIE, ownPosition } from '../../_components/own-cookie.ts';
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
  const own = ownPosition((await cookies()).get(OWN_COOKIE)?.value);
  return (
    <LiveProvider slug={book.slug} own={own}>
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
