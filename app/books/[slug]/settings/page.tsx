// A book's settings: what its papers print, how figures look, and the day through which it is locked.
import type { Metadata } from 'next';
import Link from 'next/link';
import form from '../../../_components/forms/form.module.css';
import { LOCALES } from '../../../_components/forms/locales.ts';
import { timeZones } from '../../../_components/forms/time-zones.ts';
import { PageHeader } from '../../../_components/page-header.tsx';
import { CloseYearForm } from '../../../_components/settings/close-year-form.tsx';
import { LockForm } from '../../../_components/settings/lock-form.tsx';
import { SettingsForm } from '../../../_components/settings/settings-form.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { yearsOver } from '../../../_server/periods.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book: copy, may } = await requireMember(slug, 'book.read');
  // A form must show what the ledger holds now; its copy may lag by a moment.
  const book =
    (await rooms()
      .queries.bookBySlug(copy.slug)
      .catch(() => null)) ?? copy;
  const [chart, rounding, sealed] = await Promise.all([
    rooms().queries.chart(book.id),
    rooms().queries.roundingAccount(book.id),
    rooms().queries.sealedThrough(book.id),
  ]);
  const years = yearsOver(book, Date.now());
  const equity = chart.filter(({ closed, type }) => !closed && type === 'equity');
  const known = LOCALES.some(({ value }) => value === book.locale);
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsForm
        book={book}
        mayChange={may('book.settings')}
        zones={timeZones(book.timeZone)}
        rounding={rounding}
        accounts={chart
          .filter(({ closed, code }) => !closed || code === rounding)
          .map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
        locales={known ? LOCALES : [{ value: book.locale, label: book.locale }, ...LOCALES]}
      />
      <section className={form.section}>
        <h2>Layout of statements</h2>
        <p>
          Which lines balance sheet, income statement and cash flow statement have, and which
          accounts stand under them: <Link href={`/books/${book.slug}/layouts`}>layouts</Link>.
        </p>
      </section>
      {may('book.lock') && years.length > 0 && equity.length > 0 ? (
        <CloseYearForm
          slug={book.slug}
          currency={book.baseCurrency}
          style={{ locale: book.locale, negatives: book.negatives }}
          years={years}
          accounts={equity.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
          usual={equity.find(({ name }) => /retained|earnings/i.test(name))?.code ?? null}
        />
      ) : null}
      <LockForm
        slug={book.slug}
        locale={book.locale}
        lockedThrough={book.lockedThrough}
        sealedThrough={sealed}
        mayLock={may('book.lock')}
        mayReopen={may('book.reopen')}
      />
      {may('history.read') ? (
        <section className={form.section}>
          <h2>Take the book with you</h2>
          <p>
            The whole book as a file that other programs read, and this one too: accounts, rates and
            entries, as{' '}
            <a href={`/api/v1/books/${book.slug}/export?format=hledger`} download>
              hledger journal
            </a>
            , as{' '}
            <a href={`/api/v1/books/${book.slug}/export?format=beancount`} download>
              Beancount file
            </a>{' '}
            or, for auditors and tax authorities, as{' '}
            <a href={`/api/v1/books/${book.slug}/export?format=saft`} download>
              SAF-T Financial file
            </a>{' '}
            (Norway, 1.30).
          </p>
        </section>
      ) : null}
    </>
  );
}
