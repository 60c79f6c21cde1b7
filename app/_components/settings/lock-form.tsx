// The last locked day: nothing on or before it is posted, reversed or imported.
'use client';

import { Button, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { lockThrough } from '../../_actions/settings.ts';
import form from '../forms/form.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

export function LockForm({
  slug,
  lockedThrough,
  mayChange,
}: {
  slug: string;
  lockedThrough: string | null;
  mayChange: boolean;
}) {
  const router = useRouter();
  const { pending, refusal, send } = useCommand(lockThrough);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const date = String(new FormData(event.currentTarget).get('date') ?? '');
    if (await send({ slug, date: date === '' ? null : date })) router.refresh();
  };
  return (
    <section className={form.section}>
      <h2>Locked dates</h2>
      <p>
        Entries, reversals and imports dated on or before this day are refused. Reports of locked
        periods are no longer provisional. Leave it empty to unlock every day.
      </p>
      <form onSubmit={submit} className={form.sheet}>
        <TextInput
          type="date"
          name="date"
          label="Locked through"
          defaultValue={lockedThrough ?? ''}
          disabled={!mayChange}
          maw={220}
        />
        <RefusalNotice refusal={refusal} />
        {mayChange ? (
          <div className={form.buttons}>
            <Button type="submit" variant="default" loading={pending}>
              Set the lock
            </Button>
          </div>
        ) : null}
      </form>
    </section>
  );
}
