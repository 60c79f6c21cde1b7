// The key figures: large, aligned, each leading to its statement, with the figure to hold it against below.
import Link from 'next/link';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { KeyFigure } from '../../_server/key-figures.ts';
import { Amount, amountText } from '../amount.tsx';
import { dayText } from '../locale.ts';
import classes from './overview.module.css';

export function Figures({
  figures,
  book,
  base,
  period,
}: {
  figures: { month: readonly KeyFigure[]; standing: readonly KeyFigure[] };
  book: BookCopy;
  base: string;
  period: string;
}) {
  return (
    <>
      {[figures.month, figures.standing].map((group) => (
        <dl key={group[0]?.report} className={classes.figures}>
          {group.map((figure) => (
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
      ))}
      <p className={classes.currency}>Amounts in {book.baseCurrency}</p>
    </>
  );
}

function Beside({ figure, book }: { figure: KeyFigure; book: BookCopy }) {
  const { beside, yearToDate } = figure;
  const label =
    beside && (/^\d{4}-/.test(beside.label) ? dayText(beside.label, book.locale) : beside.label);
  return (
    <>
      {beside ? (
        <span className={classes.beside}>
          {amountText(beside.value, book)} <small>{label?.toLowerCase()}</small>
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
