// How else a report can be viewed: beside periods before it or years before it, with accounts at zero, after the year's closing
// entries, or against the budget. Each choice is an address.
import type { FiscalCalendar, Period } from '#ledger/domain/calendar.ts';
import type { View } from '#reports/catalogue/view.ts';
import { rooms } from './rooms.ts';

export interface ViewChoice {
  readonly label: string;
  /** Where the label alone doesn't say it. */
  readonly name?: string;
  readonly href: string;
  readonly current: boolean;
}

export interface ViewChoices {
  /** What is chosen, in few words; null: the report as it is. */
  readonly chosen: string | null;
  readonly groups: readonly {
    readonly title: string;
    readonly choices: readonly ViewChoice[];
  }[];
}

const WHOLE: View = {
  ...{ compare: null, budget: false, zeros: false, closing: false, only: null },
};

const KINDS = { month: 'months', quarter: 'quarters', year: 'years' } as const;
const MOST = { previous: 12, years: 5 } as const;

/** @returns null where a report can't be viewed otherwise */
export function viewChoices(
  book: { readonly slug: string; readonly calendar: FiscalCalendar },
  report: string,
  period: Period,
): ViewChoices | null {
  const base = report.split('~')[0]!;
  const { views } = rooms().listedReport(base) ?? {};
  const view = rooms().viewOf(report) ?? WHOLE;
  // What is narrowed stands alone.
  if (view.only || (!views?.compared && !views?.zeros)) return null;
  const href = (own: View) =>
    `/books/${book.slug}/reports/${rooms().viewName(base, own)}/${period.key}`;
  const beside = (by: 'previous' | 'years', label: string) => {
    const counts = Array.from({ length: MOST[by] }, (_, at) => at + 1);
    return {
      title: label,
      choices: counts.map((count) => ({
        label: `${count}`,
        name: countText(by, count, period),
        href: href({ ...view, budget: false, closing: false, compare: { by, count } }),
        current: view.compare?.by === by && view.compare.count === count,
      })),
    };
  };
  const groups = [
    {
      title: 'Beside',
      choices: [
        {
          label: 'Nothing',
          href: href({ ...view, budget: false, compare: null }),
          current: view.compare === null && !view.budget,
        },
        ...(views.budget
          ? [
              {
                label: 'Budget',
                href: href({ ...view, budget: true, closing: false, compare: null }),
                current: view.budget,
              },
            ]
          : []),
      ],
    },
    ...(views.compared
      ? [
          beside('previous', `${KINDS[period.kind]} before`),
          ...(period.kind === 'year'
            ? []
            : [beside('years', `same ${period.kind} of years before`)]),
        ]
      : []),
    ...(views.zeros
      ? [
          {
            title: 'Accounts at zero',
            choices: [false, true].map((zeros) => ({
              label: zeros ? 'Shown' : 'Hidden',
              href: href({ ...view, zeros }),
              current: view.zeros === zeros,
            })),
          },
        ]
      : []),
  ];
  if (views.closing) {
    groups.push({
      title: 'Closing entries of the year',
      choices: [false, true].map((closing) => ({
        label: closing ? 'Counted' : 'Left out',
        href: href(
          closing ? { ...view, closing, budget: false, compare: null } : { ...view, closing },
        ),
        current: view.closing === closing,
      })),
    });
  }
  return {
    chosen: chosenOf(view, period),
    groups: views.compared ? groups : groups.filter(({ title }) => title !== 'Beside'),
  };
}

function countText(by: 'previous' | 'years', count: number, { kind }: Period): string {
  if (by === 'years') return `${count} ${count === 1 ? 'year' : 'years'} before`;
  return `${count} ${count === 1 ? kind : KINDS[kind]} before`;
}

function chosenOf({ budget, closing, compare, zeros }: View, period: Period): string | null {
  const words = [
    ...(compare ? [countText(compare.by, compare.count, period)] : []),
    ...(budget ? ['budget'] : []),
    ...(zeros ? ['zeros'] : []),
    ...(closing ? ['after closing'] : []),
  ];
  return words.length === 0 ? null : words.join(', ');
}
