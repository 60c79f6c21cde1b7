// Names with a figure and a bar beside it, which shows how they compare: costs, groups of accounts, values of a dimension.
import { scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import Link from 'next/link';
import type { BookCopy } from '#reports/documents/reader.ts';
import { Amount } from '../amount.tsx';
import classes from './chart.module.css';

export interface BarRow {
  readonly key: string;
  readonly name: string;
  readonly href: string | null;
  /** Whether it is what the page is filtered by. */
  readonly chosen?: boolean;
  /** Decimal string. */
  readonly value: string;
}

const WIDTH = 120;
const HEIGHT = 8;
const round = (value: number): number => Math.round(value * 10) / 10;

export function BarTable({
  title,
  rows,
  head,
  empty,
  book,
}: {
  title: string;
  rows: readonly BarRow[];
  /** Over the figures. */
  head: string;
  empty: string;
  book: BookCopy;
}) {
  const sizes = rows.map(({ value }) => Number(value));
  const x = scaleLinear<number>({
    domain: [Math.min(0, ...sizes), Math.max(0, ...sizes) || 1],
    range: [0, WIDTH],
  });
  return (
    <section className={classes.bars} aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <table className={classes.list}>
          <thead>
            <tr>
              <th scope="col">
                <span className={classes.hidden}>Name</span>
              </th>
              <th scope="col">{head}</th>
              <th scope="col">
                <span className={classes.hidden}>Compared</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ chosen, href, key, name, value }, at) => (
              <tr key={key} data-chosen={chosen || undefined}>
                <th scope="row">
                  {href ? (
                    <Link href={href} aria-current={chosen ? 'true' : undefined}>
                      {name}
                    </Link>
                  ) : (
                    name
                  )}
                </th>
                <td>
                  <Amount value={value} style={book} />
                </td>
                <td>
                  <BarCell size={sizes[at]!} x={x} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function BarCell({ size, x }: { size: number; x: (size: number) => number }) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden>
      <Bar
        className={classes.bar ?? ''}
        data-tone={size < 0 ? 'below' : 'first'}
        x={round(Math.min(x(size), x(0)))}
        width={round(Math.max(Math.abs(x(size) - x(0)), 0.5))}
        height={HEIGHT}
      />
    </svg>
  );
}
