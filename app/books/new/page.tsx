// Begin a book: whose, in which currency, from which day, with which chart of accounts.
import type { Metadata } from 'next';
import { currencyCodes } from '#ledger/domain/currency.ts';
import { LOCALES } from '../../_components/forms/locales.ts';
import { timeZones } from '../../_components/forms/time-zones.ts';
import { PageHeader } from '../../_components/page-header.tsx';
import { TopBar } from '../../_components/shell/top-bar.tsx';
import { requirePerson } from '../../_server/session.ts';
import { NewBookForm } from './new-book-form.tsx';

export const metadata: Metadata = { title: 'New book' };

export default async function NewBookPage() {
  const person = await requirePerson();
  return (
    <TopBar person={person}>
      <PageHeader title="New book" from={{ href: '/books', label: 'Books' }} />
      <NewBookForm
        currencies={currencyCodes()}
        thisYear={new Date().getUTCFullYear()}
        zones={timeZones('UTC')}
        locales={LOCALES}
      />
    </TopBar>
  );
}
