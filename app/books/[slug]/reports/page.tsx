// The reports of a period: what each is for, its page and its files.
import type { Metadata } from 'next';
import Link from 'next/link';
import { longDayText } from '../../../_components/locale.ts';
import { PageHeader } from '../../../_components/page-header.tsx';
import { FileLinks } from '../../../_components/report/file-links.tsx';
import { Freshness } from '../../../_components/report/freshness.tsx';
import { PeriodChooser } from '../../../_components/report/period-chooser.tsx';
import classes from '../../../_components/report/report-index.module.css';
import { requireMember } from '../../../_server/actor.ts';
import { latestPeriod, periodChoices, periodOf } from '../../../_server/periods.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Reports' };

export default async function ReportsPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { slug } = await params;
  const { book } = await requireMember(slug, 'report.read');
  const asked = (await searchParams).period;
  const now = Date.now();
  const period =
    (typeof asked === 'string' ? periodOf(book, asked) : null) ?? latestPeriod(book, now);
  const { documents, reports } = rooms();
  const [position, heads] = await Promise.all([
    documents.position(book.id),
    Promise.all(reports.map(({ name }) => documents.head(book.id, name, period.key))),
  ]);
  const base = `/books/${book.slug}/reports`;
  const day = (date: string) => longDayText(date, book.locale);
  return (
    <>
      <PageHeader
        title="Reports"
        note={
          <Freshness
            position={position?.position ?? null}
            head={position?.head ?? null}
            computedAt={position?.updatedAt ?? null}
            shownPosition={position?.position ?? null}
            locale={book.locale}
            timeZone={book.timeZone}
          />
        }
      >
        <PeriodChooser
          choices={periodChoices(book, period, position?.through ?? null, now)}
          base={`${base}?period=`}
          locale={book.locale}
        />
      </PageHeader>
      <div className={classes.index}>
        <p className={classes.dates}>
          {day(period.from)} to {day(period.to)}
        </p>
        <ul>
          {reports.map(({ name, question, title }, at) => (
            <li key={name}>
              <div>
                <Link href={`${base}/${name}/${period.key}`} className={classes.title}>
                  {title}
                </Link>
                <p>{question}</p>
              </div>
              {heads[at] ? (
                <FileLinks address={`${base}/${name}/${period.key}`} quiet />
              ) : (
                <span className={classes.missing}>being prepared</span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
