// What waits, which processes are alive, and what the last checks found.
import Link from 'next/link';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { Check, ProcessNote } from '#reports/documents/standing.ts';
import type { SystemStanding } from '../../_server/system-standing.ts';
import list from '../list.module.css';
import { momentText } from '../locale.ts';
import classes from './system.module.css';
import { counted, countText, durationText, megabytesText } from './system-text.ts';

interface Shown {
  readonly standing: SystemStanding;
  readonly book: BookCopy;
}

export function WaitingSection({ standing, book }: Shown) {
  const { locale } = book;
  const { ledger, position, imports, processes } = standing;
  const pending = ledger ? Math.max(0, ledger.head - (position?.position ?? 0)) : null;
  const renders = processes.reduce((sum, process) => sum + process.renders, 0);
  const wakeUps = processes.find((process) => process.ledger)?.ledger?.wakeUps;
  return (
    <section className={classes.section} aria-label="Waiting">
      <h2>Waiting</h2>
      <table className={list.table}>
        <tbody>
          <tr>
            <th scope="row">Changes not in the reports yet</th>
            <td>{pending === null ? 'The ledger does not answer' : countText(pending, locale)}</td>
          </tr>
          <tr>
            <th scope="row">Imports</th>
            <td>
              {imports.length === 0 ? (
                'None'
              ) : (
                <Link href={`/books/${book.slug}/imports`}>
                  {imports.map(({ fileName, state }) => `${fileName} (${state})`).join(', ')}
                </Link>
              )}
            </td>
          </tr>
          <tr>
            <th scope="row">Files being made, in all books</th>
            <td>{countText(renders, locale)}</td>
          </tr>
          <tr>
            <th scope="row">Wake-ups queued, of all books</th>
            <td>{wakeUps ? countText(wakeUps.book + wakeUps.import, locale) : '—'}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

export function ProcessSection({ standing, book }: Shown) {
  const workers = standing.processes.filter(({ kind }) => kind === 'worker');
  const doors = standing.processes.filter(({ kind }) => kind === 'front-door');
  const line = (of: readonly ProcessNote[], one: string, many: string) =>
    `${counted(of.length, one, many, book.locale)}, ${megabytesText(
      of.reduce((sum, { rss }) => sum + rss, 0),
      book.locale,
    )} of memory`;
  return (
    <section className={classes.section} aria-label="Processes">
      <h2>Processes</h2>
      <table className={list.table}>
        <tbody>
          <tr>
            <th scope="row">Compute the reports</th>
            <td data-wrong={workers.length === 0 || undefined}>
              {workers.length === 0
                ? 'No worker was heard of in the last 20 seconds: the reports stay as they are until one runs.'
                : line(workers, 'worker', 'workers')}
            </td>
          </tr>
          <tr>
            <th scope="row">Answer downloads</th>
            <td>
              {doors.length === 0
                ? 'None was heard of in the last 20 seconds'
                : line(doors, 'front door', 'front doors')}
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

const CHECKS = [
  {
    kind: 'verification',
    label: 'Verification of the ledger',
    command: 'npm run verify',
    does: 'walks the chain of events and compares every table with it.',
    good: (compared: string) => `${compared} events, all as they should be`,
  },
  {
    kind: 'reconciliation',
    label: 'Reconciliation of the reports',
    command: 'npm run reconcile',
    does: 'computes every document anew and compares.',
    good: (compared: string) => `${compared} documents, all as they should be`,
  },
] as const;

export function CheckSection({ standing, book }: Shown) {
  return (
    <section className={classes.section} aria-label="Last checks">
      <h2>Last checks</h2>
      <table className={list.table}>
        <tbody>
          {CHECKS.map(({ kind, label, command, does, good }) => {
            const check = standing.checks.find((one) => one.kind === kind);
            return (
              <tr key={kind}>
                <th scope="row">{label}</th>
                {check ? (
                  <Found check={check} good={good} now={standing.now} book={book} />
                ) : (
                  <td className={list.muted}>
                    Never. <code>{command}</code> {does}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Found({
  check: { at, compared, difference },
  good,
  now,
  book,
}: {
  check: Check;
  good: (compared: string) => string;
  now: number;
  book: BookCopy;
}) {
  const ago = durationText(Math.max(0, now - Date.parse(at)), book.locale);
  return (
    <td data-wrong={difference !== null || undefined}>
      {difference ?? good(countText(compared, book.locale))}
      <span className={classes.when}>
        {momentText(at, book.locale, book.timeZone)}, {ago} ago
      </span>
    </td>
  );
}
