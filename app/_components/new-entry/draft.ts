// An entry while it is typed: text as it stands in the fields, and what it comes to. Pure.
import { type CalendarDate, parseDate } from '#ledger/domain/calendar.ts';
import { parseDecimal } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { EntryInput } from '../../_actions/entries.ts';
import { amountText } from '../amount.tsx';
import { readTyped } from './typed-amount.ts';
import { type DetailChoices, readTypedDetails, shownDetails } from './typed-details.ts';
import {
  namesUnit,
  readTypedUnits,
  shownUnits,
  type TypedUnits,
  type UnitFacts,
  unitFields,
  worthOf,
} from './typed-units.ts';

export interface DraftLine {
  readonly id: string;
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly memo: string;
  readonly details: string;
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
export interface DraftFacts extends UnitFacts {
  readonly accounts: readonly AccountChoice[];
  readonly choices: DetailChoices;
}

let lineCount = 0;
export const emptyLine = (): DraftLine => ({
  id: `line-${lineCount++}`,
  account: '',
  debit: '',
  credit: '',
  memo: '',
  details: '',
});

export const emptyDraft = (date: CalendarDate): Draft => ({
  date,
  description: '',
  reference: '',
  kind: 'ordinary',
  lines: [emptyLine(), emptyLine()],
});

export const isBlank = (line: DraftLine): boolean =>
  [line.account, line.debit, line.credit, line.memo, line.details].every(
    (text) => text.trim() === '',
  );

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

/** What a line's figures say. */
export interface LineValue {
  /** Debit minus credit in minor units; zero where the book's rate decides. */
  readonly signed: bigint;
  /** What it moves in another unit, debit positive. */
  readonly units: TypedUnits | null;
}

/** Null when a figure cannot be read. */
export function lineValue(line: DraftLine, facts: DraftFacts): LineValue | null {
  const { debit, credit } = line;
  if (namesUnit(debit) || namesUnit(credit)) {
    if (debit.trim() !== '' && credit.trim() !== '') return null;
    const typed = readTypedUnits(debit.trim() === '' ? credit : debit, facts);
    if (typed === null || typed.quantity.digits === 0n) return null;
    const { digits, scale } = typed.quantity;
    const quantity = { digits: debit.trim() === '' ? -digits : digits, scale };
    const units = { ...typed, quantity };
    return { signed: worthOf(units, facts.exponent) ?? 0n, units };
  }
  const read = (text: string) =>
    text.trim() === '' ? 0n : readTyped(text, facts.exponent, facts.sign);
  const [left, right] = [read(debit), read(credit)];
  return left === null || right === null ? null : { signed: left - right, units: null };
}

/** Whether what the lines come to is worked out when they are posted: by the book's rates, or with their taxes. */
export const isWorkedOut = (lines: readonly DraftLine[], facts: DraftFacts): boolean =>
  lines.some((line) => {
    const units = lineValue(line, facts)?.units;
    if (units && units.price === null) return true;
    const details = readTypedDetails(line.details, facts);
    return !('problem' in details) && details.taxCode !== undefined;
  });

export interface Totals {
  readonly debit: bigint;
  readonly credit: bigint;
  /** Debit minus credit. */
  readonly difference: bigint;
}

export function totalsOf(lines: readonly DraftLine[], facts: DraftFacts): Totals {
  let [debit, credit] = [0n, 0n];
  for (const line of lines) {
    const signed = lineValue(line, facts)?.signed ?? 0n;
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
  const value = lineValue(line, facts);
  if (value === null) return line;
  const { signed, units } = value;
  if (units) return onSide(line, units.quantity.digits > 0n, shownUnits(units, facts));
  if (signed === 0n) return line;
  return onSide(line, signed > 0n, shownAmount(signed < 0n ? -signed : signed, facts));
}

const onSide = (line: DraftLine, debit: boolean, figure: string): DraftLine =>
  debit ? { ...line, debit: figure, credit: '' } : { ...line, debit: '', credit: figure };

/** The line with the amount that brings the entry to zero; one in another unit keeps its quantity and is worth that. */
export function balancingLine(draft: Draft, at: number, facts: DraftFacts): DraftLine {
  const line = draft.lines[at]!;
  const others = draft.lines.filter((_, index) => index !== at);
  const { difference } = totalsOf(others, facts);
  const size = difference < 0n ? -difference : difference;
  const units = lineValue(line, facts)?.units;
  if (units) {
    if (size === 0n) return line;
    const price = { of: 'all', value: { digits: size, scale: facts.exponent } } as const;
    return onSide(line, difference < 0n, shownUnits({ ...units, price }, facts));
  }
  if (size === 0n) return { ...line, debit: '', credit: '' };
  return onSide(line, difference < 0n, shownAmount(size, facts));
}

/** Rows pasted from a spreadsheet: account, debit, credit, memo, details. */
export function pastedLines(text: string, facts: DraftFacts): DraftLine[] {
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((row) => row.split('\t'))
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map(([account = '', debit = '', credit = '', memo = '', details = '']) => {
      const found = accountOf(account, facts.accounts);
      return settledLine(
        {
          ...emptyLine(),
          account: found ? `${found.code} ${found.name}` : account.trim(),
          debit: debit.trim(),
          credit: credit.trim(),
          memo: memo.trim(),
          details: details.trim(),
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
    const value = lineValue(line, facts);
    if (value === null) return { problem: `Line ${at + 1}: the amount cannot be read.`, line: at };
    const { signed, units } = value;
    const memo = line.memo.trim();
    const details = readTypedDetails(line.details, facts);
    if ('problem' in details) return { problem: `Line ${at + 1}: ${details.problem}`, line: at };
    if (units) {
      const side = units.quantity.digits > 0n ? 'debit' : 'credit';
      lines.push({ account: account.code, side, ...unitFields(units, facts), memo, ...details });
      continue;
    }
    if (signed === 0n) return { problem: `Line ${at + 1} has no amount.`, line: at };
    lines.push({
      account: account.code,
      side: signed > 0n ? 'debit' : 'credit',
      amount: decimalText(signed < 0n ? -signed : signed, facts.exponent),
      memo,
      ...details,
    });
  }
  if (lines.length < 2) return { problem: 'An entry needs two lines or more.', line: null };
  const { difference } = totalsOf(draft.lines, facts);
  if (difference !== 0n && !isWorkedOut(draft.lines, facts)) {
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
  lines.map((line) => {
    const { account, memo, side } = line;
    const known = accountOf(account, facts.accounts);
    const own = {
      ...emptyLine(),
      account: known ? `${known.code} ${known.name}` : account,
      memo,
      details: shownDetails(line, facts.locale),
    };
    return onSide(own, side === 'debit', figureOf(line, facts));
  });

function figureOf(line: EntryInput['lines'][number], facts: DraftFacts): string {
  const { amount, baseAmount, rate, unit } = line;
  if (unit === undefined) return amountText(amount, { locale: facts.locale, negatives: 'minus' });
  const value = parseDecimal(rate ?? baseAmount ?? '');
  const of = rate === undefined ? 'all' : 'each';
  const units = { unit, quantity: parseDecimal(amount)!, price: value && ({ of, value } as const) };
  return shownUnits(units, facts);
}
