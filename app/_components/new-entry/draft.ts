// An entry while it is typed: text as it stands in the fields, and what it comes to. Pure.
import { type CalendarDate, parseDate } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { DecimalSign } from '#ledger/domain/read-figure.ts';
import type { EntryInput } from '../../_actions/entries.ts';
import { amountText } from '../amount.tsx';
import { readTyped } from './typed-amount.ts';

export interface DraftLine {
  readonly id: string;
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly memo: string;
}

export interface Draft {
  readonly date: CalendarDate;
  readonly description: string;
  readonly reference: string;
  readonly kind: string;
  readonly lines: readonly DraftLine[];
}

export interface AccountChoice {
  readonly code: string;
  readonly name: string;
  readonly path: string;
}

/** What a draft is read with. */
export interface DraftFacts {
  readonly accounts: readonly AccountChoice[];
  readonly exponent: number;
  readonly sign: DecimalSign;
  readonly locale: string;
}

let lineCount = 0;
export const emptyLine = (): DraftLine => ({
  id: `line-${lineCount++}`,
  account: '',
  debit: '',
  credit: '',
  memo: '',
});

export const emptyDraft = (date: CalendarDate): Draft => ({
  date,
  description: '',
  reference: '',
  kind: 'ordinary',
  lines: [emptyLine(), emptyLine()],
});

export const isBlank = (line: DraftLine): boolean =>
  [line.account, line.debit, line.credit, line.memo].every((text) => text.trim() === '');

/** The account that a text means: by code, `code name`, or the only one whose name contains it. */
export function accountOf(text: string, accounts: readonly AccountChoice[]): AccountChoice | null {
  const typed = text.trim();
  if (typed === '') return null;
  const [first] = typed.split(' ');
  const byCode =
    accounts.find(({ code }) => code === typed) ?? accounts.find(({ code }) => code === first);
  if (byCode) return byCode;
  const like = matching(typed, accounts);
  return like.length === 1 ? like[0]! : null;
}

/** The accounts whose code begins with, or whose name contains, every word of the text; codes first. */
export function matching(text: string, accounts: readonly AccountChoice[]): AccountChoice[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = accounts.filter(({ code, path, name }) =>
    words.every((word) => `${code} ${name} ${path}`.toLowerCase().includes(word)),
  );
  const begins = ({ code }: AccountChoice) => (code.startsWith(words[0] ?? '') ? 0 : 1);
  return fits.sort((a, b) => begins(a) - begins(b));
}

/** Debit minus credit of a line in minor units; null when a figure cannot be read. */
export function signedOf(line: DraftLine, facts: DraftFacts): bigint | null {
  const read = (text: string) =>
    text.trim() === '' ? 0n : readTyped(text, facts.exponent, facts.sign);
  const [debit, credit] = [read(line.debit), read(line.credit)];
  return debit === null || credit === null ? null : debit - credit;
}

export interface Totals {
  readonly debit: bigint;
  readonly credit: bigint;
  /** Debit minus credit. */
  readonly difference: bigint;
}

export function totalsOf(lines: readonly DraftLine[], facts: DraftFacts): Totals {
  let [debit, credit] = [0n, 0n];
  for (const line of lines) {
    const signed = signedOf(line, facts) ?? 0n;
    if (signed > 0n) debit += signed;
    else credit -= signed;
  }
  return { debit, credit, difference: debit - credit };
}

/** A figure as the locale writes it. */
export const shownAmount = (amount: bigint, facts: DraftFacts): string =>
  amountText(decimalText(amount, facts.exponent), { locale: facts.locale, negatives: 'minus' });

/** A line with its figures written out, and on the side that their sign says. Unreadable text stays as it is. */
export function settledLine(line: DraftLine, facts: DraftFacts): DraftLine {
  const signed = signedOf(line, facts);
  if (signed === null || signed === 0n) return line;
  const figure = shownAmount(signed < 0n ? -signed : signed, facts);
  return signed > 0n
    ? { ...line, debit: figure, credit: '' }
    : { ...line, debit: '', credit: figure };
}

/** The line with the amount that brings the entry to zero. */
export function balancingLine(draft: Draft, at: number, facts: DraftFacts): DraftLine {
  const line = { ...draft.lines[at]!, debit: '', credit: '' };
  const others = draft.lines.filter((_, index) => index !== at);
  const { difference } = totalsOf(others, facts);
  if (difference === 0n) return line;
  const figure = shownAmount(difference < 0n ? -difference : difference, facts);
  return difference > 0n ? { ...line, credit: figure } : { ...line, debit: figure };
}

/** Rows pasted from a spreadsheet: account, debit, credit, memo. */
export function pastedLines(text: string, facts: DraftFacts): DraftLine[] {
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((row) => row.split('\t'))
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map(([account = '', debit = '', credit = '', memo = '']) => {
      const found = accountOf(account, facts.accounts);
      return settledLine(
        {
          ...emptyLine(),
          account: found ? `${found.code} ${found.name}` : account.trim(),
          debit: debit.trim(),
          credit: credit.trim(),
          memo: memo.trim(),
        },
        facts,
      );
    });
}

/** What is still wrong with a draft, where to put the cursor; or the entry as the command takes it. */
export function entryOf(
  draft: Draft,
  facts: DraftFacts,
): { entry: EntryInput } | { problem: string; line: number | null } {
  if (parseDate(draft.date) === null) return { problem: 'The date cannot be read.', line: null };
  if (draft.description.trim() === '') return { problem: 'Give a description.', line: null };
  const lines: EntryInput['lines'][number][] = [];
  for (const [at, line] of draft.lines.entries()) {
    if (isBlank(line)) continue;
    const account = accountOf(line.account, facts.accounts);
    if (!account) {
      const said = line.account.trim();
      return {
        problem: said
          ? `Line ${at + 1}: there is no account ${said}.`
          : `Line ${at + 1} has no account.`,
        line: at,
      };
    }
    const signed = signedOf(line, facts);
    if (signed === null) return { problem: `Line ${at + 1}: the amount cannot be read.`, line: at };
    if (signed === 0n) return { problem: `Line ${at + 1} has no amount.`, line: at };
    lines.push({
      account: account.code,
      side: signed > 0n ? 'debit' : 'credit',
      amount: decimalText(signed < 0n ? -signed : signed, facts.exponent),
      memo: line.memo.trim(),
    });
  }
  if (lines.length < 2) return { problem: 'An entry needs two lines or more.', line: null };
  const { difference } = totalsOf(draft.lines, facts);
  if (difference !== 0n) {
    const off = shownAmount(difference < 0n ? -difference : difference, facts);
    return {
      problem: `The ${difference > 0n ? 'debits' : 'credits'} are larger by ${off}.`,
      line: null,
    };
  }
  const { date, description, reference, kind } = draft;
  return {
    entry: { date, description: description.trim(), reference: reference.trim(), kind, lines },
  };
}

/** The draft that an entry came from, to be corrected. */
export function draftOf(entry: EntryInput, facts: DraftFacts): Draft {
  const { date, description, reference, kind } = entry;
  return {
    date: date as CalendarDate,
    description,
    reference,
    kind,
    lines: linesOf(entry.lines, facts),
  };
}

/** Lines of an earlier entry, as text in the fields. */
export const linesOf = (lines: EntryInput['lines'], facts: DraftFacts): DraftLine[] =>
  lines.map(({ account, side, amount, memo }) => {
    const known = accountOf(account, facts.accounts);
    const figure = amountText(amount, { locale: facts.locale, negatives: 'minus' });
    return {
      ...emptyLine(),
      account: known ? `${known.code} ${known.name}` : account,
      debit: side === 'debit' ? figure : '',
      credit: side === 'credit' ? figure : '',
      memo,
    };
  });
