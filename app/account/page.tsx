// One's own access: password and API keys.
import type { Metadata } from 'next';
import { ApiKeys } from '../_components/own-access/api-keys.tsx';
import { PasswordForm } from '../_components/own-access/password-form.tsx';
import { PageHeader } from '../_components/page-header.tsx';
import { TopBar } from '../_components/shell/top-bar.tsx';
import { booksOf } from '../_server/books.ts';
import { rooms } from '../_server/rooms.ts';
import { requirePerson } from '../_server/session.ts';

export const metadata: Metadata = { title: 'Your access' };

export default async function AccountPage() {
  const person = await requirePerson();
  const [keys, own] = await Promise.all([rooms().queries.apiKeysOf(person.id), booksOf(person)]);
  return (
    <TopBar person={person}>
      <PageHeader title="Your access" from={{ href: '/books', label: 'Books' }} />
      <PasswordForm email={person.email} />
      <ApiKeys
        keys={keys}
        books={own.map(({ book }) => ({ value: book.slug, label: book.name }))}
      />
    </TopBar>
  );
}
