// How a value of a dimension and a group of accounts are spelt in the name of a view that shows them alone, in letters that an
// address, a file's name and a key of the document store take as they are: `~in-project.P1~group-Expenses.Office_rent`.
import { PLAIN_TEXT } from '#ledger/domain/plain-text.ts';

/** What a view is narrowed to; one of the two at least. */
export interface Only {
  /** `project/P1`, as the dashboard names it; `project/`: what names none of that dimension. */
  readonly value: string | null;
  /** What the paths of the group's accounts begin with: `Expenses:Office rent`. */
  readonly group: string | null;
}

/** A value's dimension and code. */
const VALUE = /^[^/]+\/[^/]*$/;

/** Letters, digits and hyphens stand for themselves; a point parts, a low line is a space; others by their code points. */
const encoded = (text: string, parting: string): string =>
  Array.from(text, (letter) => {
    if (/^[A-Za-z0-9-]$/.test(letter)) return letter;
    if (letter === parting) return '.';
    if (letter === ' ') return '_';
    return `=${letter.codePointAt(0)!.toString(16)}=`;
  }).join('');

const decoded = (text: string, parting: string): string =>
  text.replace(/=([0-9a-f]{1,5}|10[0-9a-f]{4})=|[._]/g, (sign, point: string | undefined) => {
    if (point !== undefined) return String.fromCodePoint(Number.parseInt(point, 16));
    return sign === '.' ? parting : ' ';
  });

/** The end of a view's name. */
export const onlyName = ({ group, value }: Only): string =>
  (value === null ? '' : `~in-${encoded(value, '/')}`) +
  (group === null ? '' : `~group-${encoded(group, ':')}`);

const NAME = /^(?:~in-([^~]+))?(?:~group-([^~]+))?$/;

/** Reads the end of a name; null when it says nothing, or not in the one way in which `onlyName` does. */
export function readOnly(name: string): Only | null {
  const [, value, group] = NAME.exec(name) ?? [];
  if (value === undefined && group === undefined) return null;
  const only = {
    value: value === undefined ? null : decoded(value, '/'),
    group: group === undefined ? null : decoded(group, ':'),
  };
  const plain = PLAIN_TEXT.test(`${only.value ?? ''}${only.group ?? ''}`);
  if (!plain || (only.value !== null && !VALUE.test(only.value))) return null;
  return onlyName(only) === name ? only : null;
}
