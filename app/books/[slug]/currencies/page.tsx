// Rates of the book by day, and its commodities.
import type { Metadata } from 'next';
import Link from 'next/link';
import { isResultAccount } from '#ledger/domain/account.ts';
import { Amount } from '../../../_components/amount.tsx';
import { RatesForm } from '../../../_components/currencies/rates-form.tsx';
import { RevalueForm } from '../../../_components/currencies/revalue-form.tsx';
import { UnitForm } from '../../../_components/currencies/unit-form.tsx';
import { EmptyState } from '../../../_components/empty-state.tsx';
import form from '../../../_components/forms/form.module.css';
import list from '../../../_components/list.module.css';
import { dayText, longDayText } from '../../../_components/locale.ts';
import { PageHeader } from '../../../_components/page-header.tsx';
import { PageLinks } from '../../../_components/report/page-links.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { latestPeriod, monthEnds } from '../../../_server/periods.ts';
import { rooms } from '../../../_server/rooms.ts';

const decimalsIn = (rate: string): number => rate.split('.')[1]?.length ?? 0;

/** Decimal signs stand under each other. */
const withDecimals = (rate: string, places: number): string =>
  places === 0
    ? rate
    : `${rate}${rate.includes('.') ? '' : '.'}${'0'.repeat(places - decimalsIn(rate))}`;

export const metadata: Metadata = { title: 'Currencies' };

export default async function CurrenciesPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ page?: string | string[] }>;
}) {
  const { slug } = await params;
  const { page: asked } = await searchParams;
  const { book, may } = await requireMember(slug, 'account.read');
  const page = typeof asked === 'string' && /^[1-9]\d{0,6}$/.test(asked) ? Number(asked) : 1;
  const now = Date.now();
  const latest = latestPeriod(book, now);
  const { queries } = rooms();
  const [found, units, chart, rounding] = await Promise.all([
    queries.rates(book.id, page),
    queries.units(book.id),
    queries.chart(book.id),
    queries.roundingAccount(book.id),
  ]);
  const most = found.rates.reduce((places, { rate }) => Math.max(places, decimalsIn(rate)), 0);
  return (
    <>
      <PageHeader title="Currencies" />
      {may('unit.change') ? (
        <RatesForm slug={book.slug} locale={book.locale} currency={book.baseCurrency} />
      ) : null}
      {found.rates.length === 0 ? (
        <EmptyState title="The book has no rates yet">
          Lines in other currencies are converted at the rate of their day, unless they name one of
          their own. Currencies of ISO 4217 need nothing else.
        </EmptyState>
      ) : (
        <div className={`${list.frame} ${list.narrow}`}>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">Unit</th>
                <th scope="col">From</th>
                <th scope="col" className={list.end}>
                  {book.baseCurrency} for one
                </th>
              </tr>
            </thead>
            <tbody>
              {found.rates.map(({ date, rate, unit }) => (
                <tr key={`${unit} ${date}`}>
                  <th scope="row">{unit}</th>
                  <td className={list.tight}>{dayText(date, book.locale)}</td>
                  <td className={`${list.tight} ${list.end}`}>
                    <Amount value={withDecimals(rate, most)} style={book} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PageLinks address={`/books/${book.slug}/currencies`} page={found.page} pages={found.pages} />
      {found.rates.length > 0 ? (
        <section className={form.section}>
          <h2>Revaluation</h2>
          <p>
            Brings what accounts of assets and liabilities hold in other currencies to the rate of a
            month’s end, and takes it back on the next day (IAS 21.23).{' '}
            <Link href={`/books/${book.slug}/reports/currency-exposure/${latest.key}`}>
              What stands to be revalued at {longDayText(latest.to, book.locale)}
            </Link>
          </p>
          {may('entry.post') ? (
            <RevalueForm
              slug={book.slug}
              currency={book.baseCurrency}
              style={{ locale: book.locale, negatives: book.negatives }}
              ends={monthEnds(book, now).map((date) => ({
                value: date,
                label: longDayText(date, book.locale),
              }))}
              accounts={chart
                .filter(({ closed, type }) => !closed && isResultAccount(type))
                .map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
              usual={rounding}
            />
          ) : null}
        </section>
      ) : null}
      <section className={form.section}>
        <h2>Commodities</h2>
        <p>Shares, hours and whatever else is counted in a unit that is no currency.</p>
        {units.length > 0 ? (
          <div className={`${list.frame} ${list.narrow}`}>
            <table className={list.table}>
              <thead>
                <tr>
                  <th scope="col">Code</th>
                  <th scope="col">Name</th>
                  <th scope="col" className={list.end}>
                    Decimals
                  </th>
                </tr>
              </thead>
              <tbody>
                {units.map(({ code, decimals, name }) => (
                  <tr key={code}>
                    <th scope="row">{code}</th>
                    <td>{name}</td>
                    <td className={`${list.tight} ${list.end}`}>{decimals}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {may('unit.change') ? <UnitForm slug={book.slug} /> : null}
      </section>
    </>
  );
}
