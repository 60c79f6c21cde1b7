// Beancount files: open, close, pad, balance, price, transactions. What isn't understood is an issue with its line.
import type { AccountType } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import { readIsoLikeDate } from '#ledger/domain/read-date.ts';
import {
  type BeancountPosting,
  joinedLines,
  readAsserted,
  readBeancountHeader,
  readBeancountPosting,
  splitBeancountComment,
  unescaped,
} from './beancount-line.ts';
import { completeEntry } from './complete-entry.ts';
import { type AmountStyle, readJournalAmount, unitOf } from './journal-amount.ts';
import { isWrittenKind, LONGEST_DESCRIPTION, LONGEST_REFERENCE } from './own-text.ts';
import type {
  FormatReader,
  ReadOptions,
  SourceAccount,
  SourceItem,
  SourcePosting,
} from './source-item.ts';
import { type TextLine, textLines } from './text-lines.ts';

interface Draft {
  readonly line: number;
  readonly date: CalendarDate;
  reference: string;
  readonly description: string;
  readonly comments: string[];
  kind: EntryKind;
  /** Whether metadata says when Daybook recorded it: then its numbers are Daybook's too. */
  told: boolean;
  readonly postings: (BeancountPosting & { line: number })[];
  broken: boolean;
}

const ROOTS: Readonly<Record<string, AccountType>> = {
  Assets: 'asset',
  Liabilities: 'liability',
  Equity: 'equity',
  Income: 'income',
  Expenses: 'expense',
};

/** Dated directives that say nothing about one currency's ledger. */
const SAYS_NOTHING = ['note', 'document', 'event', 'commodity', 'query', 'custom'];
const DATED = /^(\d{4}[-/]\d{1,2}[-/]\d{1,2})\s+(\S+)\s*(.*)$/s;
const METADATA = /^[a-z][\w-]*:(\s|$)/;

const issue = (line: number, code: string, message: string): SourceItem => ({
  type: 'issue',
  line,
  column: 1,
  code,
  message,
});
const note = (line: number, message: string): SourceItem => ({ type: 'note', line, message });

/** The text of a line of metadata of this name; null for any other line. */
function readOwn(name: string, text: string): string | null {
  const [, own, said = ''] = /^([a-z]+):\s*"((?:[^"\\]|\\.)*)"\s*$/s.exec(text) ?? [];
  return own === name ? unescaped(said) : null;
}

/** What an entry was in the book that it comes from: here it gets a number and a time anew. */
const ORIGIN = /^(number|reverses): \d+$/;
const RECORDED = /^recorded: "\d{4}-\d\d-\d\dT[\d:.]+Z"$/;

/** Metadata and comments become memos, those that Daybook writes what they were. */
function metadata(draft: Draft, text: string): void {
  const posting = draft.postings.at(-1);
  if (posting) {
    const own = readOwn('memo', text);
    const said = [posting.memo, own ?? text.replace(/^;\s*/, '')].filter(Boolean).join(' · ');
    const memo = own === null ? said.slice(0, 500) : said;
    draft.postings[draft.postings.length - 1] = { ...posting, memo };
    return;
  }
  const kind = readOwn('kind', text);
  const reference = readOwn('reference', text);
  if (kind !== null && isWrittenKind(kind)) draft.kind = kind;
  else if (reference !== null) draft.reference = reference;
  else if (RECORDED.test(text)) draft.told = true;
  else draft.comments.push(text.replace(/^;\s*/, ''));
}

export const readBeancount: FormatReader = async function* (text, options) {
  const file = new BeancountFile(options);
  for await (const line of joinedLines(textLines(text))) yield* file.read(line);
  yield* file.end();
};

class BeancountFile {
  private readonly style: AmountStyle;
  private draft: Draft | null = null;
  /** The account whose `open` is being read. */
  private opened: SourceAccount | null = null;
  /** Own names of accounts that the file calls otherwise. */
  private readonly paths = new Map<string, string>();

  constructor({ currency, exponent }: ReadOptions) {
    this.style = { currency, exponent, decimalSign: '.', strict: false, unitsLast: true };
  }

  *read({ number, text }: TextLine): Generator<SourceItem> {
    const { body } = splitBeancountComment(text);
    if (text.trim() === '') {
      yield* this.end();
    } else if (/^\s/.test(text)) {
      yield* this.indented(number, text.trim());
    } else {
      yield* this.end();
      if (/^\d/.test(body)) yield* this.dated(number, body);
      else if (body !== '' && !/^[*#:!&?%]/.test(body)) yield* this.undated(number, body);
    }
  }

  /** Leaves the transaction that is being read. */
  *end(): Generator<SourceItem> {
    const draft = this.draft;
    this.draft = null;
    if (this.opened) yield this.opened;
    this.opened = null;
    if (!draft || draft.broken) return;
    const { currency, exponent } = this.style;
    const completed = completeEntry(draft.postings, { currency, exponent, infer: false });
    if ('code' in completed) {
      yield issue(draft.line, completed.code, completed.message);
      return;
    }
    const postings: SourcePosting[] = completed.map(({ nth: _, ...posting }) => posting);
    const comments = draft.comments.filter((text) => !draft.told || !ORIGIN.test(text));
    if (comments.length > 0) {
      const memo = [...comments, postings[0]!.memo].filter(Boolean).join(' · ');
      postings[0] = { ...postings[0]!, memo: memo.slice(0, 500) };
    }
    const { line, date, kind, reference, told } = draft;
    const said = draft.description || reference || 'Imported entry';
    const description = told ? said : said.slice(0, LONGEST_DESCRIPTION);
    yield { type: 'entry', line, date, kind, reference, description, postings };
  }

  private *indented(line: number, text: string): Generator<SourceItem> {
    const draft = this.draft;
    if (!draft && this.opened) this.opened = this.accountMetadata(this.opened, text);
    if (!draft || draft.broken) return;
    if (METADATA.test(text) || text.startsWith(';')) {
      metadata(draft, text);
      return;
    }
    if (/^[#^]/.test(text)) {
      draft.comments.push(text);
      return;
    }
    const posting = readBeancountPosting(text, this.style);
    if ('code' in posting) {
      draft.broken = true;
      yield issue(line, posting.code, posting.message);
    } else draft.postings.push({ ...posting, account: this.own(posting.account), line });
  }

  /** What Daybook calls an account, beside the name that Beancount allows. */
  private accountMetadata(opened: SourceAccount, text: string): SourceAccount {
    const code = readOwn('code', text);
    const name = readOwn('name', text);
    const path = readOwn('path', text);
    if (path !== null) this.paths.set(opened.path, path);
    return {
      ...opened,
      ...(code !== null && { code }),
      ...(name !== null && { name }),
      ...(path !== null && { path }),
    };
  }

  private own(account: string): string {
    return this.paths.get(account) ?? account;
  }

  private *dated(line: number, text: string): Generator<SourceItem> {
    const [, day = '', word = '', rest = ''] = DATED.exec(text) ?? [];
    const date = readIsoLikeDate(day);
    if (date === null) {
      yield issue(line, 'date-malformed', `“${text.slice(0, 20)}” has no date such as 2026-03-31.`);
    } else if (/^([*!&#?%PSTCURM]|txn)$/.test(word)) yield* this.transaction(line, date, rest);
    else if (word === 'open') {
      const path = rest.split(/\s/)[0]!;
      const accountType = ROOTS[path.split(':')[0]!];
      this.opened = { type: 'account', line, path, ...(accountType && { accountType }) };
    } else if (word === 'close') yield note(line, 'Accounts that the file closes stay open here.');
    else if (word === 'pad') {
      const [account = '', source = ''] = rest.split(/\s+/);
      yield { type: 'pad', line, date, account: this.own(account), source: this.own(source) };
    } else if (word === 'balance') yield* this.balance(line, date, rest);
    else if (word === 'price') yield* this.price(line, date, rest);
    else if (!SAYS_NOTHING.includes(word)) {
      yield issue(line, 'not-understood', `“${word}” is not understood.`);
    }
  }

  private *transaction(line: number, date: CalendarDate, rest: string): Generator<SourceItem> {
    const header = readBeancountHeader(rest);
    if (header === null) {
      yield issue(line, 'not-understood', 'The transaction’s first line is not understood.');
    }
    const { description = '', reference = '', tags = [] } = header ?? {};
    this.draft = {
      line,
      date,
      description,
      reference: reference.slice(0, LONGEST_REFERENCE),
      comments: [...tags],
      kind: 'ordinary',
      told: false,
      postings: [],
      broken: header === null,
    };
  }

  private *balance(line: number, date: CalendarDate, rest: string): Generator<SourceItem> {
    const [account = '', ...words] = rest.split(/\s+/);
    const asserted = readAsserted(words.join(' '), this.style);
    if ('code' in asserted) {
      yield issue(line, asserted.code, asserted.message);
      return;
    }
    yield {
      type: 'assertion',
      line,
      account: this.own(account),
      ...asserted,
      alone: false,
      withSubAccounts: true,
      date,
      after: 'day-start',
      posting: 0,
    };
  }

  private *price(line: number, date: CalendarDate, rest: string): Generator<SourceItem> {
    const [commodity = '', ...words] = rest.split(/\s+/);
    const unit = unitOf(commodity, this.style.currency);
    const read = readJournalAmount(words.join(' '), { ...this.style, exponent: 18 });
    if ('code' in read) yield issue(line, read.code, read.message);
    else if (unit === null || read.quantity.digits <= 0n) {
      yield issue(line, 'not-understood', `“price ${rest.slice(0, 60)}” is not a price.`);
    } else yield { type: 'rate', line, unit, date, rate: read.quantity, of: read.unit };
  }

  private *undated(line: number, text: string): Generator<SourceItem> {
    const [word = '', name = ''] = text.split(/\s+/);
    if (word === 'option') {
      if (/^"name_/.test(name)) {
        yield issue(line, 'option', 'The roots have other names: write Assets, Liabilities, … .');
      }
    } else if (word === 'include') {
      yield issue(line, 'include', 'Another file is included: import it by itself.');
    } else if (word === 'plugin') {
      yield issue(
        line,
        'plugin',
        'A plugin changes the file’s meaning: import its result instead.',
      );
    } else if (!/^(push|pop)(tag|meta)$/.test(word)) {
      yield issue(line, 'not-understood', `“${text.slice(0, 60)}” is not understood.`);
    }
  }
}
