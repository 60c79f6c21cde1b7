// One import: its progress; in preview what it would do; at the end what it did or what is wrong with the file.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import type { WholeImport } from '#ledger/queries/imports.ts';
import { Amount, type FigureStyle } from '../../../../_components/amount.tsx';
import entryStyles from '../../../../_components/entry/entry.module.css';
import { ImportWatch } from '../../../../_components/imports/import-progress.tsx';
import { NewMasters } from '../../../../_components/imports/new-masters.tsx';
import { SettleForm } from '../../../../_components/imports/settle-form.tsx';
import list from '../../../../_components/list.module.css';
import { dayText } from '../../../../_components/locale.ts';
import { PageHeader } from '../../../../_components/page-header.tsx';
import { requireMember } from '../../../../_server/actor.ts';
import { rooms } from '../../../../_server/rooms.ts';

type Params = Promise<{ slug: string; id: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Import ${(await params).id}` };
}

const STATES: Readonly<Record<WholeImport['state'], string>> = {
  queued: 'Accepted; a worker takes it next.',
  running: 'The file is being read and checked.',
  preview: 'Read and checked; nothing is posted yet.',
  posting: 'Being posted.',
  posted: 'Posted as a whole.',
  rejected: 'Rejected as a whole; nothing was posted.',
  abandoned: 'Abandoned; nothing was posted.',
};

export default async function ImportPage({ params }: { params: Params }) {
  const { slug, id } = await params;
  const { book, may } = await requireMember(slug, 'import.read');
  const found = /^[1-9]\d{0,9}$/.test(id)
    ? await rooms().queries.importById(book.id, Number(id))
    : null;
  if (!found) notFound();
  const base = `/books/${book.slug}`;
  const known = found.entries > 0;
  return (
    <>
      <PageHeader
        from={{ href: `${base}/imports`, label: 'Imports' }}
        title={found.fileName}
        note={<span data-state={found.state}>{STATES[found.state]}</span>}
      />
      <ImportWatch id={found.id} state={found.state} done={found.done} total={found.total} />
      <dl className={entryStyles.facts}>
        <Fact label="Format" value={found.format} />
        <Fact label="By" value={found.createdBy} />
        {known ? (
          <>
            <Fact label="Entries" value={found.entries.toLocaleString('en')} />
            <Fact label="Postings" value={found.postings.toLocaleString('en')} />
            <Fact
              label="Dates"
              value={`${dayText(found.from ?? '', book.locale)} – ${dayText(found.to ?? '', book.locale)}`}
            />
          </>
        ) : null}
        {found.state === 'posted' ? <Speed found={found} /> : null}
      </dl>
      {found.state === 'posted' && found.firstNumber !== null ? (
        <p className={entryStyles.trail}>
          Entries <Link href={`${base}/entries/${found.firstNumber}`}>{found.firstNumber}</Link> to{' '}
          {found.firstNumber + found.entries - 1}, event {found.position}. Digest of all lines:{' '}
          <code>{found.digest}</code>
        </p>
      ) : null}
      {found.errorCount > 0 ? <Problems found={found} /> : null}
      <NewMasters masters={found.newMasters} />
      {found.preview ? <Preview preview={found.preview} locale={book.locale} style={book} /> : null}
      {found.state === 'preview' && may('import.run') ? (
        <SettleForm
          slug={book.slug}
          id={found.id}
          entries={found.entries}
          newAccounts={found.newAccounts}
          closing={(found.preview?.closing ?? []).map((entry) => ({
            ...entry,
            date: dayText(entry.date, book.locale),
          }))}
        />
      ) : null}
    </>
  );
}

const Fact = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

/** From accepted to posted; an import that waited in preview says nothing of speed. */
function Speed({ found }: { found: WholeImport }) {
  const seconds =
    (Date.parse(found.finishedAt ?? found.createdAt) - Date.parse(found.createdAt)) / 1000;
  if (seconds <= 0) return null;
  const rate = Math.round(found.postings / seconds).toLocaleString('en');
  return (
    <Fact label="From accepted to posted" value={`${seconds.toFixed(1)} s, ${rate} postings/s`} />
  );
}

function Problems({ found }: { found: WholeImport }) {
  return (
    <div className={`${list.frame} ${list.narrow}`}>
      <h2>
        {found.errorCount.toLocaleString('en')} {found.errorCount === 1 ? 'problem' : 'problems'}
        {found.errorCount > found.errors.length ? `, the first ${found.errors.length}:` : ''}
      </h2>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {found.errors.map((error) => (
            <tr key={`${error.line}/${error.column}/${error.code}/${error.message}`}>
              <td className={list.tight}>{error.line}</td>
              <td>{error.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Preview({
  preview,
  locale,
  style,
}: {
  preview: NonNullable<WholeImport['preview']>;
  locale: string;
  style: FigureStyle;
}) {
  return (
    <div className={`${list.frame} ${list.narrow}`}>
      {preview.notes.map((text) => (
        <p key={text} className={list.muted}>
          {text}
        </p>
      ))}
      <h2>The first entries</h2>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Date</th>
            <th scope="col">Description, accounts</th>
            <th scope="col" className={list.end}>
              Amount, debit positive
            </th>
          </tr>
        </thead>
        {preview.first.map((entry) => (
          <tbody key={entry.line}>
            <tr>
              <td className={list.tight}>{entry.line}</td>
              <td className={list.tight}>{dayText(entry.date, locale)}</td>
              <th scope="row">{entry.description}</th>
              <td />
            </tr>
            {entry.lines.map((line) => (
              <tr key={`${line.account} ${line.amount} ${line.units ?? ''}`}>
                <td colSpan={2} />
                <td className={list.muted}>{line.account}</td>
                <td className={`${list.tight} ${list.end}`}>
                  {line.units ?? <Amount value={line.amount} style={style} />}
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
