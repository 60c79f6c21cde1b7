// CSV with a header row. Rows of one reference and day are an entry; without a reference, consecutive rows of one date
// and description are one each time they reach zero. A file without dates is a trial balance: one opening entry.
import { decimalText, type MinorUnits, ZERO } from '#ledger/domain/money.ts';
import { findColumns, findDimensions, missingColumns } from './csv-columns.ts';
import { CsvRowReader, type ReadRow } from './csv-row-reader.ts';
import { CsvFault, type CsvRow, csvRows, sniff } from './csv-rows.ts';
import type {
  FormatReader,
  ReadOptions,
  SourceEntry,
  SourceIssue,
  SourceItem,
  SourcePosting,
} from './source-item.ts';

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
    const { first, rest } = await headerOf(rows);
    if (!first) return;
    const columns = findColumns(first.cells);
    const dated = !columns.has('date') && options.openingDate !== undefined;
    const missing = missingColumns(columns, dated);
    if (missing !== null) {
      yield issue(first.line, 1, 'columns-missing', missing);
      return;
    }
    const reader = new CsvRowReader(
      columns,
      findDimensions(first.cells),
      style.decimalSign,
      options,
    );
    yield* dated ? trialBalance(rest, reader, options) : entries(rest, reader, options.exponent);
  } catch (fault) {
    if (!(fault instanceof CsvFault)) throw fault;
    yield issue(fault.line, 1, 'not-csv', fault.message);
  }
};

/** The first row, and the blocks of all others. */
async function headerOf(
  blocks: AsyncGenerator<CsvRow[]>,
): Promise<{ first: CsvRow | undefined; rest: AsyncIterable<readonly CsvRow[]> }> {
  for (;;) {
    const block = await blocks.next();
    if (block.done) return { first: undefined, rest: blocks };
    const [first, ...others] = block.value;
    if (!first) continue;
    async function* rest() {
      yield others;
      yield* blocks;
    }
    return { first, rest: rest() };
  }
}

/** Consecutive rows fill one draft; a draft with a reference that isn't at zero yet waits for its other rows. */
async function* entries(
  blocks: AsyncIterable<readonly CsvRow[]>,
  reader: CsvRowReader,
  exponent: number,
): AsyncGenerator<SourceItem> {
  const waiting = new Map<string, Draft>();
  const named = new Set<string>();
  let current: Draft | null = null;
  const leave = function* (draft: Draft): Generator<SourceItem> {
    if (draft.balance === 0n && draft.postings.length > 1) yield entryOf(draft);
    else if (draft.reference !== '') waiting.set(draft.key, draft);
    else yield unbalanced(draft, exponent);
  };
  for await (const rows of blocks) {
    for (const row of rows) {
      const read = reader.read(row);
      if ('type' in read) {
        yield read;
        continue;
      }
      const { date, description, reference } = read;
      if (read.party) yield* namedIn(read, named);
      const key = reference === '' ? `${date}\n\n${description}` : `${date}\n${reference}\n`;
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
  }
  if (current) yield* leave(current);
  for (const draft of waiting.values()) yield unbalanced(draft, exponent);
}

/** What a row calls its customer or supplier, once. @param named codes that were told */
function* namedIn({ party, posting }: ReadRow, named: Set<string>): Generator<SourceItem> {
  if (!party || named.has(party.code)) return;
  named.add(party.code);
  yield { type: 'party', line: posting.line, ...party, role: null };
}

const endsByItself = (draft: Draft): boolean =>
  draft.reference === '' && draft.balance === 0n && draft.postings.length > 1;

const draftOf = ({ party: _, posting, ...row }: ReadRow, key: string): Draft => ({
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
  blocks: AsyncIterable<readonly CsvRow[]>,
  reader: CsvRowReader,
  { openingDifference, exponent, openingDate }: ReadOptions,
): AsyncGenerator<SourceItem> {
  const postings: SourcePosting[] = [];
  const named = new Set<string>();
  let balance = 0n;
  for await (const rows of blocks) {
    for (const row of rows) {
      const read = reader.read(row);
      if ('type' in read) {
        yield read;
        continue;
      }
      if (read.party) yield* namedIn(read, named);
      if (read.posting.amount !== ZERO) {
        postings.push(read.posting);
        balance += read.posting.amount;
      }
    }
  }
  const line = postings[0]?.line ?? 2;
  if (balance !== 0n && openingDifference === undefined) {
    const message = `The trial balance doesn’t balance: debits exceed credits by ${decimalText(balance, exponent)}. Correct it, or name the account that takes the difference.`;
    yield issue(line, 1, 'out-of-balance', message);
    return;
  }
  if (balance !== 0n) {
    postings.push({
      line,
      account: openingDifference!,
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
