// The dashboard of one value of a dimension, of one group of accounts, or of a group in a value: computed from the ledger like the
// company's, so that values and groups which have no rows of their own there have them here. Who says what it is called is the book.
import type { Period } from '#ledger/domain/calendar.ts';
import { sumColumns, type TreeLine } from './account-tree.ts';
import { type BookLedger, closingNotes, type Dimension, frame, type Stamp } from './book-ledger.ts';
import { costRows, dashboard, spansOf, statedOf, tableOf } from './dashboard.ts';
import { dashboardBehind, OTHER_PARTS } from './dashboard-behind.ts';
import {
  type FigureRow,
  groupsOf,
  largest,
  resultOf,
  resultRows,
  SIDES,
  type Side,
  type Span,
  type Stated,
  turnoverOf,
  WORDS,
} from './dashboard-groups.ts';
import { onlyAddsUp, onlyAgrees } from './dashboard-only-checks.ts';
import {
  divided,
  MOST_VALUES,
  namesOf,
  remainder,
  roomOf,
  sectionOf,
  statedUnder,
  type Value,
  valuesUnder,
  wordsOf,
} from './dashboard-values.ts';
import type { Only } from './only-name.ts';
import { NO_ACCOUNT, type ReportBody, type ReportChart, type ReportRow } from './report.ts';
import type { ReportDefinition } from './report-definition.ts';
import { PLAIN, viewName, viewWords } from './view.ts';

/** Accounts of a group with rows of their own. */
const MOST_ACCOUNTS = 20;

/** The dashboard narrowed. */
export function dashboardOnly(only: Only): ReportDefinition {
  const view = { ...PLAIN, only };
  const definition = {
    ...dashboard,
    name: viewName(dashboard.name, view),
    title: dashboard.title + viewWords(view),
  };
  return {
    ...definition,
    compute: (ledger, period, stamp) => compute(ledger, period, stamp, definition, only),
    behind: dashboardBehind(only),
    invariants: [onlyAddsUp, onlyAgrees(only)],
  };
}

function compute(
  ledger: BookLedger,
  period: Period,
  stamp: Stamp,
  { name }: Pick<ReportDefinition, 'name'>,
  only: Only,
): ReportBody {
  const spans = spansOf(ledger, period);
  const chosen = chosenIn(ledger, spans, only);
  const rows = chosen.group
    ? groupRows(chosen, chosen.group, spans.length)
    : valueRows(ledger, chosen, spans.length);
  const { controlTotals, ...table } = tableOf(ledger, spans, chosen.stated, rows);
  const named = [chosen.name, chosen.group?.name].filter((own) => typeof own === 'string');
  return {
    ...frame(ledger, { name, title: [dashboard.title, ...named].join(', ') }, period, stamp),
    ...table,
    charts: isEmpty(chosen) ? [] : chartsOf(table.rows, spans),
    controlTotals,
    notes: [...closingNotes(ledger, period), ...notesOf(chosen)],
  };
}

/** The parts of what is shown: those of a dimension, or of a value. */
interface Parting {
  readonly path: string;
  readonly heading: string;
  /** What the figures are parted by. */
  readonly by: string;
  readonly values: readonly Value[];
}

interface Group {
  readonly path: string;
  readonly name: string;
  /** Where the book has accounts in it; none: it has no such group. */
  readonly sides: readonly Side[];
}

/** What is shown. */
interface Chosen {
  /** Of the value; null for the company. */
  readonly name: string | null;
  /** Whether the book has the value, or none is asked for. */
  readonly known: boolean;
  readonly stated: Stated;
  readonly partings: readonly Parting[];
  readonly group: Group | null;
}

/** Whether nothing moved in the months shown. */
const isEmpty = ({ stated: { expense, income } }: Chosen): boolean =>
  income.length + expense.length === 0;

const NOTHING: Stated = { income: [], expense: [] };

function chosenIn(ledger: BookLedger, spans: readonly Span[], { group, value }: Only): Chosen {
  const whole = statedOf(ledger, spans);
  if (group === null) {
    const all = (stated: Stated) => stated;
    return { ...valueIn(ledger, spans, whole, value, all), group: null };
  }
  const { of, sides } = inGroup(ledger, whole, group);
  const name = group.split(':').at(-1)!;
  return { ...valueIn(ledger, spans, whole, value, of), group: { path: group, name, sides } };
}

/** What of anything stated is a group's. */
function inGroup(ledger: BookLedger, whole: Stated, path: string) {
  const groups = groupsOf(ledger, whole);
  const sides = SIDES.filter((side) =>
    ledger.accounts.some((account) => account.type === side && groups[side].of(account) === path),
  );
  const own = (stated: Stated, side: Side) =>
    stated[side].filter(({ account }) => groups[side].of(account) === path);
  const of = (stated: Stated): Stated => ({
    income: own(stated, 'income'),
    expense: own(stated, 'expense'),
  });
  return { of, sides };
}

/** @param of what of anything stated is shown */
function valueIn(
  ledger: BookLedger,
  spans: readonly Span[],
  whole: Stated,
  path: string | null,
  of: (stated: Stated) => Stated,
): Omit<Chosen, 'group'> {
  const under = (dimension: Dimension, above: number | null) =>
    valuesUnder(ledger, dimension, above, spans).flatMap((part) =>
      sectionOf(part, of(part.stated)),
    );
  if (path === null) {
    const partings = ledger.dimensions.map((dimension): Parting => {
      const { code, name } = dimension;
      const values = divided(of(whole), under(dimension, null), roomOf(ledger), wordsOf(dimension));
      return { path: code, heading: name, by: code, values };
    });
    return { name: null, known: true, stated: of(whole), partings };
  }
  const [code, wanted] = path.split('/') as [string, string];
  const dimension = ledger.dimensions.find((own) => own.code === code);
  if (dimension && wanted === '') {
    const { name } = wordsOf(dimension).without;
    const stated = of(remainder(whole, valuesUnder(ledger, dimension, null, spans)));
    return { name, known: true, stated, partings: [] };
  }
  const value = dimension?.values.find((own) => own.code === wanted);
  if (!dimension || !value) return { name: path, known: false, stated: NOTHING, partings: [] };
  const { name } = namesOf(dimension, value);
  const stated = of(statedUnder(ledger, dimension, value.id, spans));
  const words = { other: OTHER_PARTS, without: { path: null, name: `${value.code} itself` } };
  const parts = under(dimension, value.id);
  const values = divided(stated, parts, MOST_VALUES, words);
  const partings =
    parts.length === 0 ? [] : [{ path, heading: `Parts of ${name}`, by: 'part', values }];
  return { name, known: true, stated, partings };
}

/** Income, expenses and the result of a value, its parts, and what it spent most on. */
const valueRows = (
  ledger: BookLedger,
  { partings, stated }: Chosen,
  columns: number,
): FigureRow[] => [
  ...resultRows(stated, groupsOf(ledger, stated), columns, 0),
  ...partings.flatMap((parting) =>
    partingRows(parting, stated, 'Result', (own) => resultOf(own, columns).result),
  ),
  ...(stated.expense.length === 0 ? [] : costRows(stated.expense, columns)),
];

/** The accounts of a group on their sides, and what of it is whose. */
function groupRows(
  { partings, stated }: Chosen,
  { name, sides }: Group,
  columns: number,
): FigureRow[] {
  const [only, ...more] = sides;
  if (!only) return [];
  const isMixed = more.length > 0;
  const sum = (own: Stated) =>
    isMixed ? resultOf(own, columns).result : sumColumns(own[only], columns);
  const what = isMixed ? `Result of ${name}` : name;
  return [
    ...sides.flatMap((side) =>
      accountRows(stated[side], side, isMixed ? WORDS[side].total : `Total ${name}`, columns),
    ),
    ...(isMixed
      ? [{ ...NO_ACCOUNT, kind: 'total' as const, name: 'Result', figures: sum(stated) }]
      : []),
    ...partings.flatMap((parting) => partingRows(parting, stated, what, sum)),
  ];
}

function accountRows(
  lines: readonly TreeLine[],
  side: Side,
  total: string,
  columns: number,
): FigureRow[] {
  const turnovers = lines.map((line) => ({ line, turnover: turnoverOf(line.figures) }));
  const shown = largest(turnovers, MOST_ACCOUNTS).map(({ line }) => line);
  const others = lines.filter((line) => !shown.includes(line));
  return [
    { ...NO_ACCOUNT, kind: 'heading', name: WORDS[side].heading, figures: null },
    ...shown.map(
      ({ account, figures }): FigureRow => ({
        ...{ kind: 'line', level: 1, account: account.code, path: account.path },
        ...{ name: account.name, accountId: account.id, figures },
      }),
    ),
    ...(others.length === 0 ? [] : [lineOf('Other accounts', null, sumColumns(others, columns))]),
    { ...NO_ACCOUNT, kind: 'subtotal', name: total, figures: sumColumns(lines, columns) },
  ];
}

const lineOf = (name: string, path: string | null, figures: readonly bigint[]): FigureRow => ({
  ...{ ...NO_ACCOUNT, kind: 'line', level: 1, path, name, figures },
});

/** @param sum the figure that is parted */
const partingRows = (
  { by, heading, path, values }: Parting,
  whole: Stated,
  what: string,
  sum: (stated: Stated) => readonly bigint[],
): FigureRow[] =>
  values.length === 0
    ? []
    : [
        { ...NO_ACCOUNT, kind: 'heading', path, name: heading, figures: null },
        ...values.map((value) => lineOf(value.name, value.path, sum(value.stated))),
        { ...NO_ACCOUNT, kind: 'subtotal', path, name: `${what} by ${by}`, figures: sum(whole) },
      ];

/** The sums of what is shown month by month, the result of income and expenses as a line. */
function chartsOf(rows: readonly ReportRow[], spans: readonly Span[]): ReportChart[] {
  const until = rows.findIndex(({ kind, path }) => kind === 'heading' && path !== null);
  const own = until < 0 ? rows : rows.slice(0, until);
  const ofKind = (kind: ReportRow['kind']) =>
    own.flatMap((row, at) => (row.level === 0 && row.kind === kind ? [at] : []));
  const lines = ofKind('total');
  const bars = ofKind('subtotal').filter((at) => lines.length === 0 || at < lines[0]!);
  const columns = spans.slice(1).map(({ key }) => key);
  return bars.length === 0 ? [] : [{ title: 'Month by month', columns, bars, lines }];
}

/** What the book lacks, and what is left out. */
function notesOf(chosen: Chosen): string[] {
  const { group, known, name } = chosen;
  if (!known) return [`The book has no ${name}.`];
  if (group?.sides.length === 0) return [`The book has no accounts in ${group.path}.`];
  const others = [
    ...(name === null ? [] : [`what is not of ${name}`]),
    ...(group ? [`accounts outside ${group.path}`] : []),
    'cash, receivables and payables, which are the company’s',
  ];
  return [
    ...(isEmpty(chosen) ? ['Nothing was booked for that in these months.'] : []),
    `Left out: ${others.join('; ')}.`,
  ];
}
