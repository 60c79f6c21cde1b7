// Sign-in by e-mail and password. The session is a signed and encrypted cookie that carries who and which epoch; a
// changed password or a removed membership raises the epoch, and the cookie is worth nothing.
import type { NextAuthOptions, User } from 'next-auth';
import credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { sessionCookieName } from '#server/session/cookie.ts';
import { rooms } from './rooms.ts';
import { attemptSignIn } from './sign-in-limits.ts';

const SESSION_SECONDS = 7 * 24 * 3_600;
const Input = z.object({
  email: z.email().max(254),
  password: z.string().min(1).max(1_024),
});

/** The front door has replaced whatever the client claimed. */
const addressOf = (headers: Record<string, unknown> | undefined): string =>
  String(headers?.['x-forwarded-for'] ?? 'unknown')
    .split(',')[0]!
    .trim();

const authorize = async (
  input: Record<string, string> | undefined,
  request: { headers?: Record<string, unknown> },
): Promise<(User & { epoch: number }) | null> => {
  const parsed = Input.safeParse(input);
  if (!parsed.success) return null;
  const { email, password } = parsed.data;
  const found = await attemptSignIn(addressOf(request.headers), email.toLowerCase(), () =>
    rooms().queries.verifyPassword(email, password),
  );
  if (found === 'too-many') throw new Error('too-many-attempts');
  return (
    found && {
      id: String(found.id),
      name: found.name,
      email: found.email,
      epoch: found.epoch,
    }
  );
};

/** next-auth's settings, made when asked for because the secret comes with the running rooms. */
export function authOptions(): NextAuthOptions {
  const { config } = rooms();
  return {
    secret: config.authSecret,
    useSecureCookies: config.secureCookies,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    cookies: {
      sessionToken: {
        name: sessionCookieName(config.secureCookies),
        options: {
          httpOnly: true,
          sameSite: 'lax',
          path: '/',
          secure: config.secureCookies,
        },
      },
    },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      credentials({
        credentials: {
          email: { type: 'email' },
          password: { type: 'password' },
        },
        authorize,
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user ? { sub: user.id, epoch: (user as { epoch?: number }).epoch } : token,
      // The browser learns nothing but that it is signed in.
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}
