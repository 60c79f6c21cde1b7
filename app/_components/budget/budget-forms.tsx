// What brings a budget in all at once: a copy of the year before, or a file.
'use client';

import { Button, Checkbox, FileButton, NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { copyBudget, setBudgetFromFile } from '../../_actions/budget.ts';
import form from '../forms/form.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

interface Shown {
  readonly slug: string;
  readonly year: string;
}

export function CopyForm({ slug, year }: Shown) {
  const router = useRouter();
  const { pending, refusal, send } = useCommand(copyBudget);
  const [copied, setCopied] = useState<number | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const input = { from: text('from'), percent: text('percent') || '0' };
    const answer = await send({ slug, year, ...input, replace: data.get('replace') === 'on' });
    if (!answer) return;
    setCopied(answer.result.set);
    router.refresh();
  };
  return (
    <form onSubmit={submit} className={form.sheet} aria-label="Copy the year before">
      <div className={form.fields}>
        <NativeSelect
          name="from"
          label="What is copied"
          data={[
            { value: 'actual', label: 'What was posted, by account' },
            { value: 'budget', label: 'What was planned' },
          ]}
        />
        <TextInput
          name="percent"
          label="More by, %"
          placeholder="0"
          maxLength={20}
          autoComplete="off"
          error={refusal?.field === 'percent' ? refusal.detail : null}
        />
        <Checkbox
          className={form.wide ?? ''}
          name="replace"
          label={`What is planned for ${year} gives way`}
        />
      </div>
      <RefusalNotice refusal={refusal} />
      <div className={form.buttons}>
        <Button type="submit" variant="default" loading={pending}>
          Copy
        </Button>
        <span role="status">{copied === null ? '' : `${copied} amounts planned.`}</span>
      </div>
    </form>
  );
}

export function FileForm({ slug }: Pick<Shown, 'slug'>) {
  const router = useRouter();
  const { pending, refusal, send } = useCommand(setBudgetFromFile);
  const [read, setRead] = useState<number | null>(null);
  const take = async (file: File | null) => {
    if (!file) return;
    const answer = await send({ slug, text: await file.text() });
    setRead(answer?.result.set ?? null);
    if (answer) router.refresh();
  };
  return (
    <div className={form.sheet}>
      <RefusalNotice refusal={refusal} />
      <div className={form.buttons}>
        <FileButton accept=".csv,text/csv" onChange={(file) => void take(file)}>
          {(props) => (
            <Button variant="default" loading={pending} {...props}>
              From a CSV file
            </Button>
          )}
        </FileButton>
        <span role="status">{read === null ? '' : `${read} amounts planned.`}</span>
      </div>
    </div>
  );
}
