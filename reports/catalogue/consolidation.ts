// The consolidation work sheet: every account at the period's end, and what was earned since the year began, with the group's
// own entries, each member and the eliminations side by side. In every column debits equal credits; in every row the columns
// add up to what is consolidated.
import { addMonths, type Month, type Period } from '#ledger/domain/calendar.ts';
import { mustBalance } from './balance-sheet.ts';
import {
  type BookLedger,
  frame,
  lastMonth,
  RESULT_OF_YEAR,
  type Stamp,
  yearStart,
} from './book-ledger.ts';
import { addResults, addSheets, resultIn, sheetAt } from './group-columns.ts';
import { entitiesOf } from './group-entities.ts';
import { groupNotes } from './group-notes.ts';
import { fedByGroup, stateGroupResult, stateGroupSheet } from './group-rows.ts';
import { figureOf, mustEqual, rowNamed } from './invariants.ts';
import { lineCount, type ReportBody, type ReportColumn } from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

/** So many columns of members there is room for; the others stand in one. */
const MOST_MEMBERS = 6;
const CONSOLIDATED = 'consolidated';

export const consolidation: ReportDefinition = {
  name: 'consolidation',
  title: 'Consolidation',
  question: 'Own entries, members and eliminations side by side, and what they come to.',
  paged: false,
  groups: true,
  rates: true,
  periods: EVERY_PERIOD,
  views: { compared: [CONSOLIDATED], zeros: true },
  fed: fedByGroup,
  compute,
  invariants: [
    {
      name: 'consolidation-balances',
      sentence: 'In every column of the work sheet assets equal liabilities and equity.',
      check: ({ body }) => mustBalance(body),
    },
    {
      name: 'consolidation-adds-up',
      sentence:
        'In every row own entries, members and eliminations add up to what is consolidated.',
      check({ body }) {
        const parts = body.columns.filter(({ key }) => key !== CONSOLIDATED);
        for (const row of body.rows.filter(({ kind }) => kind !== 'heading')) {
          const sum = parts.reduce((all, { key }) => all + figureOf(body, row, key), 0n);
          mustEqual(body, `the columns of ${row.name}`, sum, figureOf(body, row, CONSOLIDATED));
        }
      },
    },
    {
      name: 'consolidation-result-is-its-own',
      sentence: 'In every column of the work sheet the result is the result of the year in equity.',
      check({ body }) {
        const [inEquity, result] = [rowNamed(body, RESULT_OF_YEAR), rowNamed(body, 'Result')];
        for (const { key, label } of body.columns) {
          const figure = `the result of ${label}`;
          mustEqual(body, figure, figureOf(body, result, key), figureOf(body, inEquity, key));
        }
      },
    },
    {
      name: 'own-entries-are-the-balance-sheet',
      sentence: 'The group’s own entries in the work sheet come to its balance sheet.',
      against: 'balance-sheet',
      check({ body, other: sheet }) {
        const total = (of: ReportBody, key: string) =>
          figureOf(of, rowNamed(of, 'Total assets'), key);
        mustEqual(body, 'its own entries', total(body, 'own'), total(sheet, 'amount'));
      },
    },
  ],
};

/** What is consolidated of a row in the work sheet, in minor units. */
export const consolidatedFigure = (body: ReportBody, row: string): bigint =>
  figureOf(body, rowNamed(body, row), CONSOLIDATED);

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const { all } = entitiesOf(ledger);
  const month = lastMonth(period);
  const sheet = sheetAt(ledger, all, month);
  const result = resultIn(all, yearStart(ledger.facts, month), addMonths(month, 1));
  const columns = columnsOf(ledger);
  const sheets = [...inRoom(sheet.entities, addSheets), sheet.eliminations, sheet.consolidated];
  const results = [
    ...inRoom(result.entities, addResults),
    result.eliminations,
    result.consolidated,
  ];
  const balance = stateGroupSheet(ledger, columns, sheets, columns.length - 1);
  const rows = [...balance.rows, ...stateGroupResult(ledger, columns, results).rows];
  return {
    ...frame(ledger, consolidation, period, stamp),
    columns,
    rows,
    controlTotals: { ...balance.controlTotals, rows: lineCount(rows) },
    notes: [yearNote(ledger, month), ...groupNotes(ledger, period)],
  };
}

const yearNote = ({ facts }: BookLedger, month: Month): string =>
  `Income and expenses are those of the fiscal year since ${yearStart(facts, month)}.`;

function columnsOf(ledger: BookLedger): ReportColumn[] {
  const { all } = entitiesOf(ledger);
  const shown = all.length > MOST_MEMBERS + 1 ? all.slice(0, MOST_MEMBERS) : all;
  const others = all.length > shown.length ? [{ key: 'others', label: 'Other members' }] : [];
  return [
    ...shown.map(({ key, label }) => ({ key, label })),
    ...others,
    { key: 'eliminations', label: 'Eliminations' },
    { key: CONSOLIDATED, label: 'Consolidated' },
  ].map((own) => ({ ...own, kind: 'amount' }));
}

/** The columns that there is room for; those of the last members in one. */
const inRoom = <Column>(
  entities: readonly Column[],
  sum: (columns: readonly Column[]) => Column,
): readonly Column[] =>
  entities.length > MOST_MEMBERS + 1
    ? [...entities.slice(0, MOST_MEMBERS), sum(entities.slice(MOST_MEMBERS))]
    : entities;
