// The members of a book; an owner changes roles in place, adds and removes people.
'use client';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { ROLES } from '#ledger/domain/permissions.ts';
import type { MemberRow } from '#ledger/queries/members.ts';
import { addMember, changeRole, removeMember } from '../../_actions/members.ts';
import form from '../forms/form.module.css';
import list from '../list.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

interface Shown {
  readonly slug: string;
  readonly members: readonly MemberRow[];
  /** Who is looking. */
  readonly own: number;
  readonly mayChange: boolean;
}

export function MemberList({ slug, members, own, mayChange }: Shown) {
  const router = useRouter();
  const role = useCommand(changeRole);
  const removal = useCommand(removeMember);
  const after = (answer: unknown) => answer && router.refresh();
  const askRemoval = (member: MemberRow) =>
    modals.openConfirmModal({
      title: `Remove ${member.name || member.email}?`,
      children:
        'They can no longer open this book; what they posted stays. Their sessions here end within a minute.',
      labels: { confirm: 'Remove from this book', cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () => void removal.send({ slug, userId: member.userId }).then(after),
    });
  return (
    <>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">E-mail</th>
            <th scope="col">Role</th>
            {mayChange ? (
              <th scope="col">
                <span className={list.muted}>Actions</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.userId}>
              <th scope="row">
                {member.name}
                {member.userId === own ? ' (you)' : ''}
              </th>
              <td>{member.email}</td>
              <td>
                {mayChange ? (
                  <NativeSelect
                    size="xs"
                    aria-label={`Role of ${member.name || member.email}`}
                    data={[...ROLES]}
                    value={member.role}
                    onChange={(event) =>
                      void role
                        .send({
                          slug,
                          userId: member.userId,
                          role: event.currentTarget.value,
                        })
                        .then(after)
                    }
                  />
                ) : (
                  member.role
                )}
              </td>
              {mayChange ? (
                <td className={list.tight}>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color="red"
                    onClick={() => askRemoval(member)}
                  >
                    Remove
                  </Button>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      <RefusalNotice refusal={role.refusal ?? removal.refusal} />
      {mayChange ? <AddMember slug={slug} /> : null}
    </>
  );
}

function AddMember({ slug }: { slug: string }) {
  const router = useRouter();
  const { pending, refusal, send } = useCommand(addMember);
  const [password, setPassword] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const target = event.currentTarget;
    const data = new FormData(target);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const answer = await send({
      slug,
      email: text('email'),
      name: text('name'),
      role: text('role'),
    });
    if (!answer) return;
    target.reset();
    setPassword((answer.result as { password?: string }).password ?? null);
    router.refresh();
  };
  return (
    <form onSubmit={submit} className={form.sheet}>
      <div className={form.fields}>
        <TextInput name="email" type="email" label="E-mail" required maxLength={254} />
        <TextInput name="name" label="Name" maxLength={200} />
        <NativeSelect name="role" label="Role" data={[...ROLES]} defaultValue="accountant" />
      </div>
      <RefusalNotice refusal={refusal} />
      {password ? (
        <div className={form.secret} role="status">
          First password, shown only now: <code>{password}</code>
        </div>
      ) : null}
      <div className={form.buttons}>
        <Button type="submit" loading={pending}>
          Add the member
        </Button>
      </div>
    </form>
  );
}
