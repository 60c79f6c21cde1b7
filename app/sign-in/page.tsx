// Sign in by e-mail and password, then on to where one wanted to go.
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentPerson } from '../_server/session.ts';
import classes from './sign-in.module.css';
import { SignInForm } from './sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

/** Only addresses of our own; anything else leads home. */
const ownAddress = (to: unknown): string =>
  typeof to === 'string' && /^\/(?![/\\])[^\\\r\n]*$/.test(to) ? to : '/';

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const to = ownAddress((await searchParams).to);
  if (await currentPerson()) redirect(to);
  return (
    <main id="content" className={classes.page}>
      <div className={classes.sheet}>
        <p className={classes.mark}>Daybook</p>
        <h1>Sign in</h1>
        <SignInForm to={to} />
      </div>
    </main>
  );
}
