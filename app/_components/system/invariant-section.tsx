// What the worker checks on every set of documents before readers see it: by report and name, how often and when, and
// what is wrong where something is.
import type { BookCopy } from '#reports/documents/reader.ts';
import type { InvariantStanding, SystemStanding } from '../../_server/system-standing.ts';
import list from '../list.module.css';
import { momentText } from '../locale.ts';
import classes from './system.module.css';
import { counted, countText, durationText } from './system-text.ts';

interface Shown {
  readonly standing: SystemStanding;
  readonly book: BookCopy;
}

export function InvariantSection({ standing, book }: Shown) {
  const broken = standing.invariants.filter(({ note }) => note?.violation).length;
  return (
    <section className={classes.section} aria-label="Invariants">
      <h2>Invariants</h2>
      <p data-wrong={broken > 0 || undefined}>
        {broken === 0
          ? 'Checked on every set of documents before readers see it.'
          : `${counted(broken, 'invariant does', 'invariants do', book.locale)} not hold. Readers keep the documents that were last right until they do.`}
      </p>
      <table className={`${list.table} ${classes.invariants}`}>
        <thead>
          <tr>
            <th scope="col">Report</th>
            <th scope="col">Must hold</th>
            <th scope="col" className={list.end}>
              Sets
            </th>
            <th scope="col">Last checked</th>
          </tr>
        </thead>
        <tbody>
          {standing.invariants.map((own) => (
            <InvariantRow key={own.name} own={own} now={standing.now} book={book} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function InvariantRow({
  own: { name, note, report, sentence },
  now,
  book,
}: {
  own: InvariantStanding;
  now: number;
  book: BookCopy;
}) {
  const { locale, timeZone } = book;
  return (
    <tr>
      <td className={list.tight}>{report}</td>
      <th scope="row">
        {sentence} <code className={classes.name}>{name}</code>
      </th>
      <td className={`${list.tight} ${list.end}`}>{countText(note?.sets ?? 0, locale)}</td>
      {note === null ? (
        <td className={list.muted}>Not yet</td>
      ) : (
        <td data-wrong={note.violation !== null || undefined}>
          {note.violation === null ? 'Held' : violationText(note.violation)}
          <span
            className={classes.when}
            title={momentText(new Date(note.at).toISOString(), locale, timeZone)}
          >
            {durationText(Math.max(0, now - note.at), locale)} ago
          </span>
        </td>
      )}
    </tr>
  );
}

type Violation = NonNullable<NonNullable<InvariantStanding['note']>['violation']>;

const violationText = (violation: Violation): string => {
  const { difference, expected, figure, found, period, report, unit } = violation;
  return `Broken in ${report} ${period}: ${figure}: ${found} against ${expected} ${unit}, ${difference} apart`;
};
