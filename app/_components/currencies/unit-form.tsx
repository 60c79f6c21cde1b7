// Defines a commodity: shares, hours, whatever is counted and no currency.
'use client';

import { Button, NumberInput, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { MOST_DECIMALS } from '#ledger/domain/unit.ts';
import { defineUnit } from '../../_actions/currencies.ts';
import form from '../forms/form.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

export function UnitForm({ slug }: { slug: string }) {
  const router = useRouter();
  // Emptied by drawing the form anew.
  const [defined, setDefined] = useState(0);
  const { pending, refusal, send } = useCommand(defineUnit);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const unit = { code: text('code'), decimals: Number(text('decimals')), name: text('name') };
    if (!(await send({ slug, ...unit }))) return;
    setDefined(defined + 1);
    router.refresh();
  };
  const at = (field: string) => (refusal?.field === field ? refusal.detail : null);
  return (
    <form key={defined} onSubmit={submit} className={form.sheet} aria-label="Define a commodity">
      <div className={form.fields}>
        <TextInput name="code" label="Code" required maxLength={24} error={at('code')} />
        <NumberInput
          name="decimals"
          label="Decimals"
          min={0}
          max={MOST_DECIMALS}
          defaultValue={2}
          allowDecimal={false}
          required
          error={at('decimals')}
        />
        <TextInput name="name" label="Name" maxLength={200} className={form.wide} />
      </div>
      <RefusalNotice refusal={refusal} />
      <div className={form.buttons}>
        <Button type="submit" variant="default" loading={pending}>
          Define
        </Button>
      </div>
    </form>
  );
}
