// How the house does for this book, for its owners: freshness, recomputes, downloads, what waits, the last checks. The
// page keeps itself current, so that a load test or a month end can be followed here.
import type { Metadata } from 'next';
import Link from 'next/link';
import { EmptyState } from '../../../_components/empty-state.tsx';
import { PageHeader } from '../../../_components/page-header.tsx';
import { InvariantSection } from '../../../_components/system/invariant-section.tsx';
import { KeepCurrent } from '../../../_components/system/keep-current.tsx';
import {
  DownloadSection,
  FreshnessSection,
  RecomputeSection,
} from '../../../_components/system/load-sections.tsx';
import {
  CheckSection,
  ProcessSection,
  WaitingSection,
} from '../../../_components/system/standing-sections.tsx';
import classes from '../../../_components/system/system.module.css';
import { clockText } from '../../../_components/system/system-text.ts';
import { requireMember } from '../../../_server/actor.ts';
import { type Range, systemStanding } from '../../../_server/system-standing.ts';

export const metadata: Metadata = { title: 'System' };

const RANGES: readonly [Range, string][] = [
  ['15m', '15 minutes'],
  ['2h', '2 hours'],
];

export default async function SystemPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ range?: string | string[] }>;
}) {
  const { slug } = await params;
  const { book } = await requireMember(slug, 'system.read');
  const range = (await searchParams).range === '2h' ? '2h' : '15m';
  const standing = await systemStanding(book.id, range);
  const note = standing ? `at ${clockText(standing.now, book, true)}` : null;
  return (
    <>
      <PageHeader title="System" note={note}>
        <nav aria-label="Time shown" className={classes.ranges}>
          {RANGES.map(([key, label]) => (
            <Link
              key={key}
              href={`/books/${book.slug}/system?range=${key}`}
              aria-current={key === range ? 'true' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
      </PageHeader>
      <KeepCurrent />
      {standing ? (
        <div className={classes.page}>
          <FreshnessSection standing={standing} book={book} />
          <RecomputeSection standing={standing} book={book} />
          <DownloadSection standing={standing} book={book} />
          <div className={classes.pair}>
            <WaitingSection standing={standing} book={book} />
            <ProcessSection standing={standing} book={book} />
          </div>
          <CheckSection standing={standing} book={book} />
          <InvariantSection standing={standing} book={book} />
        </div>
      ) : (
        <EmptyState title="The document store does not answer">
          Its figures appear here by themselves when it does. What is posted meanwhile is safe in
          the ledger.
        </EmptyState>
      )}
    </>
  );
}
