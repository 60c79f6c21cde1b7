// The form of a new book. The address follows the name until one types an address of one's own.
'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { createBook } from '../../_actions/create-book.ts';
import form from '../../_components/forms/form.module.css';
import type { LocaleChoice } from '../../_components/forms/locales.ts';
import { RefusalNotice } from '../../_components/refusal-notice.tsx';
import { useCommand } from '../../_components/use-command.ts';

const CHARTS = [
  { value: 'trading', label: 'Trading company' },
  { value: 'services', label: 'Services company' },
  { value: 'minimal', label: 'Minimal' },
  { value: 'empty', label: 'Empty: accounts come by import or by hand' },
];

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);

export function NewBookForm({
  currencies,
  thisYear,
  zones,
  locales,
}: {
  currencies: string[];
  thisYear: number;
  zones: string[];
  locales: readonly LocaleChoice[];
}) {
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const { pending, refusal, send } = useCommand(createBook);
  const router = useRouter();
  const at = (field: string) => (refusal?.field === field ? refusal.detail : null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const answer = await send(input);
    if (answer) router.push(`/books/${answer.result.slug}`);
  };
  const [zone, setZone] = useState('UTC');
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zones.includes(own)) setZone(own);
  }, [zones]);
  return (
    <form onSubmit={submit} className={form.sheet}>
      <div className={form.fields}>
        <TextInput
          name="name"
          label="Name"
          description="As you call it; the legal name can be added under Settings."
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={at('name')}
          className={form.wide}
        />
        <TextInput
          name="slug"
          label="Address"
          description={`This book will be at /books/${slug ?? slugOf(name)}`}
          required
          maxLength={40}
          pattern="[a-z0-9][a-z0-9\-]*"
          value={slug ?? slugOf(name)}
          onChange={(event) => setSlug(event.currentTarget.value)}
          error={at('slug')}
          className={form.wide}
        />
        <NativeSelect
          name="baseCurrency"
          label="Currency"
          data={currencies}
          defaultValue="EUR"
          error={at('baseCurrency')}
        />
        <NativeSelect name="chart" label="Chart of accounts" data={CHARTS} error={at('chart')} />
        <TextInput
          type="date"
          name="startDate"
          label="First day"
          description="Nothing is booked before it."
          required
          defaultValue={`${thisYear}-01-01`}
          error={at('startDate')}
        />
        <TextInput
          type="date"
          name="firstYearEnd"
          label="End of the first year"
          description="The last day of a month; later years follow it."
          required
          defaultValue={`${thisYear}-12-31`}
          error={at('firstYearEnd')}
        />
        <NativeSelect
          name="timeZone"
          label="Time zone"
          data={zones}
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
          error={at('timeZone')}
        />
        <NativeSelect
          name="locale"
          label="Dates and figures"
          data={[...locales]}
          defaultValue="en-GB"
          error={at('locale')}
        />
      </div>
      <RefusalNotice refusal={refusal} />
      <div className={form.buttons}>
        <Button type="submit" loading={pending}>
          Create the book
        </Button>
      </div>
    </form>
  );
}
