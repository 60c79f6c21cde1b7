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
import { latestPeriod, periodChoices, periodOf, periodOfReport } from '../../../_server/periods.ts';
import { reportsOf } from '../../../_server/reports.ts';
import { rooms } from '../../../_server/rooms.ts';

/** The form of the pack, whose boxes stand in the list. */
const PACK = 'pack';

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
  const { documents } = rooms();
  const reports = reportsOf(book);
  const [position, heads] = await Promise.all([
    documents.position(book.id),
    Promise.all(
      reports.map((report) => documents.head(book.id, report.name, periodOfReport(report, period))),
    ),
  ]);
  const base = `/books/${book.slug}/reports`;
  const listed = reports.map((report) => {
    const of = periodOfReport(report, period);
    return { ...report, of, address: `${base}/${report.name}/${of}` };
  });
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
          {listed.map(({ address, name, of, paged, question, title }, at) => (
            <li key={name}>
              <input
                type="checkbox"
                form={PACK}
                name="reports"
                value={name}
                aria-label={`${title} in the pack`}
                {...(of === period.key && heads[at]
                  ? { defaultChecked: !paged }
                  : { disabled: true })}
              />
              <div>
                <Link href={address} className={classes.title}>
                  {title}
                </Link>
                {of === period.key ? null : <span> of the year {of}</span>}
                <p>{question}</p>
              </div>
              {heads[at] ? (
                <FileLinks address={address} quiet />
              ) : (
                <span className={classes.missing}>being prepared</span>
              )}
            </li>
          ))}
        </ul>
        <form
          id={PACK}
          className={classes.pack}
          action={`/books/${book.slug}/packs/${period.key}.zip`}
        >
          <span>The marked ones, all at one ledger position:</span>
          <button type="submit" formAction={`/books/${book.slug}/packs/${period.key}.pdf`}>
            One PDF
          </button>
          <span>or as single files in an archive:</span>
          {['pdf', 'xlsx', 'csv'].map((format) => (
            <button key={format} type="submit" name="format" value={format}>
              {format.toUpperCase()}
            </button>
          ))}
        </form>
      </div>
    </>
  );
}
