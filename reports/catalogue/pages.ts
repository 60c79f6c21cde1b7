// Cutting long reports into pages of at most 500 rows. A page also ends before an entry whose number is divisible by
// 256: cuts then follow the content, and an entry slipped in between rewrites its own page, not all pages after it.
import type { Account, AccountId } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type ReportRow, SCHEMA_VERSION } from './report.ts';
import { type Sealed, seal } from './seal.ts';

/** One posting with what its entry says. */
export interface PostingLine {
  readonly account: AccountId;
  readonly date: string;
  /** The entry's number. */
  readonly entry: number;
  readonly side: 'debit' | 'credit';
  readonly amount: bigint;
  readonly memo: string;
  readonly reference: string;
  readonly description: string;
}

/** A page as headers refer to it, before its opening balance is known. */
export interface PageStub {
  readonly digest: string;
  readonly rows: number;
  readonly lines: number;
  readonly month: Month;
  readonly accountId: AccountId | null;
  readonly debit: bigint;
  readonly credit: bigint;
}

export interface CutPages {
  readonly stubs: readonly PageStub[];
  readonly bodies: readonly Sealed[];
}

interface Source {
  readonly book: number;
  readonly exponent: number;
  readonly month: Month;
}

const MOST_ROWS = 500;
const CUT_EVERY = 256;

/** The ledger pages of one account and month. @param postings by date, entry and line. */
export function ledgerPages(
  source: Source,
  account: AccountId,
  postings: readonly PostingLine[],
): CutPages {
  const pages: PostingLine[][] = [];
  for (const [at, posting] of postings.entries()) {
    const page = pages.at(-1);
    const startsEntry = postings[at - 1]?.entry !== posting.entry;
    if (!page || page.length >= MOST_ROWS || (startsEntry && posting.entry % CUT_EVERY === 0)) {
      pages.push([posting]);
    } else page.push(posting);
  }
  return sealPages(
    source,
    account,
    pages.map((page) => ({
      rows: page.map((posting) => ledgerRow(source, posting)),
      postings: page,
    })),
  );
}

/** The journal pages of a month: each entry a heading and its lines. @param postings by date, entry and line. */
export function journalPages(
  source: Source,
  accounts: ReadonlyMap<AccountId, Account>,
  postings: readonly PostingLine[],
): CutPages {
  const pages: RawPage[] = [];
  for (const [at, posting] of postings.entries()) {
    const startsEntry = postings[at - 1]?.entry !== posting.entry;
    const page = pages.at(-1);
    const room = page ? MOST_ROWS - page.rows.length : 0;
    if (room < (startsEntry ? 2 : 1) || (startsEntry && posting.entry % CUT_EVERY === 0)) {
      pages.push({ rows: [], postings: [] });
    }
    const { rows, postings: own } = pages.at(-1)!;
    if (startsEntry) rows.push(entryHeading(posting));
    rows.push(journalRow(source, accounts.get(posting.account), posting));
    own.push(posting);
  }
  return sealPages(source, null, pages);
}

interface RawPage {
  readonly rows: ReportRow[];
  readonly postings: PostingLine[];
}

function sealPages(
  source: Source,
  accountId: AccountId | null,
  pages: readonly RawPage[],
): CutPages {
  const sealed = pages.map(({ rows }) =>
    seal({ schemaVersion: SCHEMA_VERSION, book: source.book, rows }),
  );
  const stubs = pages.map(({ rows, postings }, at) => ({
    digest: sealed[at]!.digest,
    rows: rows.length,
    lines: postings.length,
    month: source.month,
    accountId,
    debit: total(postings, 'debit'),
    credit: total(postings, 'credit'),
  }));
  return { stubs, bodies: sealed };
}

const total = (postings: readonly PostingLine[], side: PostingLine['side']): bigint =>
  postings.reduce((sum, posting) => (posting.side === side ? sum + posting.amount : sum), 0n);

/** The texts among these that aren't empty. */
const filled = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));

const ledgerRow = ({ exponent }: Source, posting: PostingLine): ReportRow => ({
  kind: 'line',
  level: 1,
  account: null,
  path: null,
  name: posting.description,
  values: filled({
    date: posting.date,
    entry: posting.entry.toString(),
    reference: posting.reference,
    memo: posting.memo,
    [posting.side]: decimalText(posting.amount, exponent),
  }),
  entry: posting.entry,
});

const entryHeading = (posting: PostingLine): ReportRow => ({
  kind: 'heading',
  level: 0,
  account: null,
  path: null,
  name: posting.description,
  values: filled({
    date: posting.date,
    entry: posting.entry.toString(),
    reference: posting.reference,
  }),
  entry: posting.entry,
});

function journalRow(
  { exponent }: Source,
  account: Account | undefined,
  posting: PostingLine,
): ReportRow {
  if (!account)
    throw new Error(`entry ${posting.entry} has a line on unknown account ${posting.account}`);
  return {
    kind: 'line',
    level: 1,
    account: account.code,
    path: account.path,
    name: account.name,
    values: filled({ memo: posting.memo, [posting.side]: decimalText(posting.amount, exponent) }),
    accountId: account.id,
    entry: posting.entry,
  };
}
