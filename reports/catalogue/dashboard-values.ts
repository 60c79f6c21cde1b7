// The part of the dashboard that says what each value of each dimension earned and spent, by group of accounts. A value
// that is no part of another counts its parts; what names no value is one too, so that every dimension adds up to the
// company's result.
import type { Month } from '#ledger/domain/calendar.ts';
import { type BookLedger, type Dimension, net, within } from './book-ledger.ts';
import {
  addUp,
  countedIn,
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
export const MOST_VALUES = 12;
const FEWEST_OF_DIMENSION = 3;

/** What a value moved, or what stands in place of several. */
export interface Value {
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
  return ledger.dimensions.flatMap((dimension): FigureRow[] => {
    const { code, name } = dimension;
    const values = valuesUnder(ledger, dimension, null, spans);
    const sections = divided(whole, values, roomOf(ledger), wordsOf(dimension));
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

/** How many values of each dimension have rows of their own. */
export const roomOf = ({ dimensions }: BookLedger): number =>
  Math.max(FEWEST_OF_DIMENSION, Math.floor(MOST_VALUES / dimensions.length));

interface Words {
  readonly other: string;
  readonly without: Pick<Value, 'path' | 'name'>;
}

/** What is said of a dimension's values that stand together, and of what names none. */
export const wordsOf = ({ code }: Dimension): Words => ({
  other: `Other ${code}`,
  without: { path: `${code}/`, name: `Without ${code}` },
});

/** The values of a whole that have room, the others together, and what is none's. */
export function divided(
  whole: Stated,
  values: readonly Value[],
  room: number,
  { other, without }: Words,
): Value[] {
  const shown = largest(values, room);
  const others = values.filter((value) => !shown.includes(value));
  return [
    ...shown,
    ...sectionOf({ path: null, name: other }, addUp(others.map(({ stated }) => stated))),
    ...sectionOf(without, remainder(whole, values)),
  ];
}

/** What of a whole is no value's. */
export const remainder = (whole: Stated, values: readonly Pick<Value, 'stated'>[]): Stated =>
  addUp([whole, ...values.map(({ stated }) => negated(stated))]);

/** Nothing where nothing was moved. */
export function sectionOf(of: Pick<Value, 'path' | 'name'>, stated: Stated): Value[] {
  const lines = [...stated.income, ...stated.expense];
  const turnover = lines.reduce((sum, { figures }) => sum + turnoverOf(figures), 0n);
  return turnover === 0n ? [] : [{ ...of, stated, turnover }];
}

/** The parts of a value, or of none, that anything moved in the months shown, in the order of their codes. */
export const valuesUnder = (
  ledger: BookLedger,
  dimension: Dimension,
  above: number | null,
  spans: readonly Span[],
): Value[] =>
  dimension.values
    .filter(({ parent }) => parent === above)
    .flatMap((value) =>
      sectionOf(namesOf(dimension, value), statedUnder(ledger, dimension, value.id, spans)),
    );

/** What addresses and people call a value. */
export const namesOf = (
  dimension: Dimension,
  { code, name }: Dimension['values'][number],
): Pick<Value, 'path' | 'name'> => ({
  path: `${dimension.code}/${code}`,
  name: `${code} ${name}`,
});

/** What moved under a value and its parts. */
export function statedUnder(
  ledger: BookLedger,
  dimension: Dimension,
  value: number,
  spans: readonly Span[],
): Stated {
  const ids = within(dimension, value);
  const [from, until] = [
    spans.reduce((first, span) => (span.from < first ? span.from : first), spans[0]!.from),
    spans.reduce((last, span) => (span.until > last ? span.until : last), spans[0]!.until),
  ];
  const counted = countedIn(ledger, spans);
  const between = (
    { details }: BookLedger,
    id: number,
    account: number,
    first: Month,
    end: Month,
  ) => details.between('dimension', id, account, first, end, 'without-closing');
  // Few accounts are moved under a value: looking once over all months costs less than once for each.
  const ledgers = [...new Set(spans.map(counted))];
  const moved = ledger.accounts.filter(({ id: account }) =>
    ledgers.some((own) =>
      ids.some((id) => {
        const { credit, debit } = between(own, id, account, from, until);
        return credit !== 0n || debit !== 0n;
      }),
    ),
  );
  return statedLines({ accounts: moved }, spans, ({ id: account }, span) =>
    ids.reduce(
      (sum, id) => sum + net(between(counted(span), id, account, span.from, span.until)),
      0n,
    ),
  );
}
