// The lines behind an amount, what each adds to it, and what they come to.
import Link from 'next/link';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { FigureLines } from '#workers/figure-found.ts';
import { Amount } from '../amount.tsx';
import entryStyles from '../entry/entry.module.css';
import list from '../list.module.css';
import { dayText } from '../locale.ts';

export function LinesTable({
  lines: { credit, debit, lines, sum, total, unit },
  amount,
  book,
}: {
  lines: FigureLines;
  /** As the document states it. */
  amount: string;
  book: BookCopy;
}) {
  const base = `/books/${book.slug}`;
  return (
    <div className={list.frame}>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Entry</th>
            <th scope="col">Account</th>
            <th scope="col">Description</th>
            <th scope="col" className={list.end}>
              Debit
            </th>
            <th scope="col" className={list.end}>
              Credit
            </th>
            <th scope="col" className={list.end}>
              In the figure, {unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {withKeys(lines).map(({ key, line }) => (
            <tr key={key}>
              <td className={list.tight}>{dayText(line.date, book.locale)}</td>
              <td className={list.tight}>
                <Link href={`${base}/entries/${line.number}`} prefetch={false}>
                  {line.number}
                </Link>
              </td>
              <td>
                <Link
                  href={`${base}/accounts/${encodeURIComponent(line.account)}?month=${line.date.slice(0, 7)}`}
                  prefetch={false}
                >
                  {line.account} {line.accountName}
                </Link>
              </td>
              <td className={list.clip} title={line.description}>
                {[line.description, line.memo].filter(Boolean).join(' · ')}
              </td>
              {([line.debit, line.credit, line.counts] as const).map((value, column) => (
                <td
                  key={['debit', 'credit', 'counts'][column]}
                  className={`${list.tight} ${list.end}`}
                >
                  <Amount value={value} style={book} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className={entryStyles.total}>
            <td colSpan={2} />
            <th scope="row">The figure</th>
            <td className={list.muted}>
              {total.toLocaleString('en')} {total === 1 ? 'line' : 'lines'}
              {sum === amount ? '' : '; the report is being brought up to date'}
            </td>
            {([debit, credit, sum] as const).map((value, column) => (
              <td
                key={['debit', 'credit', 'counts'][column]}
                className={`${list.tight} ${list.end}`}
              >
                <Amount value={value} style={book} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** A line may count twice in a figure; its place tells them apart. */
const withKeys = (lines: FigureLines['lines']) =>
  lines.map((line, at) => ({ key: `line-${at}`, line }));
