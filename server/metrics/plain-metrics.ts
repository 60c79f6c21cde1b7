// Counters and histograms for paths that are taken tens of thousands of times a second: an observation adds plain
// numbers at an index. prom-client's own hash their labels at each one; these only speak its format when asked.
import type { Metric } from 'prom-client';

interface Value {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly metricName?: string;
}

interface Description {
  readonly name: string;
  readonly help: string;
}

/** A registry asks a metric for nothing but this, whatever its class. */
const metric = (
  { name, help }: Description,
  type: 'counter' | 'gauge' | 'histogram',
  aggregator: 'sum' | 'max',
  values: () => Value[],
): Metric => {
  const get = async () => ({ name, help, type, aggregator, values: values() });
  return { name, help, type, aggregator, get } as unknown as Metric;
};

/** A counter whose numbers are kept elsewhere. */
export const counterOf = (description: Description, values: () => Value[]): Metric =>
  metric(description, 'counter', 'sum', values);

/** A gauge without labels. @param over how the gauges of several processes make one */
export const gaugeOf = (
  description: Description,
  over: 'sum' | 'max',
  value: () => number,
): Metric => metric(description, 'gauge', over, () => [{ labels: {}, value: value() }]);

export interface PlainHistogram {
  /** @param label the index of its label value */
  observe(label: number, value: number): void;
  readonly metric: Metric;
}

/** A histogram with one label of known values. @param bounds ascending */
export function histogramOf(
  description: Description,
  labelName: string,
  labels: readonly string[],
  bounds: readonly number[],
): PlainHistogram {
  const width = bounds.length + 1;
  const counts = new Float64Array(labels.length * width);
  const sums = new Float64Array(labels.length);
  const valuesOf = (label: string, row: number): Value[] => {
    const own = counts.subarray(row * width, (row + 1) * width);
    let reached = 0;
    const buckets = Array.from(own, (count, at): Value => {
      reached += count;
      const le = bounds[at] ?? '+Inf';
      return {
        metricName: `${description.name}_bucket`,
        labels: { le, [labelName]: label },
        value: reached,
      };
    });
    if (reached === 0) return [];
    const of = { [labelName]: label };
    return [
      ...buckets,
      { metricName: `${description.name}_sum`, labels: of, value: sums[row]! },
      { metricName: `${description.name}_count`, labels: of, value: reached },
    ];
  };
  return {
    observe(label, value) {
      let at = 0;
      while (at < bounds.length && value > bounds[at]!) at++;
      counts[label * width + at]!++;
      sums[label]! += value;
    },
    metric: metric(description, 'histogram', 'sum', () => labels.flatMap(valuesOf)),
  };
}
