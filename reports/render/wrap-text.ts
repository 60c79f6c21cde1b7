// Line breaking for narrow columns: greedy by words, long words cut, at most so many lines with an ellipsis.
import { type PaperFont, widthOf } from './pdf-fonts.ts';

/** Text in these ranges has nothing to compose or to replace. */
const PLAIN = /^[\x20-\x7e\xa0-\u02ff]*$/;

/** The text without what no line can show: composed, without control characters or line breaks. */
export const printable = (text: string): string =>
  PLAIN.test(text) ? text : text.normalize('NFC').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** Letters without a meaning that others share: PDF/A (ISO 19005-3, 6.2.11.7) takes none of them. */
const PRIVATE = /[\p{Co}\p{Cn}\ufeff]/gu;

/** The text as the page can show it. */
export const onPaper = (text: string): string =>
  PLAIN.test(text) ? text : printable(text).replace(PRIVATE, '\ufffd');

/** Breaks a text into lines no wider than `width` points. */
export function wrap(
  font: PaperFont,
  size: number,
  text: string,
  width: number,
  mostLines: number,
): string[] {
  if (widthOf(font, size, text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((part) => pieces(font, size, part, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(font, size, longer) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === mostLines - 1) return [...lines, shorten(font, size, `${longer}…`, width)];
    lines.push(line);
    line = word;
  }
  return [...lines, line];
}

/** A word cut so that each piece fits. */
function pieces(font: PaperFont, size: number, word: string, width: number): string[] {
  if (widthOf(font, size, word) <= width) return [word];
  const result: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && widthOf(font, size, piece + letter) > width) {
      result.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...result, piece];
}

/** Drops letters before the ellipsis until the text fits. */
export function shorten(font: PaperFont, size: number, text: string, width: number): string {
  const letters = [...text.replace(/…$/, '')];
  let short = text;
  while (letters.length > 0 && widthOf(font, size, short) > width) {
    letters.pop();
    short = `${letters.join('').trimEnd()}…`;
  }
  return short;
}

/** Lines of one text with the spaces at which they were parted: who hears or copies it gets its words apart. */
export const saidInOne = (lines: readonly string[]): readonly string[] =>
  lines.length < 2 ? lines : lines.map((line, at) => (at < lines.length - 1 ? `${line} ` : line));
