// What the book is called and how its papers look. Every change is an event with who and when.
'use client';

import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { BookCopy } from '#reports/documents/reader.ts';
import { changeSettings } from '../../_actions/settings.ts';
import form from '../forms/form.module.css';
import type { LocaleChoice } from '../forms/locales.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

const NEGATIVES = [
  { value: 'minus', label: '-1,234.50' },
  { value: 'parentheses', label: '(1,234.50)' },
];

export function SettingsForm({
  book,
  mayChange,
  zones,
  locales,
  rounding,
  accounts,
}: {
  book: BookCopy;
  mayChange: boolean;
  zones: string[];
  locales: readonly LocaleChoice[];
  /** Code of the rounding account, and those that it may be. */
  rounding: string | null;
  accounts: readonly { readonly value: string; readonly label: string }[];
}) {
  const router = useRouter();
  const [saved, setSaved] = useState(false);
  const { pending, refusal, send } = useCommand(changeSettings);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSaved(false);
    const settings = Object.fromEntries(new FormData(event.currentTarget)) as Record<
      string,
      string
    >;
    if (!(await send({ slug: book.slug, settings }))) return;
    setSaved(true);
    router.refresh();
  };
  return (
    <form onSubmit={submit} className={form.sheet} aria-label="Settings of the book">
      <fieldset disabled={!mayChange} style={{ border: 0, margin: 0, padding: 0 }}>
        <div className={form.fields}>
          <TextInput name="name" label="Name" required maxLength={200} defaultValue={book.name} />
          <TextInput
            name="legalName"
            label="Legal name"
            maxLength={200}
            defaultValue={book.legalName}
          />
          <TextInput
            name="registrationNumber"
            label="Registration number"
            maxLength={100}
            defaultValue={book.registrationNumber}
          />
          <NativeSelect
            name="timeZone"
            label="Time zone"
            data={zones}
            defaultValue={book.timeZone}
          />
          <Textarea
            name="address"
            label="Address"
            autosize
            minRows={2}
            maxLength={1000}
            defaultValue={book.address}
            className={form.wide}
          />
          <NativeSelect
            name="locale"
            label="Dates and figures"
            data={[...locales]}
            defaultValue={book.locale}
          />
          <NativeSelect
            name="negatives"
            label="Negative amounts"
            data={NEGATIVES}
            defaultValue={book.negatives}
          />
          <NativeSelect
            name="roundingAccount"
            label="Rounding account"
            description="Takes what is left over when amounts in other currencies are converted."
            data={[{ value: '', label: 'None' }, ...accounts]}
            defaultValue={rounding ?? ''}
            className={form.wide}
          />
        </div>
      </fieldset>
      <RefusalNotice refusal={refusal} />
      {mayChange ? (
        <div className={form.buttons}>
          <Button type="submit" loading={pending}>
            Save
          </Button>
          <span role="status">{saved ? 'Saved.' : ''}</span>
        </div>
      ) : (
        <p>Only an owner of the book changes these.</p>
      )}
    </form>
  );
}
