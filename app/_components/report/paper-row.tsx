// One row of a report: words indented by level, figures that lead to where they come from.
import Link from 'next/link';
import type { CSSProperties, ReactNode } from 'react';
import type { BookTitle, ReportRow } from '#reports/catalogue/report.ts';
import { Amount } from '../amount.tsx';
import { dayText } from '../locale.ts';
import classes from './paper.module.css';
import type { PaperColumn } from './paper.tsx';
import type { RowLinks } from './row-links.ts';

export function PaperRow({
  row,
  columns,
  book,
  ledger,
  links,
}: {
  row: ReportRow;
  columns: readonly PaperColumn[];
  book: BookTitle;
  ledger: boolean;
  links: RowLinks;
}) {
  const accountHeading = ledger && row.kind === 'heading' && row.values.date === undefined;
  if (accountHeading) {
    return (
      <tr data-row="account">
        <th scope="colgroup" colSpan={columns.length}>
          {linked(links.name, `${row.account ?? ''} ${row.name}`.trim())}
        </th>
      </tr>
    );
  }
  // Words of sums and headings begin over the codes: the code's cell is theirs.
  const joined = !ledger && row.account === null && columns[0]?.kind === 'code';
  const cells = joined ? columns.slice(1) : columns;
  const indent = { '--level': ledger ? 0 : row.level } as CSSProperties;
  return (
    <tr data-row={row.kind} data-level={row.level}>
      {cells.map((column) =>
        column.key === 'name' ? (
          <th
            key="name"
            scope="row"
            colSpan={joined ? 2 : 1}
            style={indent}
            className={classes.name}
          >
            {linked(links.name, ledger && row.account ? `${row.account} ${row.name}` : row.name)}
          </th>
        ) : (
          <td key={column.key} data-kind={column.kind}>
            {cellOf(row, column, book, links)}
          </td>
        ),
      )}
    </tr>
  );
}

const linked = (href: string | undefined, content: ReactNode): ReactNode =>
  href ? (
    <Link href={href} prefetch={false}>
      {content}
    </Link>
  ) : (
    content
  );

function cellOf(row: ReportRow, column: PaperColumn, book: BookTitle, links: RowLinks): ReactNode {
  if (column.kind === 'code') return linked(links.name, row.account);
  const value = row.values[column.key];
  if (value === undefined || value === '') return null;
  if (column.kind === 'date')
    return <span className="db-figure">{dayText(value, book.locale)}</span>;
  if (column.kind === 'entry')
    return linked(links.entry, <span className="db-figure">{value}</span>);
  if (column.kind === 'text') return value;
  return linked(
    links.amounts[column.key],
    <Amount value={value} style={book} zero={row.kind === 'line' ? 'dash' : 'figure'} />,
  );
}
