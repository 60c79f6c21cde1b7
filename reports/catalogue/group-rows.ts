// Rows of the consolidated documents: the group's layouts over its accounts and those opened for members, with the lines that no
// account stands behind.
import { monthOf } from '#ledger/domain/calendar.ts';
import { resultLines, stateBalance } from './balance-sheet.ts';
import type { BookLedger } from './book-ledger.ts';
import type { ResultColumn, SheetColumn } from './group-columns.ts';
import { entitiesOf } from './group-entities.ts';
import { groupPosition } from './group-members.ts';
import { stateIncome } from './income-statement.ts';
import type { ReportBody, ReportColumn } from './report.ts';
import type { ReportDefinition } from './report-definition.ts';

export const TRANSLATION_RESERVE = 'Translation reserve';
export const INTERCOMPANY_DIFFERENCE = 'Intercompany difference';

/** Fed by what members moved until the period's end, and by what the group's own entries did. */
export const fedByGroup: ReportDefinition['fed'] = ({ group, table }, { to }) =>
  Math.max(table.positionBetween(null, monthOf(to)), groupPosition(group, monthOf(to)));

/** Minor units; the sums of equity and liabilities are above zero as credits. */
const credits = (
  columns: readonly SheetColumn[],
  amount: (column: SheetColumn) => bigint,
): bigint[] => columns.map((column) => -amount(column));

/** Balance sheet rows of columns that are worked out for a group. @param control place of the one that control totals are of */
export function stateGroupSheet(
  ledger: BookLedger,
  columns: readonly ReportColumn[],
  sheets: readonly SheetColumn[],
  control: number,
): Pick<ReportBody, 'rows' | 'controlTotals'> {
  const rows = { ...ledger, accounts: entitiesOf(ledger).rows };
  const results = resultLines(
    credits(sheets, ({ earlierResult }) => earlierResult),
    credits(sheets, ({ result }) => result),
  );
  const of = (name: string, amount: (column: SheetColumn) => bigint) => ({
    ...{ name, figures: credits(sheets, amount) },
  });
  return stateBalance(
    rows,
    {
      columns,
      of: ({ id }) => sheets.map(({ standing }) => standing.get(id) ?? 0n),
      ends: {
        Liabilities: [of(INTERCOMPANY_DIFFERENCE, ({ difference }) => difference)],
        Equity: [of(TRANSLATION_RESERVE, ({ reserve }) => reserve), ...results],
      },
    },
    control,
  );
}

/** Income statement rows of columns that are worked out for a group. */
export function stateGroupResult(
  ledger: BookLedger,
  columns: readonly Pick<ReportColumn, 'key' | 'label'>[],
  results: readonly ResultColumn[],
) {
  const stated = columns.map(({ key, label }, at) => ({
    ...{ key, label },
    net: ({ id }: { readonly id: number }) => results[at]!.moved.get(id) ?? 0n,
  }));
  const figures = results.map(({ difference }) => -difference);
  const shown = figures.some((own) => own !== 0n);
  const rows = { ...ledger, accounts: entitiesOf(ledger).rows };
  const line = shown ? { name: INTERCOMPANY_DIFFERENCE, figures } : null;
  return stateIncome(rows, stated, undefined, line);
}
