// The form itself: says what went wrong without saying which of the two was wrong.
'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { signIn } from 'next-auth/react';
import { type FormEvent, useEffect, useState } from 'react';
import { RefusalNotice } from '../_components/refusal-notice.tsx';
import classes from './sign-in.module.css';

const SENTENCES = {
  wrong: {
    title: 'That didn’t match.',
    detail: 'Check the e-mail address and the password.',
  },
  tooMany: {
    title: 'Too many attempts.',
    detail: 'Wait a quarter of an hour, then try again.',
  },
  unreachable: {
    title: 'No answer.',
    detail: 'The server couldn’t be reached. Try again in a moment.',
  },
} as const;

export function SignInForm({ to }: { to: string }) {
  const [problem, setProblem] = useState<keyof typeof SENTENCES | null>(null);
  const [pending, setPending] = useState(false);
  // Until the page is alive the browser would send the form by itself, password and all.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setProblem(null);
    try {
      const answer = await signIn('credentials', {
        email: String(form.get('email')).trim(),
        password: String(form.get('password')),
        redirect: false,
      });
      if (answer?.ok) return window.location.assign(to);
      setProblem(answer?.error === 'too-many-attempts' ? 'tooMany' : 'wrong');
    } catch {
      setProblem('unreachable');
    }
    setPending(false);
  };
  return (
    <form method="post" onSubmit={submit} className={classes.form}>
      <TextInput
        name="email"
        type="email"
        label="E-mail"
        autoComplete="username"
        required
        withAsterisk={false}
        data-autofocus
      />
      <PasswordInput
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <RefusalNotice refusal={problem && SENTENCES[problem]} />
      <Button type="submit" loading={pending} disabled={!alive} fullWidth>
        Sign in
      </Button>
    </form>
  );
}
