// What was found out about a document, in sentences; and what has changed in it since, figure by figure.
import Link from 'next/link';
import type { Outcome, Verdict } from '#workers/verdict.ts';
import { Amount, type FigureStyle } from '../amount.tsx';
import { EVENT_KINDS } from '../history/event-text.ts';
import list from '../list.module.css';
import { dayText, momentText, periodText } from '../locale.ts';
import classes from './verdict.module.css';
import { verifyAddress } from './verify-address.ts';

const TITLES: Readonly<Record<Outcome, string>> = {
  produced: 'This book produced the document',
  'names-changed': 'The book keeps the document, and its figures are right',
  'not-produced': 'This book did not produce the document',
  'not-checkable': 'This can no longer be told',
  'needs-more': 'No stored document has this digest',
};

const ALTERED = 'The file is not as this book draws it';

const EXPLAINED: Readonly<Record<Exclude<Outcome, 'produced'>, string>> = {
  'names-changed':
    'Customers or suppliers were renamed since, and the ledger does not keep their former names. All figures are those of a recomputation.',
  'not-produced':
    'Recomputed as the book stood at that position, this report has another digest. Either something in the document was changed, or the report, period or position is not the one on the paper, or it was made by a version of Daybook that computed differently.',
  'not-checkable':
    'Names of customers or suppliers, or the way in which reports are computed, have changed since, so that the same document cannot be made again.',
  'needs-more':
    'The current documents of the book were searched, and those that anybody ever downloaded. Others are dropped when newer ones take their place. Give the report, its period and the ledger position as they stand on the paper: then it is computed anew.',
};

interface Shown {
  readonly slug: string;
  readonly style: FigureStyle;
  readonly timeZone: string;
}

export function VerdictText({ verdict, ...shown }: { verdict: Verdict } & Shown) {
  const { file, outcome, pack, recomputed, since } = verdict;
  const wrong = outcome === 'not-produced' || file === 'different';
  const good = outcome === 'produced' && !wrong;
  return (
    <section className={classes.verdict} aria-label="Result">
      <h2 data-good={good || undefined} data-wrong={wrong || undefined}>
        {file === 'different' ? ALTERED : TITLES[outcome]}
      </h2>
      {outcome === 'produced' ? null : <p>{EXPLAINED[outcome]}</p>}
      {recomputed ? <Origin verdict={verdict} {...shown} /> : null}
      {file === 'same' ? <p>The file is byte for byte as this book draws it.</p> : null}
      {file === 'different' ? (
        <p data-wrong>
          The digest that it names is right, but its bytes are not those that this book draws:
          figures in this file were changed after it was made, or it was drawn by another version of
          Daybook. Trust the report, not the file.
        </p>
      ) : null}
      {since ? <Since since={since} {...shown} /> : null}
      {pack ? <Pack pack={pack} period={recomputed!.period} slug={shown.slug} /> : null}
    </section>
  );
}

function Origin({ verdict, slug, style, timeZone }: { verdict: Verdict } & Shown) {
  const { outcome, recomputed } = verdict;
  const { digest, period, position, recordedAt, report, title } = recomputed!;
  const name = `${title}, ${periodText(period, style.locale)}`;
  return (
    <p>
      {verdict.pack ? (
        name
      ) : (
        <Link href={`/books/${slug}/reports/${report}/${period}`}>{name}</Link>
      )}{' '}
      · ledger position {position}, recorded {momentText(recordedAt, style.locale, timeZone)} ·{' '}
      {outcome === 'produced' ? 'digest' : 'recomputed digest'}{' '}
      <code title={digest}>{digest.slice(0, 12)}</code>
    </p>
  );
}

function Pack({
  pack,
  period,
  slug,
}: {
  pack: NonNullable<Verdict['pack']>;
  period: string;
  slug: string;
}) {
  return (
    <table className={list.table}>
      <caption>Its reports, recomputed</caption>
      <thead>
        <tr>
          <th scope="col">Report</th>
          <th scope="col">Ledger position</th>
          <th scope="col">Digest</th>
          <th scope="col">Since then</th>
        </tr>
      </thead>
      <tbody>
        {pack.map(({ changed, digest, position, report, title }) => (
          <tr key={report}>
            <th scope="row">
              <Link href={`/books/${slug}/reports/${report}/${period}`}>{title}</Link>
            </th>
            <td>{position}</td>
            <td>
              <code title={digest}>{digest.slice(0, 12)}</code>
            </td>
            <td>
              {changed ? (
                <Link href={verifyAddress(slug, { digest, report, period, position })}>
                  changed: what?
                </Link>
              ) : changed === false ? (
                'unchanged'
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Since({ since, ...shown }: { since: NonNullable<Verdict['since']> } & Shown) {
  const { entries, entriesCut, figureCount, figures, head, others } = since;
  if (figureCount + entries.length + others.length === 0)
    return <p>Nothing that this report shows has changed since (position {head}).</p>;
  return (
    <>
      <h2>What has changed since</h2>
      {figureCount === 0 ? <p>Its figures are the same today.</p> : null}
      {figureCount > figures.length ? (
        <p>
          {figureCount} figures changed; the first {figures.length} are shown.
        </p>
      ) : null}
      {figures.length > 0 ? <Figures figures={figures} style={shown.style} /> : null}
      {entries.length > 0 ? <Entries entries={entries} {...shown} /> : null}
      {entriesCut ? <p>Only the newest 2 000 entries were looked through.</p> : null}
      {others.length > 0 ? (
        <p>
          Names, settings, plans and rates that stand on it:{' '}
          {others
            .map(({ position, type }) => `${EVENT_KINDS[type] ?? type} (position ${position})`)
            .join(', ')}
          .
        </p>
      ) : null}
    </>
  );
}

function Figures({
  figures,
  style,
}: {
  figures: NonNullable<Verdict['since']>['figures'];
  style: FigureStyle;
}) {
  return (
    <table className={list.table}>
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Column</th>
          <th scope="col" className={list.end}>
            Then
          </th>
          <th scope="col" className={list.end}>
            Today
          </th>
          <th scope="col" className={list.end}>
            Difference
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.map((own) => (
          <tr key={own.place}>
            <th scope="row">{[own.account, own.name].filter(Boolean).join(' ')}</th>
            <td>
              {/^\d{4}-\d\d-\d\d$/.test(own.column)
                ? dayText(own.column, style.locale)
                : own.column}
            </td>
            {(['before', 'after', 'difference'] as const).map((state) => (
              <td key={state} className={list.end}>
                <Amount value={own[state]} style={style} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Entries({
  entries,
  slug,
  style,
  timeZone,
}: { entries: NonNullable<Verdict['since']>['entries'] } & Shown) {
  return (
    <>
      <h3>Entries recorded since that touch this report</h3>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Entry</th>
            <th scope="col">Date</th>
            <th scope="col">Description</th>
            <th scope="col">Recorded</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.number}>
              <td className={list.tight}>
                <Link href={`/books/${slug}/entries/${entry.number}`}>{entry.number}</Link>
              </td>
              <td className={list.tight}>{dayText(entry.date, style.locale)}</td>
              <td>{entry.description}</td>
              <td className={list.tight}>{momentText(entry.recordedAt, style.locale, timeZone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
