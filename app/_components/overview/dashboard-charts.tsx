// The charts under the key figures: the months, what stands at their ends, costs, groups and values of dimensions. All of
// it are rows of the stored document; a name leads to the page filtered by it.
import type { BookCopy } from '#reports/documents/reader.ts';
import {
  type DashboardParts,
  type GroupLine,
  groupNamed,
  type Part,
  partNamed,
} from '../../_server/dashboard-parts.ts';
import type { Chosen } from '../../_server/key-figures.ts';
import { type BarRow, BarTable } from './bar-table.tsx';
import classes from './chart.module.css';
import { MonthChart, type MonthSeries } from './month-chart.tsx';

const SHOWN_COSTS = 10;

export interface ChartLinks {
  /** The page's address with other filters. */
  filtered(chosen: Chosen): string;
  /** Null where accounts may not be read. */
  account(code: string): string | null;
}

interface ChartsProps {
  readonly parts: DashboardParts;
  readonly chosen: Chosen;
  /** Months that have documents. */
  readonly months: readonly string[];
  readonly links: ChartLinks;
  readonly book: BookCopy;
}

export function DashboardCharts({ parts, chosen, months, links, book }: ChartsProps) {
  const part = partNamed(parts, chosen.dimension);
  const group = groupNamed(part, chosen.group);
  if (!part || (chosen.group !== '' && !group)) return null;
  return (
    <>
      <MonthChart
        title={titleOf(part, group)}
        months={months}
        series={group ? groupSeries(group) : resultSeries(part)}
        book={book}
      />
      {parts.standing.length > 0 ? (
        <MonthChart
          title="Of the company at the end of each month"
          months={months}
          series={standingSeries(parts)}
          book={book}
        />
      ) : null}
      <Tables {...{ parts, chosen, part, group, links, book }} />
    </>
  );
}

const titleOf = (part: Part, group: GroupLine | null): string =>
  [group?.name ?? 'Income, expenses and result', part.path === null ? '' : part.name]
    .filter(Boolean)
    .join(' · ');

const resultSeries = ({ income, expenses, result }: Part): MonthSeries[] => [
  { name: 'Income', tone: 'first', as: 'bar', values: income },
  { name: 'Expenses', tone: 'second', as: 'bar', values: expenses },
  { name: 'Result', tone: 'third', as: 'line', values: result },
];

const groupSeries = ({ name, values }: GroupLine): MonthSeries[] => [
  { name, tone: 'first', as: 'bar', values },
];

const standingSeries = ({ standing }: DashboardParts): MonthSeries[] =>
  standing.map(({ name, values }) => ({
    ...{ name, values, as: 'line' },
    tone: name === 'Cash' ? 'first' : name === 'Receivables' ? 'second' : 'third',
  }));

interface TablesProps extends Omit<ChartsProps, 'months'> {
  readonly part: Part;
  readonly group: GroupLine | null;
}

function Tables({ parts, chosen, part, group, links, book }: TablesProps) {
  const nothing = 'Nothing was booked in this period.';
  const groupRows = (side: GroupLine['side']): BarRow[] =>
    part.groups
      .filter((own) => own.side === side)
      .map(({ name, path, values }) => ({
        ...{ key: path ?? name, name, value: values['period'] ?? '' },
        href: path === null ? null : links.filtered({ ...chosen, group: path }),
        chosen: path !== null && path === chosen.group,
      }));
  const costs = chosen.dimension === '' && group?.side !== 'income';
  return (
    <div className={classes.pair}>
      {costs ? (
        <BarTable
          title={group ? `Of the largest costs, in ${group.name}` : 'Largest costs'}
          rows={costRows(parts, group, links)}
          head={book.baseCurrency}
          empty="None of the twenty largest costs is in it."
          book={book}
        />
      ) : null}
      {(['expenses', 'income'] as const).map((side) => (
        <BarTable
          key={side}
          title={side === 'income' ? 'Income by group' : 'Expenses by group'}
          rows={groupRows(side)}
          head={book.baseCurrency}
          empty={nothing}
          book={book}
        />
      ))}
      {parts.dimensions.map(({ name, values }) => (
        <BarTable
          key={name}
          title={
            group ? `${group.name} by ${name.toLowerCase()}` : `Result by ${name.toLowerCase()}`
          }
          rows={valueRows(values, chosen, links)}
          head={book.baseCurrency}
          empty={nothing}
          book={book}
        />
      ))}
    </div>
  );
}

function costRows({ costs }: DashboardParts, group: GroupLine | null, links: ChartLinks): BarRow[] {
  const within = (path: string | null) =>
    group === null || path === group.path || path?.startsWith(`${group.path}:`);
  return costs
    .filter(({ account, path }) => account !== null && within(path))
    .slice(0, SHOWN_COSTS)
    .map(({ account, name, values }) => ({
      ...{ key: account!, name, value: values['period'] ?? '' },
      href: links.account(account!),
    }));
}

const valueRows = (values: readonly Part[], chosen: Chosen, links: ChartLinks): BarRow[] =>
  values.flatMap((value) => {
    const shown = chosen.group === '' ? value.result : groupNamed(value, chosen.group)?.values;
    if (!shown) return [];
    return [
      {
        ...{ key: value.path ?? value.name, name: value.name, value: shown['period'] ?? '' },
        href: value.path === null ? null : links.filtered({ ...chosen, dimension: value.path }),
        chosen: value.path !== null && value.path === chosen.dimension,
      },
    ];
  });
