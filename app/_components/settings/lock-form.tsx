// Days that nothing more is posted on: locked, opened again with a reason, locked for good.

import { lockThrough, reopenDates, sealThrough } from '../../_actions/settings.ts';
import form from '../forms/form.module.css';
import { FactForm } from '../line-facts/fact-form.tsx';
import { longDayText } from '../locale.ts';

export function LockForm({
  slug,
  locale,
  lockedThrough,
  sealedThrough,
  mayLock,
  mayReopen,
}: {
  slug: string;
  locale: string;
  lockedThrough: string | null;
  sealedThrough: string | null;
  mayLock: boolean;
  mayReopen: boolean;
}) {
  const day = (date: string | null) => (date === null ? null : longDayText(date, locale));
  const fixed = { slug };
  return (
    <section className={form.section}>
      <h2>Locked dates</h2>
      <p>
        {lockedThrough === null
          ? 'No day is locked.'
          : `Everything up to ${day(lockedThrough)} is locked${sealedThrough === null ? '' : `, up to ${day(sealedThrough)} for good`}.`}{' '}
        Entries, reversals and imports of locked days are refused, and their reports are no longer
        provisional.
      </p>
      {mayLock ? (
        <FactForm
          label="Lock dates"
          button="Lock"
          command={lockThrough}
          fixed={fixed}
          fields={[{ name: 'date', label: 'Lock through', type: 'date' }]}
        />
      ) : null}
      {mayReopen && lockedThrough !== null && lockedThrough !== sealedThrough ? (
        <>
          <h3>Open again</h3>
          <p>
            The reason stays in the history, and what is posted then shows when it was recorded.
          </p>
          <FactForm
            label="Open locked dates again"
            button="Open again"
            command={reopenDates}
            fixed={fixed}
            fields={[
              {
                name: 'date',
                label: 'Stay locked through',
                type: 'date',
                required: sealedThrough !== null,
                orNone: true,
              },
              { name: 'reason', label: 'Reason', most: 500 },
            ]}
          />
          <h2>Lock for good</h2>
          <p>Nobody can open these days again.</p>
          <FactForm
            label="Lock dates for good"
            button="Lock for good"
            command={sealThrough}
            fixed={fixed}
            fields={[{ name: 'date', label: 'For good through', type: 'date' }]}
          />
        </>
      ) : null}
    </section>
  );
}
