// A small chart over time, drawn on the server: no script, and the same picture until the next one. Series lie on each
// other, each from zero, so whoever calls puts the larger one first. What it shows is also said in words.
import { curveStepAfter } from '@visx/curve';
import { scaleLinear } from '@visx/scale';
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

export function TimeChart({
  title,
  series,
  text,
  from,
  to,
}: {
  title: string;
  series: readonly Series[];
  /** A value as people read it. */
  text: (value: number) => string;
  /** The moments at both ends. */
  from: string;
  to: string;
}) {
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
          <Plot title={title} series={series} peak={peak} summary={summary(series, text)} />
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

function Plot({
  title,
  series,
  peak,
  summary: said,
}: {
  title: string;
  series: readonly Series[];
  peak: number;
  summary: string;
}) {
  const count = series[0]?.values.length ?? 0;
  const x = scaleLinear<number>({ domain: [0, count], range: [0, WIDTH] });
  const y = scaleLinear<number>({ domain: [0, peak], range: [HEIGHT, 2] });
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${title}: ${said}`}
    >
      {series.map(({ name, tone, values }) => (
        <AreaClosed<number>
          key={name}
          // A step lasts until the next one begins: the last value once more gives it its width.
          data={[...values, values.at(-1) ?? 0]}
          x={(_, at) => Math.round(x(at) * 10) / 10}
          y={(value) => Math.round(y(value) * 10) / 10}
          yScale={y}
          curve={curveStepAfter}
          data-tone={tone}
          className={classes.area ?? ''}
        />
      ))}
    </svg>
  );
}

const summary = (series: readonly Series[], text: (value: number) => string): string =>
  series.map(({ name, values }) => `${name} at most ${text(Math.max(0, ...values))}`).join(', ');
