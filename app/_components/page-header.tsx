// One line above the content: where one is, the title, and what one can do here.
import Link from 'next/link';
import type { ReactNode } from 'react';
import classes from './page-header.module.css';

export function PageHeader({
  title,
  from,
  note,
  children,
}: {
  title: ReactNode;
  /** The page this one belongs under. */
  from?: { href: string; label: string };
  /** Beside the title: a period, a badge. */
  note?: ReactNode;
  /** Actions, on the right. */
  children?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div className={classes.title}>
        {from ? (
          <>
            <Link href={from.href} className={classes.from}>
              {from.label}
            </Link>
            <span aria-hidden className={classes.slash}>
              /
            </span>
          </>
        ) : null}
        <h1>{title}</h1>
        {note ? <div className={classes.note}>{note}</div> : null}
      </div>
      {children ? <div className={classes.actions}>{children}</div> : null}
    </header>
  );
}
