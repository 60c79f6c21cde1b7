// One's own password. Every session ends with the old one; this browser is signed in again at once.
'use client';

import { Button, PasswordInput } from '@mantine/core';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { changePassword } from '../../_actions/own-access.ts';
import form from '../forms/form.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

export function PasswordForm({ email }: { email: string }) {
  const [changed, setChanged] = useState(false);
  const { pending, refusal, send } = useCommand(changePassword);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const target = event.currentTarget;
    const data = new FormData(target);
    const next = String(data.get('next'));
    if (!(await send({ current: String(data.get('current')), next }))) return;
    await signIn('credentials', { email, password: next, redirect: false });
    target.reset();
    setChanged(true);
  };
  return (
    <section className={form.section}>
      <h2>Password</h2>
      <p>Changing it ends your sessions everywhere else within a minute.</p>
      <form onSubmit={submit} className={form.sheet}>
        <div className={form.fields}>
          <PasswordInput
            name="current"
            label="Present password"
            autoComplete="current-password"
            required
          />
          <PasswordInput
            name="next"
            label="New password"
            autoComplete="new-password"
            required
            minLength={12}
            description="At least 12 characters."
          />
        </div>
        <RefusalNotice refusal={refusal} />
        <div className={form.buttons}>
          <Button type="submit" loading={pending}>
            Change the password
          </Button>
          <span role="status">{changed ? 'Changed.' : ''}</span>
        </div>
      </form>
    </section>
  );
}
