// Opens an account.
'use client';

import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { ACCOUNT_TYPES } from '#ledger/domain/account.ts';
import { openAccount } from '../../_actions/accounts.ts';
import entry from '../entry/entry.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

export function NewAccount({ slug, groups }: { slug: string; groups: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const { pending, refusal, send, clear } = useCommand(openAccount);
  const close = () => {
    clear();
    setOpen(false);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const group = text('group');
    const name = text('name');
    const answer = await send({
      slug,
      code: text('code'),
      name,
      path: group === '' ? name : `${group}:${name}`,
      type: text('type'),
    });
    if (!answer) return;
    setOpen(false);
    router.refresh();
  };
  const at = (field: string) => (refusal?.field === field ? refusal.detail : null);
  return (
    <>
      <Button size="xs" onClick={() => setOpen(true)}>
        New account
      </Button>
      <Modal opened={open} onClose={close} title="New account">
        <form onSubmit={submit} className={entry.dialog}>
          <TextInput
            name="code"
            label="Code"
            required
            maxLength={32}
            data-autofocus
            error={at('code')}
          />
          <TextInput name="name" label="Name" required maxLength={200} error={at('name')} />
          <NativeSelect name="type" label="Type" data={[...ACCOUNT_TYPES]} error={at('type')} />
          <TextInput
            name="group"
            label="Under"
            description="The names above it, from the root, with colons between; empty for none."
            list="groups"
            error={at('path')}
          />
          <datalist id="groups">
            {groups.map((group) => (
              <option key={group} value={group} />
            ))}
          </datalist>
          <RefusalNotice refusal={refusal} />
          <Button type="submit" loading={pending}>
            Open the account
          </Button>
        </form>
      </Modal>
    </>
  );
}
