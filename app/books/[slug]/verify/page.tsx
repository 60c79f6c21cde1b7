// Whether this book produced a document, and what has changed in it since: an uploaded PDF, or what stands in its footer.
import type { Metadata } from 'next';
import { PageHeader } from '../../../_components/page-header.tsx';
import { VerifyForm } from '../../../_components/verify/verify-form.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { reportsOf } from '../../../_server/reports.ts';
import { type SearchParams, searchReader } from '../../../_server/search-text.ts';

export const metadata: Metadata = { title: 'Verify' };

export default async function VerifyPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: SearchParams;
}) {
  const { slug } = await params;
  const { book } = await requireMember(slug, 'report.read');
  const read = await searchReader(searchParams);
  const names = ['digest', 'report', 'period', 'position'] as const;
  const given = Object.fromEntries(names.map((name) => [name, read(name)]));
  return (
    <>
      <PageHeader title="Verify" />
      <VerifyForm
        key={names.map((name) => given[name]).join(' ')}
        slug={book.slug}
        style={{ locale: book.locale, negatives: book.negatives }}
        timeZone={book.timeZone}
        reports={reportsOf(book).map(({ name, title }) => ({ value: name, label: title }))}
        given={given as Record<(typeof names)[number], string>}
      />
    </>
  );
}
