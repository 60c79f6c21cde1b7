// The frame of pages outside a book.
import Link from 'next/link';
import type { ReactNode } from 'react';
import classes from './top-bar.module.css';
import { UserMenu } from './user-menu.tsx';

export function TopBar({
  person,
  children,
}: {
  person: { name: string; email: string };
  children: ReactNode;
}) {
  return (
    <>
      <header className={classes.bar}>
        <Link href="/books" className={classes.mark}>
          Daybook
        </Link>
        <div>
          <UserMenu
            person={{
              name: person.name,
              email: person.email,
              role: person.email,
            }}
          />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.content}>
        {children}
      </main>
    </>
  );
}
