// What can be changed about one account: name, code, type; and closing it.
'use client';

import { Button, Menu, Modal, NativeSelect, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  ACCOUNT_TYPES,
  type Account,
  CASH_FLOWS,
  isResultAccount,
} from '#ledger/domain/account.ts';
import { type AccountChange, changeAccount } from '../../_actions/accounts.ts';
import entry from '../entry/entry.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

type What = AccountChange['what'];
const TITLES = {
  name: 'Rename',
  code: 'Change the code',
  type: 'Change the type',
  'cash-flow': 'Place in the cash flow',
  tags: 'Tags',
} as const;
const CHOICES = { type: [...ACCOUNT_TYPES], 'cash-flow': ['', ...CASH_FLOWS] } as const;
const WORDS = {
  type: 'The account moves to the statement of its new type, in all periods.',
  'cash-flow': 'Cash itself, what moved none (depreciation), or an activity; empty: by its type.',
} as const;

/** Name, code and tags are typed. */
function textField({ code, name, tags }: Account, what: 'name' | 'code' | 'tags') {
  const shown = 'Reports show it from now on, for all periods.';
  if (what === 'name') {
    return {
      label: 'Name',
      description: shown,
      defaultValue: name,
      required: true,
      maxLength: 200,
    };
  }
  if (what === 'code') {
    return { label: 'Code', description: shown, defaultValue: code, required: true, maxLength: 32 };
  }
  const description = 'Words that layouts of statements pick accounts by, parted by spaces.';
  return { label: 'Tags', description, defaultValue: tags.join(' '), maxLength: 700 };
}

export function AccountChanges({ slug, account }: { slug: string; account: Account }) {
  const [what, setWhat] = useState<Exclude<What, 'close'> | null>(null);
  const router = useRouter();
  const { pending, refusal, send, clear } = useCommand(changeAccount);
  const { code } = account;
  const change = async (kind: What, value: string) => {
    const answer = await send({ slug, code, what: kind, value });
    if (!answer) return;
    setWhat(null);
    if (kind === 'code') router.push(`/books/${slug}/accounts/${encodeURIComponent(value)}`);
    else router.refresh();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get('value') ?? '').trim();
    if (what) void change(what, value);
  };
  const askClosing = () =>
    modals.openConfirmModal({
      title: `Close account ${code} ${account.name}?`,
      children:
        'Nothing more can be posted on it. What stands on it stays on the reports. An account cannot be opened again.',
      labels: { confirm: 'Close the account', cancel: 'Keep it open' },
      confirmProps: { color: 'red' },
      onConfirm: () => void change('close', ''),
    });
  if (account.closed) return null;
  const kinds = (['name', 'code', 'type', 'cash-flow', 'tags'] as const).filter(
    (kind) => kind !== 'cash-flow' || !isResultAccount(account.type),
  );
  return (
    <>
      <Menu position="bottom-end" onOpen={clear}>
        <Menu.Target>
          <Button size="xs" variant="default">
            Change …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((kind) => (
            <Menu.Item key={kind} onClick={() => setWhat(kind)}>
              {TITLES[kind]}
            </Menu.Item>
          ))}
          <Menu.Item color="red" onClick={askClosing}>
            Close the account
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {what === null && refusal ? <RefusalNotice refusal={refusal} /> : null}
      <Modal opened={what !== null} onClose={() => setWhat(null)} title={what ? TITLES[what] : ''}>
        <form onSubmit={submit} className={entry.dialog}>
          {what === 'type' || what === 'cash-flow' ? (
            <NativeSelect
              name="value"
              label={what === 'type' ? 'Type' : 'Counts as'}
              description={WORDS[what]}
              data={[...CHOICES[what]]}
              defaultValue={what === 'type' ? account.type : (account.cashFlow ?? '')}
            />
          ) : (
            <TextInput name="value" {...(what ? textField(account, what) : {})} data-autofocus />
          )}
          <RefusalNotice refusal={refusal} />
          <Button type="submit" loading={pending}>
            Change
          </Button>
        </form>
      </Modal>
    </>
  );
}
