// Puts a row for an account and values of dimensions into the budget's grid.
'use client';

import { Button, NativeSelect } from '@mantine/core';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import form from '../forms/form.module.css';
import { rowKey } from './typed-budget.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Shown {
  readonly year: string;
  readonly accounts: readonly Choice[];
  readonly dimensions: readonly {
    readonly code: string;
    readonly name: string;
    readonly values: readonly Choice[];
  }[];
}

export function ValueRowForm({ accounts, dimensions, year }: Shown) {
  const router = useRouter();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const chosen = dimensions
      .map(({ code }) => [code, String(data.get(`dimension:${code}`) ?? '')] as const)
      .filter(([, value]) => value !== '');
    const row = { account: String(data.get('account')), dimensions: Object.fromEntries(chosen) };
    router.replace(`?${new URLSearchParams({ year, row: rowKey(row) })}`, { scroll: false });
  };
  return (
    <form onSubmit={submit} className={form.sheet} aria-label="Plan for a value">
      <div className={form.fields}>
        <NativeSelect name="account" label="Account" data={[...accounts]} />
        {dimensions.map(({ code, name, values }) => (
          <NativeSelect
            key={code}
            name={`dimension:${code}`}
            label={name}
            data={[{ value: '', label: 'none' }, ...values]}
          />
        ))}
      </div>
      <div className={form.buttons}>
        <Button type="submit" variant="default">
          Add a row
        </Button>
      </div>
    </form>
  );
}
