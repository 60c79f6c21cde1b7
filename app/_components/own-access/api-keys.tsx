// API keys: a key does what its user may, perhaps in one book only; it is shown once.
'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { ApiKeyRow } from '#ledger/queries/members.ts';
import { issueApiKey, revokeApiKey } from '../../_actions/own-access.ts';
import form from '../forms/form.module.css';
import list from '../list.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

type Choice = { value: string; label: string };

export function ApiKeys({ keys, books }: { keys: readonly ApiKeyRow[]; books: readonly Choice[] }) {
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  const issue = useCommand(issueApiKey);
  const revoke = useCommand(revokeApiKey);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const book = String(data.get('book') ?? '');
    const answer = await issue.send({
      name: String(data.get('name')),
      ...(book ? { book } : {}),
    });
    if (!answer) return;
    setSecret(answer.result.key);
    router.refresh();
  };
  const ask = (key: ApiKeyRow) =>
    modals.openConfirmModal({
      title: `Revoke the key “${key.name}”?`,
      children: 'Programs that use it are turned away within a minute. This can’t be undone.',
      labels: { confirm: 'Revoke the key', cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        void revoke.send({ id: key.id }).then((answer) => answer && router.refresh()),
    });
  return (
    <section className={form.section} id="keys">
      <h2>API keys</h2>
      <p>For programs. A key may do what you may, and no more.</p>
      <form onSubmit={submit} className={form.sheet}>
        <div className={form.fields}>
          <TextInput name="name" label="What it is for" required maxLength={100} />
          <NativeSelect
            name="book"
            label="Books"
            data={[{ value: '', label: 'All of yours' }, ...books]}
          />
        </div>
        <RefusalNotice refusal={issue.refusal ?? revoke.refusal} />
        <div className={form.buttons}>
          <Button type="submit" variant="default" loading={issue.pending}>
            Issue a key
          </Button>
        </div>
      </form>
      {secret ? (
        <div className={form.secret} role="status">
          Shown only now: <code>{secret}</code>
        </div>
      ) : null}
      {keys.length > 0 ? (
        <div className={list.frame}>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Begins with</th>
                <th scope="col">Book</th>
                <th scope="col">Issued</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr key={key.id}>
                  <th scope="row">{key.name}</th>
                  <td>
                    <code>{key.prefix}</code>
                  </td>
                  <td>{key.bookSlug ?? 'all'}</td>
                  <td className={list.tight}>{key.createdAt.slice(0, 10)}</td>
                  <td>
                    {key.revokedAt ? (
                      <span className={list.muted}>revoked {key.revokedAt.slice(0, 10)}</span>
                    ) : (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        color="red"
                        onClick={() => ask(key)}
                      >
                        Revoke
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}
