// A budget from a CSV file: a column `account` with its code, a column `dimension:` and its code for each dimension, and
// either a column per month (`2026-01`) or the columns `month` and `amount`. Cells without a figure plan nothing.
import { parseMonth } from '#ledger/domain/budget.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type DecimalSign, readFigure } from '#ledger/domain/read-figure.ts';
import { findDimensions } from './csv-columns.ts';
import { CsvFault, type CsvRow, csvRows, sniff } from './csv-rows.ts';

/** As the command that sets a budget takes it. */
export interface ReadBudgetAmount {
  readonly account: string;
  /** Codes of values by codes of dimensions. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly month: string;
  /** Plain decimal. */
  readonly amount: string;
}

/** @returns the amounts, or what is wrong with which line. @param exponent decimals of the base currency */
export async function readBudgetCsv(
  text: string,
  exponent: number,
): Promise<{ amounts: ReadBudgetAmount[] } | { problem: string }> {
  const { style, text: chunks } = await sniff(once(text));
  let columns: Columns | null = null;
  const amounts: ReadBudgetAmount[] = [];
  try {
    for await (const rows of csvRows(chunks, style.delimiter)) {
      for (const row of rows) {
        if (!columns) {
          columns = columnsOf(row.cells);
          if (!columns) return { problem: NO_COLUMNS };
          continue;
        }
        const read = amountsOf(row, columns, exponent, style.decimalSign);
        if ('problem' in read) return { problem: `Line ${row.line}: ${read.problem}` };
        amounts.push(...read.amounts);
      }
    }
  } catch (fault) {
    if (!(fault instanceof CsvFault)) throw fault;
    return { problem: `Line ${fault.line}: ${fault.message}` };
  }
  return amounts.length === 0 ? { problem: 'The file has no amount.' } : { amounts };
}

const NO_COLUMNS =
  'The header row needs a column account and a column per month (2026-01), or the columns account, month and amount.';

interface Columns {
  readonly account: number;
  readonly dimensions: ReadonlyMap<string, number>;
  /** A column per month, or where the month and the amount stand. */
  readonly months: readonly { readonly month: string; readonly at: number }[] | null;
  readonly month: number;
  readonly amount: number;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function columnsOf(header: readonly string[]): Columns | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const [account, month, amount] = ['account', 'month', 'amount'].map((name) =>
    names.indexOf(name),
  ) as [number, number, number];
  const months = names.flatMap((name, at) => (parseMonth(name) ? [{ month: name, at }] : []));
  const listed = month >= 0 && amount >= 0;
  if (account < 0 || (months.length === 0 && !listed)) return null;
  const dimensions = findDimensions(header);
  return { account, month, amount, dimensions, months: months.length > 0 ? months : null };
}

function amountsOf(
  { cells }: CsvRow,
  { account, amount, dimensions, month, months }: Columns,
  exponent: number,
  sign: DecimalSign,
): { amounts: ReadBudgetAmount[] } | { problem: string } {
  const cell = (at: number) => (cells[at] ?? '').trim();
  const named = [...dimensions].map(([code, at]) => [code, cell(at)] as const);
  const of = {
    account: cell(account),
    dimensions: Object.fromEntries(named.filter(([, value]) => value !== '')),
  };
  const amounts: ReadBudgetAmount[] = [];
  for (const own of months ?? [{ month: cell(month), at: amount }]) {
    const figure = cell(own.at);
    if (figure === '') continue;
    const read = readFigure(figure, exponent, sign);
    if (typeof read !== 'bigint') {
      const reason =
        read === 'too-many-decimals' ? `has more than ${exponent} decimals` : 'is no amount';
      return { problem: `${figure} ${reason}.` };
    }
    amounts.push({ ...of, month: own.month, amount: decimalText(read, exponent) });
  }
  return { amounts };
}
