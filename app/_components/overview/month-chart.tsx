// Months side by side: bars from zero, or lines, drawn on the server without a script. What it shows is also a table.
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar, LinePath } from '@visx/shape';
import type { BookCopy } from '#reports/documents/reader.ts';
import { Amount } from '../amount.tsx';
import { localeOf, monthText, shortMonthText } from '../locale.ts';
import classes from './chart.module.css';

export interface MonthSeries {
  readonly name: string;
  readonly tone: 'first' | 'second' | 'third';
  readonly as: 'bar' | 'line';
  /** Decimal strings by month; months without one are not drawn. */
  readonly values: Readonly<Record<string, string>>;
}

const WIDTH = 860;
const HEIGHT = 200;
const LEFT = 56;
const BOTTOM = 22;
const TICKS = 4;

/** A place on paper: not money any more. */
const size = (value: string | undefined): number => Number(value ?? 0);
const round = (value: number): number => Math.round(value * 10) / 10;

interface ChartProps {
  readonly title: string;
  readonly months: readonly string[];
  readonly series: readonly MonthSeries[];
  readonly book: BookCopy;
}

export function MonthChart({ book, months, series, title }: ChartProps) {
  return (
    <figure className={classes.chart}>
      <figcaption>
        <h2>{title}</h2>
        <span className={classes.legend}>
          {series.map(({ as, name, tone }) => (
            <span key={name} data-tone={tone} data-as={as}>
              <i aria-hidden />
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <Plot {...{ book, months, series, title }} />
      <details className={classes.figures}>
        <summary>Figures</summary>
        <FigureTable {...{ book, months, series, title }} />
      </details>
    </figure>
  );
}

function Plot({ book, months, series, title }: ChartProps) {
  const all = series.flatMap(({ values }) => months.map((month) => size(values[month])));
  const y = scaleLinear<number>({
    domain: [Math.min(0, ...all), Math.max(0, ...all) || 1],
    range: [HEIGHT - BOTTOM, 8],
    nice: TICKS,
  });
  const x = scaleBand<string>({ domain: [...months], range: [LEFT, WIDTH], padding: 0.24 });
  const bars = series.filter(({ as }) => as === 'bar');
  const inner = scaleBand<string>({
    domain: bars.map(({ name }) => name),
    range: [0, x.bandwidth()],
    padding: 0.08,
  });
  const compact = new Intl.NumberFormat(localeOf(book.locale), { notation: 'compact' });
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${title}: ${series.map(({ name }) => name).join(', ')}. The figures stand in the table below.`}
    >
      {y.ticks(TICKS).map((tick) => (
        <Mark key={tick} zero={tick === 0} at={round(y(tick))} says={compact.format(tick)} />
      ))}
      {months.map((month) => (
        <text
          key={month}
          className={classes.month}
          x={round((x(month) ?? 0) + x.bandwidth() / 2)}
          y={HEIGHT - 5}
          textAnchor="middle"
        >
          {shortMonthText(month, book.locale)}
        </text>
      ))}
      {bars.map(({ name, tone, values }) =>
        months.map((month) => {
          const value = size(values[month]);
          return (
            <Bar
              key={`${name} ${month}`}
              className={classes.bar ?? ''}
              data-tone={tone}
              x={round((x(month) ?? 0) + (inner(name) ?? 0))}
              width={round(inner.bandwidth())}
              y={round(Math.min(y(value), y(0)))}
              height={round(Math.abs(y(value) - y(0)))}
            />
          );
        }),
      )}
      {series
        .filter(({ as }) => as === 'line')
        .map(({ name, tone, values }) => (
          <LinePath<string>
            key={name}
            className={classes.path ?? ''}
            data-tone={tone}
            data={months.filter((month) => values[month] !== undefined)}
            x={(month) => round((x(month) ?? 0) + x.bandwidth() / 2)}
            y={(month) => round(y(size(values[month])))}
          />
        ))}
    </svg>
  );
}

/** A hairline with the amount that it stands for. */
function Mark({ zero, at, says }: { zero: boolean; at: number; says: string }) {
  return (
    <g className={zero ? classes.zero : classes.line}>
      <line x1={LEFT} x2={WIDTH} y1={at} y2={at} />
      <text x={LEFT - 8} y={at + 4} textAnchor="end">
        {says}
      </text>
    </g>
  );
}

function FigureTable({ book, months, series, title }: ChartProps) {
  return (
    <table className={classes.table}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Month</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.map((month) => (
          <tr key={month}>
            <th scope="row">{monthText(month, book.locale)}</th>
            {series.map(({ name, values }) => (
              <td key={name}>
                <Amount value={values[month]} style={book} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
