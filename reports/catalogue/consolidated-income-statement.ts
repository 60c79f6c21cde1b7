// The consolidated income statement: what the group earned and spent as one company, laid out as the group's own income statement
// and with its columns. Income and expenses are translated at the averages of their months (IAS 21.39(b), 21.40).
import { addMonths, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, RESULT_OF_YEAR, type Stamp } from './book-ledger.ts';
import { consolidatedColumn, resultOfGroupBehind } from './group-behind.ts';
import { resultIn } from './group-columns.ts';
import { entitiesOf } from './group-entities.ts';
import { groupNotes } from './group-notes.ts';
import { fedByGroup, stateGroupResult } from './group-rows.ts';
import { rangesOf } from './income-statement.ts';
import { figureOf, mustEqual, rowNamed } from './invariants.ts';
import type { ReportBody } from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

export const consolidatedIncomeStatement: ReportDefinition = {
  name: 'consolidated-income-statement',
  title: 'Consolidated income statement',
  question: 'Income, expenses and the result of the group as one company, beside last year.',
  paged: false,
  groups: true,
  rates: true,
  periods: EVERY_PERIOD,
  views: { compared: ['period'], zeros: true },
  fed: fedByGroup,
  compute,
  behind: {
    line(figure) {
      const { book, key, period } = figure;
      const range = rangesOf(book, period).find((own) => own.key === key);
      return range ? resultOfGroupBehind(figure, range, consolidatedColumn(book)) : null;
    },
  },
  invariants: [
    {
      name: 'consolidated-result-is-the-balance-sheets',
      sentence: 'The year to date equals the result of the year in the consolidated balance sheet.',
      against: 'consolidated-balance-sheet',
      check({ body, other }) {
        const result = figureOf(other, rowNamed(other, RESULT_OF_YEAR), 'amount');
        const found = figureOf(body, rowNamed(body, 'Result'), 'yearToDate');
        mustEqual(body, 'its year to date', found, result);
      },
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const { all } = entitiesOf(ledger);
  const ranges = rangesOf(ledger, period);
  const results = ranges.map(({ from, to }) => resultIn(all, from, addMonths(to, 1)).consolidated);
  return {
    ...frame(ledger, consolidatedIncomeStatement, period, stamp),
    ...stateGroupResult(ledger, ranges, results),
    notes: groupNotes(ledger, period),
  };
}
