// What books add to a consolidated amount, account by account: in their own currency, at its rate, in the group's; and what
// that comes to. An amount leads to its entries, where the reader is a member of the book.
import Link from 'next/link';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { FigureParts } from '#workers/figure-parts.ts';
import { Amount } from '../amount.tsx';
import entryStyles from '../entry/entry.module.css';
import list from '../list.module.css';
import { periodText } from '../locale.ts';

export function PartsTable({
  parts: { currency, parts, sum, total },
  amount,
  book,
  address,
}: {
  parts: FigureParts;
  /** As the document states it. */
  amount: string;
  /** The group. */
  book: BookCopy;
  /** Where the lines of a part are. */
  address: (place: number) => string;
}) {
  const closed = parts.some(({ readable }) => !readable);
  return (
    <div className={list.frame}>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Book</th>
            <th scope="col">Account</th>
            <th scope="col">Rate of</th>
            <th scope="col" className={list.end}>
              Amount
            </th>
            <th scope="col">Currency</th>
            <th scope="col" className={list.end}>
              Rate
            </th>
            <th scope="col" className={list.end}>
              In the figure, {currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.place}>
              <td className={list.tight}>{part.member || 'Own entries'}</td>
              <td>
                {part.account} {part.accountName}
              </td>
              <td className={list.tight}>
                {part.month === null ? '' : periodText(part.month, book.locale)}
              </td>
              <td className={`${list.tight} ${list.end}`}>
                {part.readable ? (
                  <Link href={address(part.place)} prefetch={false}>
                    <Amount value={part.amount} style={book} />
                  </Link>
                ) : (
                  <Amount value={part.amount} style={book} />
                )}
              </td>
              <td className={list.tight}>{part.currency}</td>
              <td className={`${list.tight} ${list.end}`}>{part.rate}</td>
              <td className={`${list.tight} ${list.end}`}>
                <Amount value={part.counts} style={book} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className={entryStyles.total}>
            <td />
            <th scope="row">The figure</th>
            <td colSpan={4} className={list.muted}>
              {total.toLocaleString('en')} {total === 1 ? 'part' : 'parts'}
              {sum === amount ? '' : '; the report is being brought up to date'}
              {closed ? '; entries of books that you aren’t a member of can’t be opened' : ''}
            </td>
            <td className={`${list.tight} ${list.end}`}>
              <Amount value={sum} style={book} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
