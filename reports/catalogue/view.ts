// A view of a report: comparatives beside it, accounts at zero shown. Its name is part of the report's, as in addresses:
// `balance-sheet~previous-3~zeros` is the balance sheet beside the three periods before, with accounts at zero.
import {
  type FiscalCalendar,
  monthOf,
  type Period,
  periodsThrough,
} from '#ledger/domain/calendar.ts';

/** `previous`: beside periods before it; `years`: beside the same period of years before. */
export type Comparative = 'previous' | 'years';

export interface View {
  readonly compare: { readonly by: Comparative; readonly count: number } | null;
  readonly zeros: boolean;
}

/** What a report lets be viewed. */
export interface Views {
  /** The column that stands for a period: what the first holds less what the second does. Absent: no comparatives. */
  readonly compared?: readonly [key: string] | readonly [key: string, less: string];
  /** Whether it can show accounts at zero. */
  readonly zeros?: true;
}

/** So many periods stand beside a report at most: a year and a month fit a page. */
const MOST_COMPARED = 12;

const NAME = /^([a-z-]+)(?:~(previous|years)-([1-9]\d?))?(~zeros)?$/;

/** Reads a name; null when it is none. @returns `view` null: the report itself */
export function readName(
  name: string,
): { readonly report: string; readonly view: View | null } | null {
  const [, report, by, count, zeros] = NAME.exec(name) ?? [];
  if (report === undefined || Number(count ?? 1) > MOST_COMPARED) return null;
  const compare = by ? { by: by as Comparative, count: Number(count) } : null;
  return { report, view: compare || zeros ? { compare, zeros: zeros !== undefined } : null };
}

/** The name of a view, which `readName` reads. */
export const viewName = (report: string, { compare, zeros }: View): string =>
  report + (compare ? `~${compare.by}-${compare.count}` : '') + (zeros ? '~zeros' : '');

/** Whether a report has such a view. */
export const hasView = (views: Views | undefined, { compare, zeros }: View): boolean =>
  (!compare || views?.compared !== undefined) && (!zeros || views?.zeros === true);

/** The period and those beside it, from the newest; those before the book began are left out. */
export function periodsOfView(
  calendar: FiscalCalendar,
  period: Period,
  { compare }: View,
): Period[] {
  if (!compare) return [period];
  const alike = periodsThrough(calendar, monthOf(period.to)).filter(
    ({ key, kind }) =>
      kind === period.kind &&
      (compare.by === 'previous' || key.slice(4) === period.key.slice(4)) &&
      key < period.key,
  );
  const newestFirst = alike.toSorted((a, b) => (a.key < b.key ? 1 : -1));
  return [period, ...newestFirst.slice(0, compare.count)];
}

/** What a view adds to its report's title, with a comma before it. */
export function viewWords({ compare, zeros }: View): string {
  const isYears = compare?.by === 'years';
  const one = isYears ? 'last year' : 'the period before';
  const several = isYears ? 'earlier years' : 'earlier periods';
  const words = compare
    ? [`compared with ${compare.count === 1 ? one : `${compare.count} ${several}`}`]
    : [];
  return [...words, ...(zeros ? ['with accounts at zero'] : [])]
    .map((text) => `, ${text}`)
    .join('');
}

const COUNTS = Array.from({ length: MOST_COMPARED }, (_, at) => at + 1);
const COMPARATIVES = (['previous', 'years'] as const).flatMap((by) =>
  COUNTS.map((count) => ({ by, count })),
);

/** Every view that there can be. */
export const EVERY_VIEW: readonly View[] = [
  { compare: null, zeros: true },
  ...COMPARATIVES.flatMap((compare) => [false, true].map((zeros) => ({ compare, zeros }))),
];
