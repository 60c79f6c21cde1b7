// Imports: what was imported, and a new one.
import type { Metadata } from 'next';
import Link from 'next/link';
import { UploadForm } from '../../../_components/imports/upload-form.tsx';
import list from '../../../_components/list.module.css';
import { momentText } from '../../../_components/locale.ts';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Imports' };

export default async function ImportsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book, may } = await requireMember(slug, 'import.read');
  const imports = await rooms().queries.imports(book.id);
  return (
    <>
      <PageHeader title="Imports" />
      {may('import.run') ? (
        <UploadForm slug={book.slug} firstDay={book.calendar.startDate} />
      ) : null}
      {imports.length === 0 ? null : (
        <div className={list.frame}>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">No.</th>
                <th scope="col">File</th>
                <th scope="col">Format</th>
                <th scope="col">State</th>
                <th scope="col" className={list.end}>
                  Entries
                </th>
                <th scope="col" className={list.end}>
                  Postings
                </th>
                <th scope="col">By</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {imports.map((row) => (
                <tr key={row.id}>
                  <td className={list.tight}>{row.id}</td>
                  <th scope="row">
                    <Link href={`/books/${book.slug}/imports/${row.id}`}>{row.fileName}</Link>
                  </th>
                  <td className={list.tight}>{row.format}</td>
                  <td className={list.tight}>
                    {row.state}
                    {row.errorCount > 0 ? `, ${row.errorCount} problems` : ''}
                  </td>
                  <td className={`${list.tight} ${list.end}`}>{row.entries || ''}</td>
                  <td className={`${list.tight} ${list.end}`}>{row.postings || ''}</td>
                  <td className={list.tight}>{row.createdBy}</td>
                  <td className={list.tight}>
                    {momentText(row.createdAt, book.locale, book.timeZone)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
