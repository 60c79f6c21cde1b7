// hledger and Ledger journals. What isn't understood is an issue with its line.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import { readIsoLikeDate } from '#ledger/domain/read-date.ts';
import { completeEntry } from './complete-entry.ts';
import type { AmountStyle } from './journal-amount.ts';
import { readDirective, refuseSubDirective } from './journal-directives.ts';
import { hasPostingDate, type ReadPosting, readPosting, splitComment } from './journal-posting.ts';
import {
  isWrittenKind,
  LONGEST_DESCRIPTION,
  LONGEST_REFERENCE,
  readDetails,
  readExact,
} from './own-text.ts';
import type {
  FormatReader,
  ReadOptions,
  SourceAccount,
  SourceAssertion,
  SourceIssue,
  SourceItem,
  SourcePosting,
} from './source-item.ts';
import { type TextLine, textLines } from './text-lines.ts';

type Dialect = 'hledger' | 'ledger';

interface Draft {
  readonly line: number;
  readonly date: CalendarDate;
  reference: string;
  description: string;
  readonly comments: string[];
  kind: EntryKind | null;
  readonly postings: (ReadPosting & { line: number })[];
  /** Something in it was an issue: it is told, and the entry is left out. */
  broken: boolean;
}

/** The kind of an entry, as Daybook writes it into a transaction's comment. */
const KIND = /\bkind:\s*([a-z]+)\b,?/;
/** What an entry was in the book that it comes from: here it gets a number and a time anew. */
const ORIGIN = /^number: \d+, recorded: \d{4}-\d\d-\d\dT[\d:.]+Z(, reverses: \d+)?$/;
const HEADER = /^(\S+?)(=\S+)?(?:\s+|$)(?:([*!])\s*)?(?:\(([^)]*)\)\s*)?(.*)$/s;

const issue = (line: number, code: string, message: string): SourceIssue => ({
  type: 'issue',
  line,
  column: 1,
  code,
  message,
});

const reader = (dialect: Dialect): FormatReader =>
  async function* (text, options) {
    const journal = new Journal(dialect, options);
    for await (const line of textLines(text)) yield* journal.read(line);
    yield* journal.end();
  };

export const readHledger = reader('hledger');
export const readLedger = reader('ledger');

class Journal {
  private readonly dialect: Dialect;
  private readonly options: ReadOptions;
  private style: AmountStyle;
  private draft: Draft | null = null;
  /** Indented lines belong to: a directive, something refused, or nothing. */
  private under: 'directive' | 'refused' | null = null;
  private inComment = false;
  /** The account whose directive is being read. */
  private declared: SourceAccount | null = null;
  /** Own names of accounts that the file calls otherwise. */
  private readonly paths = new Map<string, string>();

  constructor(dialect: Dialect, options: ReadOptions) {
    this.dialect = dialect;
    this.options = options;
    const { currency, exponent } = options;
    this.style = {
      currency,
      exponent,
      decimalSign: null,
      strict: dialect === 'hledger',
      unitsLast: false,
    };
  }

  *read(line: TextLine): Generator<SourceItem> {
    const { number, text } = line;
    if (this.inComment) {
      if (/^end (comment|test)\b/.test(text)) this.inComment = false;
      return;
    }
    if (text.trim() === '') {
      yield* this.end();
      return;
    }
    if (/^\s/.test(text)) {
      yield* this.indented(number, text.trim());
      return;
    }
    yield* this.end();
    if (/^\d/.test(text)) yield* this.header(number, text);
    else yield* this.directive(number, text);
  }

  /** Leaves the entry that is being read. */
  *end(): Generator<SourceItem> {
    this.under = null;
    if (this.declared) yield this.declared;
    this.declared = null;
    const draft = this.draft;
    this.draft = null;
    if (!draft || draft.broken) return;
    const { currency, exponent } = this.options;
    const completed = completeEntry(draft.postings, { currency, exponent, infer: true });
    if ('code' in completed) {
      yield issue(draft.line, completed.code, completed.message);
      return;
    }
    const postings: SourcePosting[] = completed.map(({ nth: _, ...posting }) => posting);
    if (draft.comments.length > 0) {
      const memo = [...draft.comments, postings[0]!.memo].filter(Boolean).join(' · ');
      postings[0] = { ...postings[0]!, memo: memo.slice(0, 500) };
    }
    const { line, date, kind, reference } = draft;
    const description = draft.description || reference || 'Imported entry';
    yield { type: 'entry', line, date, kind, reference, description, postings };
    for (const [nth, posting] of draft.postings.entries()) {
      const after = completed.findLastIndex((own) => own.nth === nth);
      if (posting.assertion) yield this.assertion(draft, posting, after);
    }
  }

  private assertion(
    draft: Draft,
    { line, account, assertion }: Draft['postings'][number],
    nth: number,
  ): SourceAssertion {
    return {
      type: 'assertion',
      line,
      account,
      ...assertion!,
      tolerance: { digits: 0n, scale: 0 },
      date: draft.date,
      after: this.dialect === 'hledger' ? 'day-order' : 'file-order',
      posting: nth,
    };
  }

  private *header(line: number, text: string): Generator<SourceItem> {
    const { body, comment } = splitComment(text);
    const [, day = '', second, , code = '', words = ''] = HEADER.exec(body) ?? [];
    const date = readIsoLikeDate(day);
    if (date === null) {
      this.under = 'refused';
      yield issue(line, 'date-malformed', `“${day}” is not a date such as 2026-03-31.`);
      return;
    }
    if (second) yield note(line, 'Secondary dates are left out; entries have their first date.');
    const description = words.trim().slice(0, LONGEST_DESCRIPTION);
    const [tag = '', said = ''] = KIND.exec(comment) ?? [];
    const kind = isWrittenKind(said) ? said : null;
    const rest = isWrittenKind(said) ? comment.replace(tag, '').trim() : comment;
    const comments = rest === '' ? [] : [rest];
    const reference = code.trim().slice(0, LONGEST_REFERENCE);
    this.draft = {
      ...{ line, date, reference, description, comments, postings: [], broken: false },
      kind,
    };
  }

  private *indented(line: number, text: string): Generator<SourceItem> {
    const draft = this.draft;
    if (!draft) {
      if (this.under === null && !/^[;#]/.test(text)) {
        yield issue(line, 'not-understood', 'An indented line belongs to no entry.');
      }
      if (this.under !== 'directive') return;
      if (this.declared) this.accountComment(this.declared, text.replace(/^;\s*/, ''));
      const refused = refuseSubDirective(text);
      if (refused?.kind === 'refused') yield issue(line, refused.code, refused.message);
      return;
    }
    if (/^[;#]/.test(text)) {
      yield* this.comment(draft, line, text.slice(1).trim());
      return;
    }
    const posting = readPosting(text, this.style);
    if ('code' in posting) {
      draft.broken = true;
      yield issue(line, posting.code, posting.message);
      return;
    }
    if (posting.commodity !== '' && posting.commodity !== posting.unit) {
      yield note(line, `${posting.commodity} is read as ${posting.unit}.`);
    }
    const account = this.paths.get(posting.account) ?? posting.account;
    draft.postings.push({ ...posting, account, line });
  }

  /** How the book that wrote the file calls an account. */
  private accountComment(declared: SourceAccount, text: string): void {
    const path = readExact('path', text);
    const name = readExact('name', text);
    if (path !== null) this.paths.set(declared.path, path);
    this.declared = { ...declared, ...(path !== null && { path }), ...(name !== null && { name }) };
  }

  /** A comment line belongs to the posting above it or, before the first, to the entry. */
  private *comment(draft: Draft, line: number, text: string): Generator<SourceItem> {
    if (draft.postings.length > 0 && hasPostingDate(text)) {
      draft.broken = true;
      yield issue(line, 'posting-date', 'A posting has a date of its own: split the entry.');
      return;
    }
    const last = draft.postings.at(-1);
    if (!last) entryComment(draft, text);
    else {
      const said = readExact('details', text);
      const details = said === null ? null : readDetails(said);
      if (details) {
        draft.postings[draft.postings.length - 1] = { ...last, details };
        return;
      }
      const memo = [last.memo, text].filter(Boolean).join(' · ').slice(0, 500);
      draft.postings[draft.postings.length - 1] = { ...last, memo };
    }
  }

  private *directive(line: number, text: string): Generator<SourceItem> {
    const directive = readDirective(text, this.style);
    this.under = directive.kind === 'refused' ? 'refused' : 'directive';
    if (directive.kind === 'refused') yield issue(line, directive.code, directive.message);
    else if (directive.kind === 'comment') this.inComment = true;
    else if (directive.kind === 'decimal-sign') {
      if (directive.sign) this.style = { ...this.style, decimalSign: directive.sign };
      if (directive.unit) yield { type: 'unit', line, ...directive.unit };
    } else if (directive.kind === 'rate') yield { type: 'rate', line, ...directive.rate };
    else if (directive.kind === 'account') {
      const { path, accountType, code } = directive;
      this.declared = {
        ...{ type: 'account', line, path },
        ...(accountType && { accountType }),
        ...(code && { code }),
      };
    } else if (directive.note) yield note(line, directive.note);
  }
}

/** Comments become memos, those that Daybook writes what they were. */
function entryComment(draft: Draft, text: string): void {
  if (ORIGIN.test(text)) {
    // Daybook writes every kind but this one.
    draft.kind ??= 'ordinary';
    return;
  }
  const description = readExact('description', text);
  const reference = readExact('reference', text);
  if (description !== null) draft.description = description;
  else if (reference !== null) draft.reference = reference;
  else draft.comments.push(text);
}

const note = (line: number, message: string): SourceItem => ({ type: 'note', line, message });
