// A small form of text fields and choices that sends one command and empties itself.
'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { ActionAnswer } from '../../_server/run-command.ts';
import form from '../forms/form.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

export interface FactField {
  readonly name: string;
  readonly label: string;
  readonly required?: boolean;
  /** Letters at most. */
  readonly most?: number;
  readonly placeholder?: string;
  readonly type?: 'date';
  /** Left empty it is sent as none, not left out. */
  readonly orNone?: boolean;
  /** A choice in the place of text. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

interface Shown {
  /** What the form does, for those who hear it. */
  readonly label: string;
  readonly button: string;
  readonly fields: readonly FactField[];
  /** Sends the fields, trimmed, with those that are always the same. */
  readonly command: (commandId: string, input: never) => Promise<ActionAnswer<unknown>>;
  readonly fixed: Readonly<Record<string, unknown>>;
}

export function FactForm({ button, command, fields, fixed, label }: Shown) {
  const router = useRouter();
  // Emptied by drawing the form anew.
  const [sent, setSent] = useState(0);
  const { pending, refusal, send } = useCommand(command);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const typed = fields.map(({ name, orNone }) => {
      const text = String(data.get(name) ?? '').trim();
      return [name, text === '' ? (orNone ? null : undefined) : text] as const;
    });
    const input = Object.fromEntries(typed.filter(([, text]) => text !== undefined));
    if (!(await send({ ...input, ...fixed } as never))) return;
    setSent(sent + 1);
    router.refresh();
  };
  const at = (field: string) => (refusal?.field === field ? refusal.detail : null);
  return (
    <form key={sent} onSubmit={submit} className={form.sheet} aria-label={label}>
      <div className={form.fields}>
        {fields.map(
          ({ choices, label: own, most = 200, name, placeholder, required = true, type }) =>
            choices ? (
              <NativeSelect
                key={name}
                name={name}
                label={own}
                data={[...choices]}
                error={at(name)}
              />
            ) : (
              <TextInput
                key={name}
                name={name}
                label={own}
                type={type ?? 'text'}
                required={required}
                maxLength={most}
                placeholder={placeholder ?? ''}
                autoComplete="off"
                error={at(name)}
              />
            ),
        )}
      </div>
      <RefusalNotice refusal={refusal} />
      <div className={form.buttons}>
        <Button type="submit" variant="default" loading={pending}>
          {button}
        </Button>
      </div>
    </form>
  );
}
