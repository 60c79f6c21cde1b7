// Pages of a long report.
import Link from 'next/link';
import classes from './page-links.module.css';

export function PageLinks({
  address,
  page,
  pages,
}: {
  /** Without the page; may have a query of its own. */
  address: string;
  page: number;
  pages: number;
}) {
  if (pages <= 1) return null;
  const to = (number: number) => `${address}${address.includes('?') ? '&' : '?'}page=${number}`;
  return (
    <nav className={classes.pages} aria-label="Pages">
      {page > 1 ? (
        <>
          <Link href={to(1)}>First</Link>
          <Link href={to(page - 1)} rel="prev">
            Previous
          </Link>
        </>
      ) : null}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <>
          <Link href={to(page + 1)} rel="next">
            Next
          </Link>
          <Link href={to(pages)}>Last</Link>
        </>
      ) : null}
    </nav>
  );
}
