// The part of the dashboard that says what each value of each dimension earned and spent, by group of accounts. A value
// that is no part of another counts its parts; what names no value is one too, so that every dimension adds up to the
// company's result.
import type { Month } from '#ledger/domain/calendar.ts';
import { type BookLedger, type Dimension, net } from './book-ledger.ts';
import {
  addUp,
  type FigureRow,
  type Groups,
  largest,
  negated,
  resultOf,
  resultRows,
  type Span,
  type Stated,
  statedLines,
  turnoverOf,
} from './dashboard-groups.ts';
import { NO_ACCOUNT } from './report.ts';

/** Values with rows of their own, shared out among the dimensions. */
const MOST_VALUES = 12;
const FEWEST_OF_DIMENSION = 3;

interface Value {
  /** As addresses name it; null where it is none. */
  readonly path: string | null;
  readonly name: string;
  readonly stated: Stated;
  readonly turnover: bigint;
}

export interface Company {
  readonly whole: Stated;
  readonly groups: Groups;
}

/** Rows of all dimensions; those of one begin with its heading and end with their sum. */
export function dimensionRows(
  ledger: BookLedger,
  spans: readonly Span[],
  { groups, whole }: Company,
): FigureRow[] {
  const room = Math.max(FEWEST_OF_DIMENSION, Math.floor(MOST_VALUES / ledger.dimensions.length));
  return ledger.dimensions.flatMap((dimension): FigureRow[] => {
    const { code, name } = dimension;
    const values = valuesOf(ledger, dimension, spans);
    const shown = largest(values, room);
    const others = values.filter((value) => !shown.includes(value));
    const without = addUp([whole, ...values.map(({ stated }) => negated(stated))]);
    const sections = [
      ...shown,
      ...sectionOf(null, `Other ${code}`, addUp(others.map(({ stated }) => stated))),
      ...sectionOf(`${code}/`, `Without ${code}`, without),
    ];
    return [
      { ...NO_ACCOUNT, kind: 'heading', path: code, name, figures: null },
      ...sections.flatMap((value): FigureRow[] => [
        {
          ...{ ...NO_ACCOUNT, kind: 'heading', level: 1 },
          ...{ path: value.path, name: value.name, figures: null },
        },
        ...resultRows(value.stated, groups, spans.length, 1),
      ]),
      {
        ...{ ...NO_ACCOUNT, kind: 'subtotal', path: code, name: `Result by ${code}` },
        figures: resultOf(whole, spans.length).result,
      },
    ];
  });
}

/** Nothing where nothing was moved. */
function sectionOf(path: string | null, name: string, stated: Stated): Value[] {
  const lines = [...stated.income, ...stated.expense];
  const turnover = lines.reduce((sum, { figures }) => sum + turnoverOf(figures), 0n);
  return turnover === 0n ? [] : [{ path, name, stated, turnover }];
}

/** Those that anything moved in the months shown, in the order of their codes. */
function valuesOf(
  ledger: BookLedger,
  { code, values }: Dimension,
  spans: readonly Span[],
): Value[] {
  const within = (id: number): number[] => [
    id,
    ...values.filter(({ parent }) => parent === id).flatMap((part) => within(part.id)),
  ];
  const { accounts, details } = ledger;
  const [from, until] = [
    spans.reduce((first, span) => (span.from < first ? span.from : first), spans[0]!.from),
    spans.reduce((last, span) => (span.until > last ? span.until : last), spans[0]!.until),
  ];
  return values
    .filter(({ parent }) => parent === null)
    .flatMap((value) => {
      const ids = within(value.id);
      const between = (id: number, account: number, first: Month, end: Month) =>
        details.between('dimension', id, account, first, end, 'without-closing');
      // Few accounts are moved under a value: looking once over all months costs less than once for each.
      const moved = accounts.filter(({ id: account }) =>
        ids.some((id) => {
          const { credit, debit } = between(id, account, from, until);
          return credit !== 0n || debit !== 0n;
        }),
      );
      const stated = statedLines({ accounts: moved }, spans, ({ id: account }, span) =>
        ids.reduce((sum, id) => sum + net(between(id, account, span.from, span.until)), 0n),
      );
      return sectionOf(`${code}/${value.code}`, `${value.code} ${value.name}`, stated);
    });
}
