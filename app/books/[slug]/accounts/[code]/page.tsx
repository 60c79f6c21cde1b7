// One account's ledger, month by month or over a range of days: opening, lines with running balance, closing.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { isResultAccount } from '#ledger/domain/account.ts';
import {
  addMonths,
  type CalendarDate,
  firstDay,
  fiscalYearOf,
  lastDay,
  type Month,
  monthOf,
  todayIn,
} from '#ledger/domain/calendar.ts';
import { AccountChanges } from '../../../../_components/accounts/account-changes.tsx';
import { Amount } from '../../../../_components/amount.tsx';
import entryStyles from '../../../../_components/entry/entry.module.css';
import { LineText } from '../../../../_components/entry/line-text.tsx';
import list from '../../../../_components/list.module.css';
import { dayText, monthText } from '../../../../_components/locale.ts';
import { PageHeader } from '../../../../_components/page-header.tsx';
import { PageLinks } from '../../../../_components/report/page-links.tsx';
import { requireMember } from '../../../../_server/actor.ts';
import { rooms } from '../../../../_server/rooms.ts';
import {
  dayOrNothing,
  filteredAddress,
  monthOrNothing,
  pageNumber,
  type SearchParams,
  searchReader,
} from '../../../../_server/search-text.ts';

type Params = Promise<{ slug: string; code: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Account ${decodeURIComponent((await params).code)}` };
}

export default async function AccountPage({
  params,
  searchParams,
}: {
  params: Params;
  searchParams: SearchParams;
}) {
  const { slug, code: coded } = await params;
  const { book, may } = await requireMember(slug, 'account.read');
  const code = decodeURIComponent(coded);
  const account = (await rooms().queries.chart(book.id)).find((known) => known.code === code);
  if (!account) notFound();
  const read = await searchReader(searchParams);
  const asked = { from: dayOrNothing(read('from')), to: dayOrNothing(read('to')) };
  const month = (monthOrNothing(read('month')) ||
    (await rooms().queries.lastMonthOf(book.id, account.id)) ||
    monthOf(todayIn(book.timeZone, Date.now()))) as Month;
  const ranged = asked.from !== '' && asked.to >= asked.from;
  const range = ranged ? asked : { from: firstDay(month), to: lastDay(month) };
  const year = fiscalYearOf(book.calendar, range.from as CalendarDate);
  const ledger = await rooms().queries.accountLedger(book.id, code, {
    ...range,
    page: pageNumber(read('page')),
    yearStart: isResultAccount(account.type) ? year.from : null,
  });
  if (!ledger) notFound();
  const base = `/books/${book.slug}`;
  const here = `${base}/accounts/${encodeURIComponent(code)}`;
  const to = (other: Month) => `${here}?month=${other}`;
  const title = ranged
    ? `${dayText(range.from, book.locale)} – ${dayText(range.to, book.locale)}`
    : monthText(month, book.locale);
  const shown = ranged ? monthOf(range.to as CalendarDate) : month;
  const before = ledger.months
    .filter((known) => known < monthOf(range.from as CalendarDate))
    .at(-1);
  const after = ledger.months.find((known) => known > shown);
  return (
    <>
      <PageHeader
        from={{ href: `${base}/accounts`, label: 'Accounts' }}
        title={`${account.code} ${account.name}`}
        note={
          <span className={list.muted}>
            {account.type}
            {account.closed ? ', closed' : ''} · {title}
          </span>
        }
      >
        <Link className={list.action} href={to((before as Month) ?? addMonths(shown, -1))}>
          Earlier
        </Link>
        <form action={here} method="get">
          <input
            type="month"
            name="month"
            aria-label="Month"
            defaultValue={shown}
            className={list.action}
          />
          <button type="submit" className={list.action}>
            Show
          </button>
        </form>
        <Link className={list.action} href={to((after as Month) ?? addMonths(shown, 1))}>
          Later
        </Link>
        {may('account.change') ? <AccountChanges slug={book.slug} account={account} /> : null}
      </PageHeader>
      <div className={list.frame}>
        <table className={list.table}>
          <thead>
            <tr>
              <th scope="col">Date</th>
              <th scope="col">Entry</th>
              <th scope="col">Description</th>
              <th scope="col">Memo</th>
              <th scope="col" className={list.end}>
                Debit
              </th>
              <th scope="col" className={list.end}>
                Credit
              </th>
              <th scope="col" className={list.end}>
                Balance {book.baseCurrency}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td className={list.tight}>{dayText(range.from, book.locale)}</td>
              <td />
              <th scope="row">Opening balance</th>
              <td colSpan={3} />
              <td className={`${list.tight} ${list.end}`}>
                <Amount value={ledger.opening} style={book} />
              </td>
            </tr>
            {ledger.lines.map((line) => (
              <tr key={`${line.number}/${line.line}`}>
                <td className={list.tight}>{dayText(line.date, book.locale)}</td>
                <td className={list.tight}>
                  <Link href={`${base}/entries/${line.number}`}>{line.number}</Link>
                </td>
                <td>{line.description}</td>
                <td className={list.muted}>
                  <LineText line={line} currency={book.baseCurrency} style={book} />
                </td>
                {([line.debit, line.credit, line.balance] as const).map((value, column) => (
                  <td
                    key={['debit', 'credit', 'balance'][column]}
                    className={`${list.tight} ${list.end}`}
                  >
                    <Amount value={value} style={book} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className={entryStyles.total}>
              <td className={list.tight}>{dayText(range.to, book.locale)}</td>
              <td />
              <th scope="row">Movement and closing balance</th>
              <td className={list.muted}>
                {ledger.total === 0 ? 'No lines in these days' : `${ledger.total} lines`}
              </td>
              {([ledger.debit, ledger.credit, ledger.closing] as const).map((value, column) => (
                <td
                  key={['debit', 'credit', 'balance'][column]}
                  className={`${list.tight} ${list.end}`}
                >
                  <Amount value={value} style={book} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <PageLinks
        address={ranged ? filteredAddress(here, asked) : to(month)}
        page={ledger.page}
        pages={ledger.pages}
      />
    </>
  );
}
