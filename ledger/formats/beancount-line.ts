// The parts of Beancount's lines: strings, amounts, tags and links, metadata.
import type { Decimal } from '#ledger/domain/decimal.ts';
import type { DraftPosting } from './complete-entry.ts';
import { type AmountFault, type AmountStyle, readJournalAmount } from './journal-amount.ts';
import { readPricedAmount } from './priced-amount.ts';
import type { TextLine } from './text-lines.ts';

export type BeancountPosting = Omit<DraftPosting, 'line'>;

export interface BeancountHeader {
  readonly description: string;
  /** The first link. */
  readonly reference: string;
  readonly tags: readonly string[];
}

/** A string that doesn't end before so many letters is taken for a slip in its line. */
const LONGEST_STRING = 100_000;

const ACCOUNT =
  /^(?:[*!&#?%PSTCURM]\s+)?([\p{Lu}\p{N}][\p{L}\p{N}-]*(?::[\p{Lu}\p{N}][\p{L}\p{N}-]*)+)\s*(.*)$/u;

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What stands between the quotes of a string. */
export const unescaped = (text: string): string =>
  text.replace(/\\(.)/gs, (_, sign: string) => ESCAPED[sign] ?? sign);

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

/** Whether a string that a line begins goes on in the next. Headings of outlines hold none. */
function endsInString(text: string): boolean {
  if (/^[*#;:!&?%]/.test(text)) return false;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\' && quoted) at++;
    else if (sign === '"') quoted = !quoted;
    else if (sign === ';' && !quoted) return false;
  }
  return quoted;
}

/** Strings may hold line ends: such lines come as one, under the number of the first. */
export async function* joinedLines(lines: AsyncIterable<TextLine>): AsyncGenerator<TextLine> {
  let open: TextLine | null = null;
  for await (const line of lines) {
    const whole: TextLine = open ? { ...open, text: `${open.text} ${line.text}` } : line;
    open = endsInString(whole.text) && whole.text.length < LONGEST_STRING ? whole : null;
    if (!open) yield whole;
  }
  if (open) yield open;
}

/** What follows a transaction's flag: one or two strings, tags, links. Null when it is something else. */
export function readBeancountHeader(text: string): BeancountHeader | null {
  const strings: string[] = [];
  const rest = text.replace(/"((?:[^"\\]|\\.)*)"/gs, (_, inner: string) => {
    strings.push(unescaped(inner));
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
  if (rest.trim() === '') {
    return { account, quantity: null, unit: style.currency, price: null, memo: comment };
  }
  const read = readPricedAmount(rest, style, true);
  if ('code' in read) return read;
  if (read.commodity === '') {
    return { code: 'not-understood', message: `“${rest.trim()}” lacks its currency.` };
  }
  const { beside, price, quantity, unit } = read;
  return { account, quantity, unit, price, memo: [beside, comment].filter(Boolean).join(' · ') };
}

/**
 * `1.00 ~ 0.01 USD`. Without a tolerance it is one unit of the last digit written, as Beancount's default is
 * (twice the inferred tolerance of half a unit); none for whole numbers.
 */
export function readAsserted(
  text: string,
  style: AmountStyle,
): { unit: string; amount: Decimal; tolerance: Decimal } | AmountFault {
  const explicit = /^(.*?)\s*~\s*(\S+)\s+(\S+)$/.exec(text.trim());
  const read = readJournalAmount(explicit ? `${explicit[1]} ${explicit[3]}` : text, style);
  if ('code' in read) return read;
  const { quantity: amount, unit } = read;
  if (explicit) {
    const tolerance = readJournalAmount(`${explicit[2]} ${explicit[3]}`, style);
    return 'code' in tolerance ? tolerance : { unit, amount, tolerance: tolerance.quantity };
  }
  const scale = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  return { unit, amount, tolerance: { digits: scale === 0 ? 0n : 1n, scale } };
}
