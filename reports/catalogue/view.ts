// A view of a report: comparatives or the budget beside it, accounts at zero shown, the year's closing entries counted, a part of the book alone. Its name is part of the report's, as
// in addresses: `balance-sheet~previous-3~zeros` is the balance sheet beside the three periods before, with accounts at zero.
import {
  type FiscalCalendar,
  monthOf,
  type Period,
  periodsThrough,
} from '#ledger/domain/calendar.ts';
import { type Only, onlyName, readOnly } from './only-name.ts';

/** `previous`: beside periods before it; `years`: beside the same period of years before. */
export type Comparative = 'previous' | 'years';

export interface View {
  readonly compare: { readonly by: Comparative; readonly count: number } | null;
  /** Whether what was planned stands beside it. Not beside other periods. */
  readonly budget: boolean;
  readonly zeros: boolean;
  /** Whether the year's closing entries count: what stands after closing. Not beside other periods or the budget. */
  readonly closing: boolean;
  /** The value of a dimension and the group of accounts that it is narrowed to; null: the whole book. */
  readonly only: Only | null;
}

/** What a report lets be viewed. */
export interface Views {
  /** The column that stands for a period: what the first holds less what the second does. Absent: no comparatives. */
  readonly compared?: readonly [key: string] | readonly [key: string, less: string];
  /** Whether what is compared can stand beside what was planned for it: income and expenses. */
  readonly budget?: true;
  /** Whether it can show accounts at zero. */
  readonly zeros?: true;
  /** Whether it can count the year's closing entries. */
  readonly closing?: true;
  /** Whether it can be narrowed to a value of a dimension and a group of accounts. */
  readonly only?: true;
}

/** So many periods stand beside a report at most: a year and a month fit a page. */
const MOST_COMPARED = 12;

/** Longer names are none: files and addresses hold them. */
const LONGEST_NAME = 200;

const NAME =
  /^([a-z-]+)(?:~(?:(previous|years)-([1-9]\d?)|(budget)))?(~zeros)?(~post-closing)?(~(?:in|group)-.+)?$/;

/** Reads a name; null when it is none. @returns `view` null: the report itself */
export function readName(
  name: string,
): { readonly report: string; readonly view: View | null } | null {
  if (name.length > LONGEST_NAME) return null;
  const [, report, by, count, budget, zeros, closing, narrowed] = NAME.exec(name) ?? [];
  if (report === undefined || Number(count ?? 1) > MOST_COMPARED) return null;
  const compare = by ? { by: by as Comparative, count: Number(count) } : null;
  const only = narrowed === undefined ? null : readOnly(narrowed);
  if (narrowed !== undefined && !only) return null;
  const view = {
    ...{ compare, budget: budget !== undefined, zeros: zeros !== undefined },
    ...{ closing: closing !== undefined, only },
  };
  return { report, view: compare || budget || zeros || closing || only ? view : null };
}

/** The name of a view, which `readName` reads. */
export const viewName = (report: string, { budget, closing, compare, only, zeros }: View): string =>
  report +
  (compare ? `~${compare.by}-${compare.count}` : '') +
  (budget ? '~budget' : '') +
  (zeros ? '~zeros' : '') +
  (closing ? '~post-closing' : '') +
  (only ? onlyName(only) : '');

/** Whether a report has such a view. */
export const hasView = (
  views: Views | undefined,
  { budget, closing, compare, only, zeros }: View,
): boolean =>
  (!compare || views?.compared !== undefined) &&
  (!budget || (views?.budget === true && !compare)) &&
  (!zeros || views?.zeros === true) &&
  (!closing || (views?.closing === true && !compare && !budget)) &&
  (!only || (views?.only === true && !compare && !budget));

/** The period and those beside it, from the newest; those before the book began are left out. */
export function periodsOfView(
  calendar: FiscalCalendar,
  period: Period,
  { compare }: Pick<View, 'compare'>,
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

/** What a view adds to its report's title, with a comma before it: of a part of the book what addresses call it. */
export function viewWords({ budget, closing, compare, only, zeros }: View): string {
  const isYears = compare?.by === 'years';
  const one = isYears ? 'last year' : 'the period before';
  const several = isYears ? 'earlier years' : 'earlier periods';
  const words = compare
    ? [`compared with ${compare.count === 1 ? one : `${compare.count} ${several}`}`]
    : [];
  const narrowed = [only?.value, only?.group].filter((name) => typeof name === 'string');
  return [
    ...words,
    ...(budget ? ['compared with the budget'] : []),
    ...(zeros ? ['with accounts at zero'] : []),
    ...(closing ? ['after closing entries'] : []),
    ...narrowed,
  ]
    .map((text) => `, ${text}`)
    .join('');
}

const COUNTS = Array.from({ length: MOST_COMPARED }, (_, at) => at + 1);
const COMPARATIVES = (['previous', 'years'] as const).flatMap((by) =>
  COUNTS.map((count) => ({ by, count })),
);

/** The report as it is. */
export const PLAIN: View = {
  compare: null,
  budget: false,
  zeros: false,
  closing: false,
  only: null,
};
const WITH_ZEROS_OR_NOT = [false, true] as const;

/** Every view of a whole book that there can be. */
export const EVERY_VIEW: readonly View[] = [
  { ...PLAIN, zeros: true },
  ...WITH_ZEROS_OR_NOT.map((zeros) => ({ ...PLAIN, zeros, closing: true })),
  ...COMPARATIVES.flatMap((compare) =>
    WITH_ZEROS_OR_NOT.map((zeros) => ({ ...PLAIN, compare, zeros })),
  ),
  ...WITH_ZEROS_OR_NOT.map((zeros) => ({ ...PLAIN, budget: true, zeros })),
];
