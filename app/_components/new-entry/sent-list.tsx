// The entries sent from this page: on their way, posted with their number, or refused with the reason.
'use client';

import Link from 'next/link';
import { dayText } from '../locale.ts';
import classes from './new-entry.module.css';
import type { SentEntry } from './use-outbox.ts';

export function SentList({
  slug,
  locale,
  sent,
  onBack,
}: {
  slug: string;
  locale: string;
  sent: readonly SentEntry[];
  onBack: (item: SentEntry) => void;
}) {
  return (
    <aside className={classes.sent} aria-label="Entries of this session">
      <h2>Sent from here</h2>
      {sent.length === 0 ? <p>Entries appear here as soon as you post them.</p> : null}
      <ol aria-live="polite">
        {sent.map((item) => (
          <li key={item.commandId} data-state={item.state}>
            <span>
              {item.state === 'posted' ? (
                <Link href={`/books/${slug}/entries/${item.number}`}>{item.number}</Link>
              ) : (
                item.state
              )}
            </span>
            <span>{dayText(item.entry.date, locale)}</span>
            <span>{item.entry.description}</span>
            {item.state === 'refused' ? (
              <p>
                {item.reason}{' '}
                <button type="button" onClick={() => onBack(item)}>
                  Bring it back <kbd>F2</kbd>
                </button>
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </aside>
  );
}
