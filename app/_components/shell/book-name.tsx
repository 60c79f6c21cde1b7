// The book's name on top of the side bar; it leads to all of one's books.
import { IconSelector } from '@tabler/icons-react';
import Link from 'next/link';
import classes from './shell.module.css';

export function BookName({ name }: { name: string }) {
  return (
    <Link href="/books" className={classes.book} title="All books">
      <span className={classes.bookName}>{name}</span>
      <IconSelector size={16} stroke={1.5} aria-hidden />
      <span className={classes.hidden}>: all books</span>
    </Link>
  );
}
