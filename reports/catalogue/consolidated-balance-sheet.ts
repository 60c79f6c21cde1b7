// The consolidated balance sheet: the group as one company at a period's end, laid out as the group's own balance sheet, with the
// same ends of earlier periods beside it. What translation left is a part of equity (IAS 21.41).
import type { Period } from '#ledger/domain/calendar.ts';
import { type AsAt, dateColumns, datesOf, mustBalance } from './balance-sheet.ts';
import { type BookLedger, frame, type Stamp } from './book-ledger.ts';
import { consolidatedFigure } from './consolidation.ts';
import { consolidatedColumn, sheetBehind } from './group-behind.ts';
import { sheetAt } from './group-columns.ts';
import { entitiesOf } from './group-entities.ts';
import { groupNotes } from './group-notes.ts';
import { fedByGroup, stateGroupSheet } from './group-rows.ts';
import { figureOf, mustEqual, rowNamed } from './invariants.ts';
import type { ReportBody } from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

export const consolidatedBalanceSheet: ReportDefinition = {
  name: 'consolidated-balance-sheet',
  title: 'Consolidated balance sheet',
  question: 'What the group owns and owes as one company at the end of the period.',
  paged: false,
  groups: true,
  rates: true,
  periods: EVERY_PERIOD,
  views: { compared: ['amount'], zeros: true },
  fed: fedByGroup,
  compute,
  behind: {
    line(figure) {
      const { book, key, period } = figure;
      const date = datesOf(book, period).find((own) => own.key === key);
      return date ? sheetBehind(figure, date.month, consolidatedColumn(book)) : null;
    },
  },
  invariants: [
    {
      name: 'consolidated-balance-sheet-balances',
      sentence: 'Assets of the group equal liabilities and equity, at every date that it shows.',
      check: ({ body }) => mustBalance(body),
    },
    {
      name: 'consolidated-balance-sheet-is-the-work-sheet',
      sentence: 'Assets and equity of the group are what the work sheet consolidates.',
      against: 'consolidation',
      check({ body, other }) {
        for (const name of ['Total assets', 'Total liabilities and equity']) {
          const found = figureOf(body, rowNamed(body, name), 'amount');
          mustEqual(body, name, found, consolidatedFigure(other, name));
        }
      },
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const { all } = entitiesOf(ledger);
  const dates = datesOf(ledger, period);
  const sheets = dates.map(({ month }: AsAt) => sheetAt(ledger, all, month).consolidated);
  const columns = dateColumns(dates);
  return {
    ...frame(ledger, consolidatedBalanceSheet, period, stamp),
    columns,
    ...stateGroupSheet(ledger, columns, sheets, 0),
    notes: groupNotes(ledger, period),
  };
}
