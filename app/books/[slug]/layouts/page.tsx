// How the statements are laid out: the lines of one, what stands under each, and what falls through.
import type { Metadata } from 'next';
import Link from 'next/link';
import { compareCodes } from '#ledger/domain/account.ts';
import { fiscalYearOf, todayIn } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { layoutOf, PRESET_NAMES, PRESETS, presetLines } from '#ledger/domain/layout-presets.ts';
import { STATEMENTS } from '#ledger/domain/statement-layout.ts';
import { LayoutEditor } from '../../../_components/layouts/layout-editor.tsx';
import classes from '../../../_components/layouts/layouts.module.css';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Layout of statements' };

const NAMES = {
  'balance-sheet': 'Balance sheet',
  'income-statement': 'Income statement',
  'cash-flow': 'Cash flow statement',
} as const;

export default async function LayoutsPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ readonly statement?: string | string[] }>;
}) {
  const { slug } = await params;
  const { statement: asked } = await searchParams;
  const statement = STATEMENTS.find((one) => one === asked) ?? 'balance-sheet';
  const { book, may } = await requireMember(slug, 'account.read');
  const today = todayIn(book.timeZone, Date.now());
  const { queries } = rooms();
  const [layouts, accounts] = await Promise.all([
    queries.layouts(book.id),
    queries.accountBalances(book.id),
  ]);
  return (
    <>
      <PageHeader title="Layout of statements" />
      <nav className={classes.statements} aria-label="Statements">
        {STATEMENTS.map((one) => (
          <Link
            key={one}
            href={`?statement=${one}`}
            aria-current={one === statement ? 'page' : undefined}
          >
            {NAMES[one]}
          </Link>
        ))}
        <Link
          href={`/books/${book.slug}/reports/${statement}/${fiscalYearOf(book.calendar, today).name}`}
        >
          The report
        </Link>
      </nav>
      <LayoutEditor
        key={statement}
        slug={book.slug}
        statement={statement}
        lines={layoutOf(layouts, statement)}
        presets={PRESETS.map((preset) => ({
          name: PRESET_NAMES[preset],
          lines: presetLines(preset, statement),
        }))}
        accounts={accounts
          .filter(({ used, closed }) => used || !closed)
          .toSorted((a, b) => compareCodes(a.code, b.code))}
        exponent={exponentOf(book.baseCurrency as CurrencyCode)}
        style={{ locale: book.locale, negatives: book.negatives }}
        mayChange={may('book.settings')}
      />
    </>
  );
}
