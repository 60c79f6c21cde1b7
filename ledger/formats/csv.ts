// CSV with a header row. Rows of one reference and day are an entry; without a reference, consecutive rows of one date
// and description are one each time they reach zero. A file without dates is a trial balance: one opening entry.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { ENTRY_KINDS, type EntryKind } from '#ledger/domain/journal-entry.ts';
import { decimalText, type MinorUnits, ZERO } from '#ledger/domain/money.ts';
import { type DecimalSign, readFigure } from '#ledger/domain/read-figure.ts';
import { type CsvField, findColumns, missingColumns } from './csv-columns.ts';
import { CsvFault, type CsvRow, csvRows, sniff } from './csv-rows.ts';
import { readDate } from './read-date.ts';
import type {
  FormatReader,
  ReadOptions,
  SourceEntry,
  SourceIssue,
  SourceItem,
  SourcePosting,
} from './source-item.ts';

interface ReadRow {
  readonly date: CalendarDate;
  readonly kind: EntryKind;
  readonly reference: string;
  readonly description: string;
  readonly posting: SourcePosting;
}

/** An entry in the making. */
interface Draft extends Omit<SourceEntry, 'postings' | 'type'> {
  readonly key: string;
  readonly postings: SourcePosting[];
  balance: bigint;
}

const issue = (line: number, column: number, code: string, message: string): SourceIssue => ({
  type: 'issue',
  line,
  column,
  code,
  message,
});

export const readCsv: FormatReader = async function* (text, options) {
  const { style, text: whole } = await sniff(text);
  const rows = csvRows(whole, style.delimiter);
  try {
    const header = await rows.next();
    if (header.done) return;
    const columns = findColumns(header.value.cells);
    const dated = !columns.has('date') && options.openingDate !== undefined;
    const missing = missingColumns(columns, dated);
    if (missing !== null) {
      yield issue(header.value.line, 1, 'columns-missing', missing);
      return;
    }
    const reader = new RowReader(columns, style.decimalSign, options);
    yield* dated ? trialBalance(rows, reader, options) : entries(rows, reader, options.exponent);
  } catch (fault) {
    if (!(fault instanceof CsvFault)) throw fault;
    yield issue(fault.line, 1, 'not-csv', fault.message);
  }
};

/** Consecutive rows fill one draft; a draft with a reference that isn't at zero yet waits for its other rows. */
async function* entries(
  rows: AsyncIterable<CsvRow>,
  reader: RowReader,
  exponent: number,
): AsyncGenerator<SourceItem> {
  const waiting = new Map<string, Draft>();
  let current: Draft | null = null;
  const leave = function* (draft: Draft): Generator<SourceItem> {
    if (draft.balance === 0n && draft.postings.length > 1) yield entryOf(draft);
    else if (draft.reference !== '') waiting.set(draft.key, draft);
    else yield unbalanced(draft, exponent);
  };
  for await (const row of rows) {
    const read = reader.read(row);
    if ('type' in read) {
      yield read;
      continue;
    }
    const key = [read.date, read.reference, read.reference ? '' : read.description].join('\n');
    if (current && (current.key !== key || endsByItself(current))) {
      yield* leave(current);
      current = null;
    }
    if (!current) {
      current = waiting.get(key) ?? draftOf(read, key);
      waiting.delete(key);
    }
    current.postings.push(read.posting);
    current.balance += read.posting.amount;
  }
  if (current) yield* leave(current);
  for (const draft of waiting.values()) yield unbalanced(draft, exponent);
}

const endsByItself = (draft: Draft): boolean =>
  draft.reference === '' && draft.balance === 0n && draft.postings.length > 1;

const draftOf = ({ posting, ...row }: ReadRow, key: string): Draft => ({
  ...row,
  key,
  line: posting.line,
  postings: [],
  balance: 0n,
});

const entryOf = ({ key: _, balance: __, ...draft }: Draft): SourceEntry => ({
  type: 'entry',
  ...draft,
});

function unbalanced(draft: Draft, exponent: number): SourceIssue {
  const what = draft.reference === '' ? 'The entry' : `Entry ${draft.reference}`;
  const message =
    draft.balance === 0n
      ? `${what} has one row only; an entry needs two or more.`
      : `${what} of ${draft.date} doesn’t balance: its rows add up to ${decimalText(draft.balance, exponent)} instead of zero.`;
  return issue(draft.line, 1, 'out-of-balance', message);
}

/** All rows are one opening entry; what is missing to zero goes to the account named, if one is. */
async function* trialBalance(
  rows: AsyncIterable<CsvRow>,
  reader: RowReader,
  { differenceTo, exponent, openingDate }: ReadOptions,
): AsyncGenerator<SourceItem> {
  const postings: SourcePosting[] = [];
  let balance = 0n;
  for await (const row of rows) {
    const read = reader.read(row);
    if ('type' in read) {
      yield read;
    } else if (read.posting.amount !== ZERO) {
      postings.push(read.posting);
      balance += read.posting.amount;
    }
  }
  const line = postings[0]?.line ?? 2;
  if (balance !== 0n && differenceTo === undefined) {
    const message = `The trial balance doesn’t balance: debits exceed credits by ${decimalText(balance, exponent)}. Correct it, or name the account that takes the difference.`;
    yield issue(line, 1, 'out-of-balance', message);
    return;
  }
  if (balance !== 0n) {
    postings.push({
      line,
      account: differenceTo!,
      amount: -balance as MinorUnits,
      memo: 'Difference of the opening balances',
    });
  }
  yield {
    type: 'entry',
    line,
    date: openingDate!,
    kind: 'opening',
    reference: '',
    description: 'Opening balances',
    postings,
  };
}

/** Reads the cells of one row. */
class RowReader {
  private readonly columns: Map<CsvField, number>;
  private readonly sign: DecimalSign;
  private readonly options: ReadOptions;

  constructor(columns: Map<CsvField, number>, sign: DecimalSign, options: ReadOptions) {
    this.columns = columns;
    this.sign = sign;
    this.options = options;
  }

  read(row: CsvRow): ReadRow | SourceIssue {
    const cell = (field: CsvField) => (row.cells[this.columns.get(field) ?? -1] ?? '').trim();
    const column = (field: CsvField) => (this.columns.get(field) ?? 0) + 1;
    const wrong = (field: CsvField, code: string, message: string) =>
      issue(row.line, column(field), code, message);
    const date = this.columns.has('date')
      ? readDate(cell('date'), this.options.locale)
      : this.options.openingDate;
    if (!date) {
      return wrong('date', 'date-malformed', `“${cell('date')}” is not a date such as 2026-03-31.`);
    }
    const kind = (cell('kind') || 'ordinary') as EntryKind;
    if (!ENTRY_KINDS.includes(kind) || kind === 'reversal') {
      return wrong(
        'kind',
        'kind-unknown',
        `“${kind}” is not ordinary, opening, adjusting or closing.`,
      );
    }
    if (cell('account') === '')
      return wrong('account', 'account-missing', 'The row names no account.');
    const amount = this.amount(cell);
    if (typeof amount !== 'bigint') return wrong(amount.field, amount.code, amount.message);
    const posting = { line: row.line, account: cell('account'), amount, memo: cell('memo') };
    const description = cell('description') || cell('reference') || 'Imported entry';
    return { date, kind, reference: cell('reference'), description, posting };
  }

  /** Debit minus credit, or the signed amount. */
  private amount(
    cell: (field: CsvField) => string,
  ): MinorUnits | { field: CsvField; code: string; message: string } {
    const fields: readonly CsvField[] = this.columns.has('debit')
      ? ['debit', 'credit']
      : ['amount'];
    let total = 0n;
    if (fields.every((field) => cell(field) === '')) {
      return { field: fields[0]!, code: 'amount-missing', message: 'The row has no amount.' };
    }
    for (const field of fields) {
      if (cell(field) === '') continue;
      const amount = readFigure(cell(field), this.options.exponent, this.sign);
      if (typeof amount !== 'bigint') {
        const why = {
          'not-a-number': 'is not an amount',
          'too-many-decimals': `has more than ${this.options.exponent} decimals`,
          'too-large': 'has more than 18 digits',
        }[amount];
        return { field, code: `amount-${amount}`, message: `“${cell(field)}” ${why}.` };
      }
      total += field === 'credit' ? -amount : amount;
    }
    return total as MinorUnits;
  }
}
