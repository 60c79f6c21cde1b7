// What a line says beside its account and amount, as people type it in one cell: `ada #A1 due:2026-02-09 centre:north
// vat:OUT`. A word alone is a customer or supplier, `#` an invoice, `due:` its day, `vat:` a tax code (`vat:OUT/gross` where
// the amount includes it), and anything else before a colon a dimension. Pure.
import { readDate } from '#ledger/domain/read-date.ts';
import type { EntryInput } from '../../_actions/entries.ts';
import { dayText } from '../locale.ts';

type Line = EntryInput['lines'][number];
export type LineDetailFields = Pick<
  Line,
  'party' | 'document' | 'dueDate' | 'dimensions' | 'taxCode' | 'taxFrom'
>;

interface Coded {
  readonly code: string;
  readonly name: string;
}

/** What a book's lines may name; the closed ones left out. */
export interface DetailChoices {
  readonly parties: readonly Coded[];
  readonly dimensions: readonly (Coded & { readonly values: readonly Coded[] })[];
  readonly taxCodes: readonly Coded[];
}

/** What details are read with: days as the locale writes them, or as 2026-03-31. */
export interface DetailTyping {
  readonly choices: DetailChoices;
  readonly locale: string;
}

export const hasDetails = ({ dimensions, parties, taxCodes }: DetailChoices): boolean =>
  parties.length + dimensions.length + taxCodes.length > 0;

/** @returns the fields of a command's line, or what can't be read */
export function readTypedDetails(
  text: string,
  facts: DetailTyping,
): LineDetailFields | { readonly problem: string } {
  let fields: LineDetailFields = {};
  for (const word of text.trim().split(/\s+/).filter(Boolean)) {
    const read = readWord(word, facts);
    if ('problem' in read) return read;
    const { dimensions } = { ...fields, ...read };
    const both = dimensions && { dimensions: { ...fields.dimensions, ...read.dimensions } };
    fields = { ...fields, ...read, ...both };
  }
  return fields;
}

function readWord(
  word: string,
  { choices: { dimensions, parties, taxCodes }, locale }: DetailTyping,
): LineDetailFields | { readonly problem: string } {
  if (word.startsWith('#')) {
    return word === '#' ? { problem: 'There is no number after #.' } : { document: word.slice(1) };
  }
  const [, key, value = ''] = /^([^:]+):(.*)$/.exec(word) ?? [];
  if (key === undefined) {
    const party = oneOf(word, parties);
    return party ? { party } : { problem: `There is no customer or supplier ${word}.` };
  }
  if (key === 'due') {
    const dueDate = readDate(value, locale);
    return dueDate ? { dueDate } : { problem: `${value} is no day like 2026-03-31.` };
  }
  if (key === 'vat') {
    const [code = '', from] = value.split('/');
    const taxCode = oneOf(code, taxCodes);
    if (!taxCode) return { problem: `There is no tax code ${code}.` };
    if (from === undefined) return { taxCode };
    return from === 'gross' || from === 'net'
      ? { taxCode, taxFrom: from }
      : { problem: `${from} is neither net nor gross.` };
  }
  const dimension = dimensions.find(({ code }) => code.toLowerCase() === key.toLowerCase());
  if (!dimension) return { problem: `There is no dimension ${key}.` };
  const found = oneOf(value, dimension.values);
  return found
    ? { dimensions: { [dimension.code]: found } }
    : { problem: `${dimension.code} has no value ${value}.` };
}

const oneOf = (text: string, coded: readonly Coded[]): string | null =>
  coded.find(({ code }) => code.toLowerCase() === text.toLowerCase())?.code ?? null;

/** The fields of a line as they are typed. */
export const shownDetails = (line: LineDetailFields, locale: string): string =>
  [
    line.party ?? '',
    line.document ? `#${line.document}` : '',
    line.dueDate ? `due:${dayIn(line.dueDate, locale)}` : '',
    ...Object.entries(line.dimensions ?? {}).map(([key, value]) => `${key}:${value}`),
    line.taxCode ? `vat:${line.taxCode}${line.taxFrom === 'gross' ? '/gross' : ''}` : '',
  ]
    .filter(Boolean)
    .join(' ');

/** A day as the locale writes it, where that is read back. */
function dayIn(date: string, locale: string): string {
  const shown = dayText(date, locale);
  return !/\s/.test(shown) && readDate(shown, locale) === date ? shown : date;
}

/** What the word that is being typed may become: the whole text with it, and what to show. */
export function offeredDetails(
  text: string,
  { dimensions, parties, taxCodes }: DetailChoices,
): { readonly text: string; readonly label: string }[] {
  const before = text.slice(0, text.lastIndexOf(' ') + 1);
  const word = text.slice(before.length).toLowerCase();
  if (word === '' || word.startsWith('#') || word.startsWith('due:')) return [];
  const all = [
    ...parties.map(({ code, name }) => ({ code, name })),
    ...dimensions.flatMap(({ code: key, values }) =>
      values.map(({ code, name }) => ({ code: `${key}:${code}`, name })),
    ),
    ...taxCodes.flatMap(({ code, name }) => [
      { code: `vat:${code}`, name: `${name}, on top` },
      { code: `vat:${code}/gross`, name: `${name}, included` },
    ]),
  ];
  return all
    .filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(word))
    .map(({ code, name }) => ({ text: `${before}${code} `, label: `${code} ${name}` }));
}
