// What Daybook writes beside an account or an entry because the format has no place for it, and how it is read back: texts
// that would mean something else if they stood bare, and what an entry was in the book that it comes from.
import type { AskedDetails } from '#ledger/domain/decide-details.ts';
import { ENTRY_KINDS, type EntryKind } from '#ledger/domain/journal-entry.ts';

/** What readers keep of a text that stands bare; longer ones are written exactly besides. */
export const LONGEST_DESCRIPTION = 1_000;
export const LONGEST_REFERENCE = 200;
export const LONGEST_NAME = 200;

/** JSON without the signs that begin comments, dates and tags, and without ends of lines. */
export const exactText = (text: string): string =>
  JSON.stringify(text).replace(/[[\]:;\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) =>
    Array.from(
      { length: sign.length },
      (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );

/** The text of `name: "…"`, as `exactText` wrote it; null for anything else. */
export function readExact(name: string, text: string): string | null {
  if (!text.startsWith(`${name}: "`) || !text.endsWith('"')) return null;
  try {
    return JSON.parse(text.slice(name.length + 2)) as string;
  } catch {
    // Somebody's own words that happen to begin like this.
    return null;
  }
}

/** Ends of lines and other signs without a shape become spaces. */
export const inOneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** Kinds that a file can say. */
export const isWrittenKind = (text: string): text is EntryKind =>
  (ENTRY_KINDS as readonly string[]).includes(text);

/** A reversal of a closing entry counts with closing entries: their kind is the one that keeps it there. */
export const kindToWrite = ({
  closing,
  kind,
}: {
  readonly closing: boolean;
  readonly kind: EntryKind;
}): EntryKind => (closing ? 'closing' : kind);

/**
 * A name that the format takes for each account, no two the same: accounts whose own name it takes keep it.
 * @param nameOf the nearest such name, which may be that of several
 */
export function uniqueNames<Account extends { readonly id: number; readonly path: string }>(
  accounts: readonly Account[],
  nameOf: (account: Account) => string,
  suffix: (account: Account) => string,
): Map<number, string> {
  const names = new Map<number, string>();
  const taken = new Set<string>();
  const give = (account: Account, name: string) => {
    taken.add(name);
    names.set(account.id, name);
  };
  for (const account of accounts) {
    if (nameOf(account) === account.path) give(account, account.path);
  }
  for (const account of accounts) {
    if (names.has(account.id)) continue;
    let name = nameOf(account);
    while (taken.has(name)) name += suffix(account);
    give(account, name);
  }
  return names;
}

const TEXTS = ['party', 'document', 'dueDate', 'taxCode'] as const;

/** What a line names, as `detailsText` wrote it; null for anything else. */
export function readDetails(text: string): AskedDetails | null {
  try {
    const said = JSON.parse(text) as Record<string, unknown>;
    const texts = TEXTS.map((name) => [name, said[name]] as const);
    const named = texts.filter(([, value]) => typeof value === 'string');
    const { dimensions, taxPart } = said;
    const values = Object.entries((dimensions ?? {}) as object).filter(
      (own): own is [string, string] => typeof own[1] === 'string',
    );
    return {
      ...Object.fromEntries(named),
      ...(values.length > 0 && { dimensions: Object.fromEntries(values) }),
      ...((taxPart === 'base' || taxPart === 'tax') && { taxPart }),
    };
  } catch {
    return null;
  }
}

/** What a line names by the book's codes, as JSON. */
export const detailsText = (details: AskedDetails): string => JSON.stringify(details);
