// Side bar and content. The bar folds into a line above the content on narrow screens.
'use client';

import type { ReactNode } from 'react';
import { BookName } from './book-name.tsx';
import { JumpBox } from './jump-box.tsx';
import { KeyHelp } from './key-help.tsx';
import type { NavRoom } from './nav-rooms.ts';
import { RoomLinks } from './room-links.tsx';
import classes from './shell.module.css';
import { UserMenu } from './user-menu.tsx';

export interface ShellPerson {
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

export function BookShell({
  slug,
  bookName,
  person,
  rooms,
  children,
}: {
  slug: string;
  bookName: string;
  person: ShellPerson;
  rooms: readonly NavRoom[];
  children: ReactNode;
}) {
  return (
    <div className={classes.shell}>
      <aside className={`${classes.side} db-screen-only`}>
        <BookName name={bookName} />
        <JumpBox slug={slug} rooms={rooms} />
        <nav aria-label="Rooms of the book" className={classes.rooms}>
          <RoomLinks slug={slug} rooms={rooms} />
        </nav>
        <UserMenu person={person} />
      </aside>
      <main id="content" tabIndex={-1} className={classes.content}>
        {children}
      </main>
      <KeyHelp slug={slug} rooms={rooms} />
    </div>
  );
}
