// The key figures: large, aligned, each leading to its statement, with the figure to hold it against below.
import Link from 'next/link';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { KeyFigure } from '../../_server/key-figures.ts';
import { Amount, amountText } from '../amount.tsx';
import { periodText } from '../locale.ts';
import classes from './overview.module.css';

export function Figures({
  figures,
  book,
  base,
  period,
}: {
  figures: readonly KeyFigure[];
  book: BookCopy;
  base: string;
  period: string;
}) {
  return (
    <dl className={classes.figures}>
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt>{figure.label}</dt>
          <dd>
            <Link href={`${base}/${figure.report}/${period}`} className={classes.figure}>
              <Amount value={figure.value} style={book} />
            </Link>
            <Beside figure={figure} book={book} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Beside({ figure: { beside, yearToDate }, book }: { figure: KeyFigure; book: BookCopy }) {
  return (
    <>
      {beside ? (
        <span className={classes.beside}>
          {amountText(beside.value, book)} <small>{periodText(beside.period, book.locale)}</small>
        </span>
      ) : null}
      {yearToDate === null ? null : (
        <span className={classes.beside}>
          {amountText(yearToDate, book)} <small>year to date</small>
        </span>
      )}
    </>
  );
}
