// Metadata of Beancount's directives: what Daybook wrote is taken for what it was, all else for somebody's notes.
import type { AskedDetails } from '#ledger/domain/decide-details.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import { unescaped } from './beancount-line.ts';
import { isWrittenKind, readDetails } from './own-text.ts';
import type { SourceAccount } from './source-item.ts';

interface Worded {
  readonly memo: string;
  readonly details?: AskedDetails;
}

/** The parts of a transaction that metadata may say. */
interface Described<Line extends Worded> {
  reference: string;
  kind: EntryKind | null;
  /** Whether metadata says when Daybook recorded it: then its numbers are Daybook's too. */
  told: boolean;
  readonly comments: string[];
  readonly postings: Line[];
}

/** What an entry was in the book that it comes from: here it gets a number and a time anew. */
const ORIGIN = /^(number|reverses): \d+$/;
const RECORDED = /^recorded: "\d{4}-\d\d-\d\dT[\d:.]+Z"$/;

export const isOrigin = (text: string): boolean => ORIGIN.test(text);

/** The text of a line of metadata of this name; null for any other line. */
export function readOwn(name: string, text: string): string | null {
  const [, own, said = ''] = /^([a-z]+):\s*"((?:[^"\\]|\\.)*)"\s*$/s.exec(text) ?? [];
  return own === name ? unescaped(said) : null;
}

/** A commodity's number of decimals; null when the line says something else. */
export function readDecimals(text: string): number | null {
  const [, decimals] = /^decimals: (\d)$/.exec(text) ?? [];
  return decimals === undefined ? null : +decimals;
}

/** Metadata and comments become memos, those that Daybook writes what they were. */
export function entryMetadata<Line extends Worded>(draft: Described<Line>, text: string): void {
  const posting = draft.postings.at(-1);
  const told = posting ? readOwn('details', text) : null;
  const details = told === null ? null : readDetails(told);
  if (posting && details) {
    draft.postings[draft.postings.length - 1] = { ...posting, details };
    return;
  }
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

/** An account with what Daybook calls it, beside the name that Beancount allows. */
export function accountMetadata(opened: SourceAccount, text: string): SourceAccount {
  const code = readOwn('code', text);
  const name = readOwn('name', text);
  const path = readOwn('path', text);
  return {
    ...opened,
    ...(code !== null && { code }),
    ...(name !== null && { name }),
    ...(path !== null && { path }),
  };
}
