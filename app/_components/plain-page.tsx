// A page that only says something: not found, not permitted, failed.
import Link from 'next/link';
import type { ReactNode } from 'react';
import classes from './plain-page.module.css';

export function PlainPage({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes.page}>
      <h1>{title}</h1>
      <p>{children}</p>
      <div className={classes.ways}>
        {action}
        <Link href="/books">Your books</Link>
      </div>
    </div>
  );
}
