// Reads what one of our PDFs says of itself: digest, ledger position and address, from its document information. What a file
// claims proves nothing; it only says what to recompute. Files that other programs saved anew may hide it: then null.
import { type PdfAddress, readAddress } from './pdf-address.ts';

export interface PdfStamp extends PdfAddress {
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly position: number;
}

/** So much is read of an object. */
const LONGEST_OBJECT = 16_384;

export const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, 1024).includes('%PDF-');

/** The stamp of a file, or null where it has none that can be read. */
export function readStamp(bytes: Buffer): PdfStamp | null {
  const named = bytes.lastIndexOf('/Info ');
  if (named < 0) return null;
  const dictionary = referred(bytes, bytes.subarray(named + 6, named + 40).toString('latin1'));
  if (dictionary === null) return null;
  const digest = entry(bytes, dictionary, 'Keywords')?.toLowerCase();
  const subject = entry(bytes, dictionary, 'Subject') ?? '';
  const position = /^Ledger position (\d{1,9})$/.exec(subject)?.[1];
  if (!digest || !/^[0-9a-f]{64}$/.test(digest) || position === undefined) return null;
  const address = readAddress(entry(bytes, dictionary, 'Address') ?? '');
  return address && { ...address, digest, position: Number(position) };
}

/** What the object begins with that a text as `25 0 R` refers to, one letter a byte; null when there is none. */
function referred(bytes: Buffer, reference: string): string | null {
  const [, number, generation] = /^\s*(\d{1,9}) (\d{1,5}) R/.exec(reference) ?? [];
  if (number === undefined) return null;
  const head = `${number} ${generation} obj`;
  for (let end = bytes.length; ; ) {
    const at = bytes.subarray(0, end).lastIndexOf(head);
    if (at < 0) return null;
    // `18 0 obj` ends like `8 0 obj`: the number must stand alone.
    const before = bytes[at - 1] ?? 0;
    const start = at + head.length;
    if (before < 0x30 || before > 0x39)
      return bytes.subarray(start, start + LONGEST_OBJECT).toString('latin1');
    end = at;
  }
}

/** A text of the dictionary: in parentheses with escapes, or in hexadecimal; UTF-16 where it says so. */
function entry(bytes: Buffer, dictionary: string, name: string): string | null {
  const key = new RegExp(`/${name}\\s*(?=[(<\\d])`).exec(dictionary);
  if (!key) return null;
  const given = dictionary.slice(key.index + key[0].length);
  const text = /^\d/.test(given) ? referred(bytes, given)?.trimStart() : given;
  const raw = text?.[0] === '<' ? hexText(text) : text?.[0] === '(' ? literalText(text) : null;
  if (!raw?.startsWith('\xfe\xff')) return raw;
  const even = raw.slice(2, raw.length & ~1);
  return Buffer.from(even, 'latin1').swap16().toString('utf16le');
}

const hexText = (text: string): string | null => {
  const digits = /^<([0-9A-Fa-f\s]*)>/.exec(text)?.[1];
  return digits === undefined
    ? null
    : Buffer.from(digits.replace(/\s/g, ''), 'hex').toString('latin1');
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function literalText(text: string): string | null {
  let [out, depth] = ['', 0];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === '\\') {
      const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
      if (octal) out += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      else out += ESCAPES[text[at + 1] ?? ''] ?? text[at + 1] ?? '';
      at += octal ? octal.length : 1;
    } else if (letter === '(' && depth++ === 0) {
    } else if (letter === ')' && --depth === 0) return out;
    else out += letter;
  }
  return null;
}
