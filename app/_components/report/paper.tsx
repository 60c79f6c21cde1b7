// A report as its paper: the title block of the PDF, column heads that stay in sight, rules over sums.

import type { Period } from '#ledger/domain/calendar.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { amountText } from '../amount.tsx';
import {
  dayText,
  localeOf,
  longDayText,
  momentText,
  monthOfYearText,
  shortMonthText,
} from '../locale.ts';
import classes from './paper.module.css';
import { PaperRow } from './paper-row.tsx';
import { type LinkBase, rowLinks } from './row-links.ts';

export interface PaperColumn {
  readonly key: string;
  readonly label: string;
  readonly kind: 'code' | 'text' | 'date' | 'amount' | 'entry';
}

/** Codes first where rows have them; in a ledger the words come after date and number. */
function columnsOf(body: ReportBody): PaperColumn[] {
  if (!body.parts) {
    const coded = body.rows.some(({ account }) => account !== null);
    return [
      ...(coded ? [{ key: 'code', label: 'Account', kind: 'code' } as const] : []),
      { key: 'name', label: coded ? '' : 'Account', kind: 'text' },
      ...body.columns,
    ];
  }
  const words = body.columns.findIndex(({ kind }) => kind !== 'date' && kind !== 'entry');
  return body.columns.toSpliced(words, 0, { key: 'name', label: 'Description', kind: 'text' });
}

/** Columns are headed by days and months, which the locale writes; months of one year without it. */
export const headOf = (
  { label, kind }: Pick<PaperColumn, 'label' | 'kind'>,
  { book: { locale }, report }: ReportBody,
): string => {
  if (kind !== 'amount') return label;
  if (/^\d{4}-\d\d-\d\d$/.test(label)) return dayText(label, locale);
  if (!/^\d{4}-\d\d$/.test(label)) return label;
  return /~(previous|years)-/.test(report)
    ? monthOfYearText(label, locale)
    : shortMonthText(label, locale);
};

/** Rows have no name of their own; their place tells them apart. */
const withKeys = (rows: readonly ReportRow[]) => rows.map((row, at) => ({ key: `row-${at}`, row }));

/** With more columns of figures than these, they are made smaller. */
const MOST_AMOUNTS = 8;

export function Paper({
  body,
  rows,
  period,
  digest,
  links,
}: {
  body: ReportBody;
  rows: readonly ReportRow[];
  period: Period;
  digest: string;
  links: LinkBase;
}) {
  const { book } = body;
  const columns = columnsOf(body);
  const amounts = columns.filter(({ kind }) => kind === 'amount').length;
  const size = amounts > MOST_AMOUNTS ? classes.months : classes.wide;
  const wide = body.parts !== undefined || amounts > 3;
  return (
    <article className={`${classes.paper} ${wide ? size : ''}`}>
      <TitleBlock body={body} />
      <table className={classes.table} data-ledger={body.parts ? '' : undefined}>
        <caption className={classes.hidden}>
          {body.title}, {body.period.key}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-kind={column.kind}>
                {headOf(column, body) || <span className={classes.hidden}>Name</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {withKeys(rows).map(({ key, row }, at) => (
            <PaperRow
              key={key}
              row={row}
              columns={columns}
              book={book}
              ledger={body.parts !== undefined}
              links={rowLinks(links, body, period, row, at)}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 || body.controlTotals.rows === 0 ? (
        <p className={classes.none}>Nothing was booked in this period.</p>
      ) : null}
      {body.notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      <p className={classes.note}>{controlWords(body)}</p>
      <footer className={classes.foot}>
        <span>
          Ledger position {body.position} ·{' '}
          {momentText(body.recordedAt, book.locale, book.timeZone)}
        </span>
        <span title={digest}>{digest.slice(0, 12)}</span>
      </footer>
    </article>
  );
}

/** As on paper. */
function controlWords({ book, controlTotals: { credit, debit, rows } }: ReportBody): string {
  const lines = `${rows.toLocaleString(localeOf(book.locale))} ${rows === 1 ? 'line' : 'lines'}`;
  const sums = `debit ${amountText(debit, book)} · credit ${amountText(credit, book)}`;
  return `Control totals: ${lines} · ${sums}`;
}

function TitleBlock({ body }: { body: ReportBody }) {
  const { book, period } = body;
  const long = (date: string) => longDayText(date, book.locale);
  const owner = [
    book.registrationNumber && `Registration number ${book.registrationNumber}`,
    book.address
      .split(/\s*\r?\n\s*/)
      .filter(Boolean)
      .join(', '),
  ].filter(Boolean);
  return (
    <header className={classes.title}>
      <p className={classes.company}>{book.legalName || book.name}</p>
      {owner.length > 0 ? <p className={classes.small}>{owner.join(' · ')}</p> : null}
      <h2>{body.title}</h2>
      <p>
        {/^(consolidated-)?balance-sheet(~|$)/.test(body.report)
          ? `As at ${long(period.to)}`
          : `${long(period.from)} to ${long(period.to)}`}
      </p>
      <p className={classes.small}>
        Amounts in {body.currency} · Unaudited
        {body.provisional ? ' · Provisional: the period is not locked' : ''}
      </p>
    </header>
  );
}
