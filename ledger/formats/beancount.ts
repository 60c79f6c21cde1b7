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
} from './beancount-line.ts';
import {
  accountMetadata,
  entryMetadata,
  isOrigin,
  readDecimals,
  readOwn,
} from './beancount-metadata.ts';
import { completeEntry } from './complete-entry.ts';
import { type AmountStyle, readJournalAmount, unitOf } from './journal-amount.ts';
import { LONGEST_DESCRIPTION, LONGEST_REFERENCE } from './own-text.ts';
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
  kind: EntryKind | null;
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
const SAYS_NOTHING = ['note', 'document', 'event', 'query', 'custom'];
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

export const readBeancount: FormatReader = async function* (text, options) {
  const file = new BeancountFile(options);
  for await (const line of joinedLines(textLines(text))) yield* file.read(line);
  yield* file.end();
};

class BeancountFile {
  private readonly style: AmountStyle;
  private draft: Draft | null = null;
  /** The account whose `open` is being read, under the name that the file gives it. */
  private opened: { readonly name: string; readonly account: SourceAccount } | null = null;
  /** The commodity that is being declared. */
  private commodity: {
    readonly line: number;
    readonly name: string;
    code: string | null;
    decimals: number | null;
  } | null = null;
  /** Own names of units and accounts that the file calls otherwise. */
  private readonly ownUnits = new Map<string, string>();
  private readonly paths = new Map<string, string>();

  constructor({ currency, exponent }: ReadOptions) {
    this.style = {
      ...{ currency, exponent, decimalSign: '.', strict: false, unitsLast: true },
      ownUnits: this.ownUnits,
    };
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
    yield* this.endDeclaration();
    if (!draft || draft.broken) return;
    const { currency, exponent } = this.style;
    const completed = completeEntry(draft.postings, { currency, exponent, infer: false });
    if ('code' in completed) {
      yield issue(draft.line, completed.code, completed.message);
      return;
    }
    const postings: SourcePosting[] = completed.map(({ nth: _, ...posting }) => posting);
    const comments = draft.comments.filter((text) => !draft.told || !isOrigin(text));
    if (comments.length > 0) {
      const memo = [...comments, postings[0]!.memo].filter(Boolean).join(' · ');
      postings[0] = { ...postings[0]!, memo: memo.slice(0, 500) };
    }
    const { line, date, reference, told } = draft;
    const kind = draft.kind ?? (told ? 'ordinary' : null);
    const said = draft.description || reference || 'Imported entry';
    const description = told ? said : said.slice(0, LONGEST_DESCRIPTION);
    yield { type: 'entry', line, date, kind, reference, description, postings };
  }

  private *endDeclaration(): Generator<SourceItem> {
    const { commodity: declared, opened } = this;
    this.opened = null;
    this.commodity = null;
    if (opened) {
      this.paths.set(opened.name, opened.account.path);
      yield opened.account;
    }
    // Only Daybook says both, how its book calls a commodity and how many decimals it has.
    if (!declared || declared.code === null || declared.decimals === null) return;
    const { code, decimals, line, name } = declared;
    this.ownUnits.set(name, code);
    yield { type: 'unit', line, code, decimals };
  }

  private *indented(line: number, text: string): Generator<SourceItem> {
    const draft = this.draft;
    if (!draft && this.opened) {
      const { account, name } = this.opened;
      this.opened = { name, account: accountMetadata(account, text) };
    } else if (!draft && this.commodity) {
      this.commodity.code = readOwn('code', text) ?? this.commodity.code;
      this.commodity.decimals = readDecimals(text) ?? this.commodity.decimals;
    }
    if (!draft || draft.broken) return;
    if (METADATA.test(text) || text.startsWith(';')) {
      entryMetadata(draft, text);
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
      const account = { type: 'account', line, path, ...(accountType && { accountType }) } as const;
      this.opened = { name: path, account };
    } else if (word === 'close') yield note(line, 'Accounts that the file closes stay open here.');
    else if (word === 'pad') {
      const [account = '', source = ''] = rest.split(/\s+/);
      yield { type: 'pad', line, date, account: this.own(account), source: this.own(source) };
    } else if (word === 'balance') yield* this.balance(line, date, rest);
    else if (word === 'price') yield* this.price(line, date, rest);
    else if (word === 'commodity') {
      this.commodity = { line, name: rest.trim(), code: null, decimals: null };
    } else if (!SAYS_NOTHING.includes(word)) {
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
      kind: null,
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
    const unit = unitOf(this.ownUnits.get(commodity) ?? commodity, this.style.currency);
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
