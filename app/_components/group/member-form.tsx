// Adds a book to the group, or changes what the group makes of it: its name, what is eliminated, where accounts go.
'use client';

import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { GroupMemberInput } from '../../_actions/group.ts';
import type { ActionAnswer } from '../../_server/run-command.ts';
import form from '../forms/form.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';
import { type MappedLine, mappingAsTyped, typedMapping } from './typed-mapping.ts';

interface Shown {
  readonly slug: string;
  /** What the form does, for those who hear it. */
  readonly label: string;
  readonly button: string;
  readonly command: (commandId: string, input: GroupMemberInput) => Promise<ActionAnswer<unknown>>;
  /** Books that may be chosen; one when it is settled. */
  readonly books: readonly { readonly value: string; readonly label: string }[];
  readonly before?: {
    readonly name: string;
    readonly intercompany: string;
    readonly mapping: readonly MappedLine[];
  };
}

export function MemberForm({ before, books, button, command, label, slug }: Shown) {
  const router = useRouter();
  // Emptied by drawing the form anew.
  const [sent, setSent] = useState(0);
  const { pending, refusal, send } = useCommand(command);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const typed = (name: string) => String(data.get(name) ?? '').trim();
    const name = typed('name');
    const answer = await send({
      ...{ slug, book: typed('book'), intercompany: typed('intercompany') },
      ...(name === '' ? {} : { name }),
      mapping: typedMapping(typed('mapping')),
    });
    if (!answer) return;
    setSent(sent + 1);
    router.refresh();
  };
  const at = (field: string) => (refusal?.field?.startsWith(field) ? refusal.detail : null);
  return (
    <form key={sent} onSubmit={submit} className={form.sheet} aria-label={label}>
      <div className={form.fields}>
        {before ? (
          <input type="hidden" name="book" value={books[0]?.value} />
        ) : (
          <NativeSelect name="book" label="Book" data={[...books]} error={at('book')} />
        )}
        <TextInput
          name="name"
          label="Name in columns of reports"
          defaultValue={before?.name ?? ''}
          required={before !== undefined}
          maxLength={120}
          autoComplete="off"
          error={at('name')}
        />
        <TextInput
          className={form.wide ?? ''}
          name="intercompany"
          label="Intercompany accounts"
          description="Accounts of this book that are eliminated: codes (1150; 2150..2159), name Assets:Group or type asset."
          defaultValue={before?.intercompany ?? ''}
          maxLength={500}
          autoComplete="off"
          error={at('intercompany')}
        />
        <Textarea
          className={form.wide ?? ''}
          name="mapping"
          label="Where its accounts go"
          description="A line each: 4000..4999 → 4000. Others go to the group’s account of their own code and type."
          defaultValue={mappingAsTyped(before?.mapping ?? [])}
          autosize
          minRows={2}
          maxRows={12}
          error={at('mapping')}
        />
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
