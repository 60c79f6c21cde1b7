// A small chart over time, drawn on the server: no script, and the same picture until the next one. Series lie on each
// other, each from zero, so whoever calls puts the larger one first. What it shows is also said in words.
import { curveStepAfter } from '@visx/curve';
import { scaleLinear, scaleLog } from '@visx/scale';
import { AreaClosed } from '@visx/shape';
import classes from './system.module.css';

export interface Series {
  readonly name: string;
  readonly tone: 'wash' | 'ink' | 'wrong';
  /** One value per step, oldest first. */
  readonly values: readonly number[];
}

const WIDTH = 600;
const HEIGHT = 80;

interface ChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  /** Durations are in milliseconds, on a logarithmic axis: one slow moment doesn't flatten all the others. */
  readonly scale: 'count' | 'duration';
  /** A value as people read it. */
  readonly text: (value: number) => string;
  /** The moments at both ends. */
  readonly from: string;
  readonly to: string;
}

export function TimeChart({ title, series, scale, text, from, to }: ChartProps) {
  const peak = Math.max(0, ...series.flatMap(({ values }) => values));
  const legend = series.filter(({ values }) => values.some((value) => value > 0));
  return (
    <figure className={classes.chart}>
      <figcaption>
        <span>{title}</span>
        <span className={classes.legend}>
          {series.length > 1
            ? legend.map(({ name, tone }) => (
                <span key={name} data-tone={tone}>
                  <i aria-hidden />
                  {name}
                </span>
              ))
            : null}
        </span>
        <span className={classes.peak}>{peak > 0 ? `at most ${text(peak)}` : ''}</span>
      </figcaption>
      <div className={classes.plot}>
        {peak > 0 ? (
          <Plot {...{ title, series, scale, text, peak }} />
        ) : (
          <span className={classes.none}>Nothing in this time</span>
        )}
      </div>
      <div className={classes.ends}>
        <span>{from}</span>
        <span>{to}</span>
      </div>
    </figure>
  );
}

/** Hairlines at powers of ten; the axis begins at a millisecond. */
const decadesBelow = (peak: number): number[] =>
  [10, 100, 1_000, 10_000, 100_000, 1_000_000].filter((decade) => decade < peak);

function Plot({
  title,
  series,
  peak,
  scale,
  text,
}: Pick<ChartProps, 'title' | 'series' | 'scale' | 'text'> & { peak: number }) {
  const count = series[0]?.values.length ?? 0;
  const x = scaleLinear<number>({ domain: [0, count], range: [0, WIDTH] });
  const range = [HEIGHT, 2];
  const y =
    scale === 'duration'
      ? scaleLog<number>({ domain: [1, Math.max(10, peak)], range, clamp: true })
      : scaleLinear<number>({ domain: [0, peak], range });
  const decades = scale === 'duration' ? decadesBelow(peak) : [];
  const round = (value: number) => Math.round(value * 10) / 10;
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${inWords(series, text)}`}
      >
        {series.map(({ name, tone, values }) => (
          <AreaClosed<number>
            key={name}
            // A step lasts until the next one begins: the last value once more gives it its width.
            data={[...values, values.at(-1) ?? 0]}
            x={(_, at) => round(x(at))}
            y={(value) => round(y(value))}
            yScale={y}
            y0={HEIGHT}
            curve={curveStepAfter}
            data-tone={tone}
            className={classes.area ?? ''}
          />
        ))}
      </svg>
      {decades.map((decade) => (
        <span
          key={decade}
          aria-hidden
          className={classes.decade}
          style={{ top: `${round((y(decade) / HEIGHT) * 100)}%` }}
        >
          <small>{text(decade)}</small>
        </span>
      ))}
    </>
  );
}

const inWords = (series: readonly Series[], text: (value: number) => string): string =>
  series.map(({ name, values }) => `${name} at most ${text(Math.max(0, ...values))}`).join(', ');
