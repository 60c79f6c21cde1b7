// New entry.
import type { Metadata } from 'next';
import Link from 'next/link';
import { type CalendarDate, todayIn } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { EmptyState } from '../../../../_components/empty-state.tsx';
import { NewEntry } from '../../../../_components/new-entry/new-entry.tsx';
import type { DetailChoices } from '../../../../_components/new-entry/typed-details.ts';
import { PageHeader } from '../../../../_components/page-header.tsx';
import { requireMember } from '../../../../_server/actor.ts';
import { rooms } from '../../../../_server/rooms.ts';

/** What lines may name: all that isn't closed. */
async function detailChoices(book: number): Promise<DetailChoices> {
  const { queries } = rooms();
  const [parties, dimensions, taxCodes] = await Promise.all([
    queries.parties(book),
    queries.dimensions(book),
    queries.taxCodes(book),
  ]);
  const open = (coded: readonly { code: string; name: string; closed: boolean }[]) =>
    coded.filter(({ closed }) => !closed).map(({ code, name }) => ({ code, name }));
  return {
    parties: open(parties),
    taxCodes: open(taxCodes),
    dimensions: dimensions.map(({ code, name, values }) => ({ code, name, values: open(values) })),
  };
}

export const metadata: Metadata = { title: 'New entry' };

export default async function NewEntryPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book } = await requireMember(slug, 'entry.post');
  const { queries } = rooms();
  const [chart, units, lastDate, choices] = await Promise.all([
    queries.chart(book.id),
    queries.units(book.id),
    queries.lastEntryDate(book.id),
    detailChoices(book.id),
  ]);
  const open = chart.filter(({ closed }) => !closed);
  return (
    <>
      <PageHeader title="New entry" />
      {open.length === 0 ? (
        <EmptyState
          title="The book has no accounts yet"
          action={<Link href={`/books/${book.slug}/accounts`}>Open accounts</Link>}
        >
          An entry needs two accounts or more.
        </EmptyState>
      ) : (
        <NewEntry
          slug={book.slug}
          currency={book.baseCurrency}
          exponent={exponentOf(book.baseCurrency as CurrencyCode)}
          locale={book.locale}
          today={todayIn(book.timeZone, Date.now())}
          lastDate={lastDate as CalendarDate | null}
          units={units.map(({ code, decimals }) => [code, decimals] as const)}
          choices={choices}
          accounts={open.map(({ code, name, path }) => ({ code, name, path }))}
        />
      )}
    </>
  );
}
