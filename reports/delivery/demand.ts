// What people will ask for, from what they have asked for: the same files again, and the same report of the periods
// that follow. Who downloaded October's balance sheet downloads November's.
import type { FileAddress } from '#reports/documents/drawings.ts';
import { fileKey } from '#reports/documents/drawings.ts';

type Wanted = Omit<FileAddress, 'book'>;

export interface Demand {
  wants(file: Wanted): boolean;
}

/** Months, quarters and years are in demand apart. */
const kindOf = (period: string): string => (/-Q/.test(period) ? 'quarter' : `${period.length}`);

const seriesOf = ({ report, period, format }: Wanted): string =>
  `${report}.${format}.${kindOf(period)}`;

/** @param keys of files that were downloaded, as `fileKey` makes them */
export function demandOf(keys: ReadonlySet<string>): Demand {
  const newest = new Map<string, string>();
  for (const key of keys) {
    const [, report, period, format] = /^([^/]+)\/(.+)\.([a-z]+)$/.exec(key) ?? [];
    if (!report || !period || !format) continue;
    const series = seriesOf({ report, period, format });
    if (period > (newest.get(series) ?? '')) newest.set(series, period);
  }
  return {
    wants(file) {
      const last = newest.get(seriesOf(file));
      return last !== undefined && (file.period > last || keys.has(fileKey(file)));
    },
  };
}
