// The parts of Beancount's lines: strings, amounts, tags and links, metadata.
import type { MinorUnits } from '#ledger/domain/money.ts';
import { type AmountFault, type AmountStyle, readJournalAmount } from './journal-amount.ts';

export interface BeancountPosting {
  readonly account: string;
  readonly amount: MinorUnits | null;
  readonly memo: string;
}

export interface BeancountHeader {
  readonly description: string;
  /** The first link. */
  readonly reference: string;
  readonly tags: readonly string[];
}

const ACCOUNT =
  /^(?:[*!&#?%PSTCURM]\s+)?([\p{Lu}\p{N}][\p{L}\p{N}-]*(?::[\p{Lu}\p{N}][\p{L}\p{N}-]*)+)\s*(.*)$/u;

/** Cuts a comment off; a `;` within quotes belongs to the text. */
export function splitBeancountComment(text: string): { body: string; comment: string } {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\' && quoted) at++;
    else if (sign === '"') quoted = !quoted;
    else if (sign === ';' && !quoted) {
      return { body: text.slice(0, at).trimEnd(), comment: text.slice(at + 1).trim() };
    }
  }
  return { body: text.trimEnd(), comment: '' };
}

/** What follows a transaction's flag: one or two strings, tags, links. Null when it is something else. */
export function readBeancountHeader(text: string): BeancountHeader | null {
  const strings: string[] = [];
  const rest = text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => {
    strings.push(inner.replace(/\\(.)/g, '$1'));
    return ' ';
  });
  const words = rest.split(/[\s|]+/).filter(Boolean);
  if (strings.length > 2 || words.some((word) => !/^[#^][\w./-]+$/.test(word))) return null;
  return {
    description: strings.filter(Boolean).join(' – '),
    reference: words.find((word) => word.startsWith('^'))?.slice(1) ?? '',
    tags: words.filter((word) => word.startsWith('#')),
  };
}

/** @param text the line without its indentation */
export function readBeancountPosting(
  text: string,
  style: AmountStyle,
): BeancountPosting | AmountFault {
  const { body, comment } = splitBeancountComment(text);
  const [, account, rest = ''] = ACCOUNT.exec(body) ?? [];
  if (account === undefined) {
    return { code: 'not-understood', message: `“${body.slice(0, 60)}” is not a posting.` };
  }
  if (rest.trim() === '') return { account, amount: null, memo: comment };
  const read = readJournalAmount(rest, style);
  if ('code' in read) return read;
  if (read.commodity === '') {
    return { code: 'not-understood', message: `“${rest.trim()}” lacks its currency.` };
  }
  return { account, amount: read.amount, memo: comment };
}

/**
 * `1.00 ~ 0.01 USD`. Without a tolerance it is one unit of the last digit written, as Beancount's default is
 * (twice the inferred tolerance of half a unit); none for whole numbers.
 */
export function readAsserted(
  text: string,
  style: AmountStyle,
): { amount: MinorUnits; tolerance: MinorUnits } | AmountFault {
  const explicit = /^(.*?)\s*~\s*(\S+)\s+(\S+)$/.exec(text.trim());
  const amount = readJournalAmount(explicit ? `${explicit[1]} ${explicit[3]}` : text, style);
  if ('code' in amount) return amount;
  if (explicit) {
    const tolerance = readJournalAmount(`${explicit[2]} ${explicit[3]}`, style);
    return 'code' in tolerance ? tolerance : { amount: amount.amount, tolerance: tolerance.amount };
  }
  const digits = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  const tolerance = digits === 0 ? 0n : 10n ** BigInt(Math.max(0, style.exponent - digits));
  return { amount: amount.amount, tolerance: tolerance as MinorUnits };
}
