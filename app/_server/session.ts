// Who is asking: the session cookie, decoded and compared with the person's epoch. Documents know people too, so that
// reading goes on while PostgreSQL is down; the ledger is asked when they don't answer.
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { decode } from 'next-auth/jwt';
import { cache } from 'react';
import type { PersonAccess } from '#reports/documents/reader.ts';
import { sessionCookieName } from '#server/session/cookie.ts';
import { eitherStore } from './either-store.ts';
import { rooms } from './rooms.ts';

const readToken = async (): Promise<{
  userId: number;
  epoch: number;
} | null> => {
  const { config } = rooms();
  const jar = await cookies();
  const token = jar.get(sessionCookieName(config.secureCookies))?.value;
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: config.authSecret });
    const userId = Number(claims?.sub);
    return Number.isSafeInteger(userId) && userId > 0 && typeof claims?.epoch === 'number'
      ? { userId, epoch: claims.epoch }
      : null;
  } catch {
    return null; // A forged or outdated cookie is no cookie.
  }
};

/** The signed-in person, or null. One look-up per request. */
export const currentPerson = cache(async (): Promise<PersonAccess | null> => {
  const token = await readToken();
  if (!token) return null;
  const { documents, queries } = rooms();
  const person = await eitherStore(
    () => documents.person(token.userId),
    () => queries.accessOfUser(token.userId),
  );
  return person && person.epoch === token.epoch ? person : null;
});

/** The signed-in person; without one, the sign-in page, and back here afterwards. */
export async function requirePerson(): Promise<PersonAccess> {
  const person = await currentPerson();
  if (person) return person;
  const address = (await headers()).get('x-address') ?? '/';
  redirect(`/sign-in?to=${encodeURIComponent(address)}`);
}
