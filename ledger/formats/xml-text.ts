// XML as text: elements with their texts escaped, and comments for what a schema has no place for.

/** What XML 1.0 has no way to write (section 2.2). */
const IMPOSSIBLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // Bare, it would be read as an end of line.
  '\r': '&#13;',
};

/** An element with a text; signs that XML can't write become U+FFFD. */
export const element = (name: string, text: string): string =>
  `<${name}>${text.replace(IMPOSSIBLE, '\u{fffd}').replace(/[&<>\r]/g, (sign) => ESCAPES[sign]!)}</${name}>`;

/** Nothing where there is nothing to say. */
export const elementIf = (name: string, text: string | null | undefined): string =>
  text ? element(name, text) : '';

export const nested = (name: string, ...inner: readonly string[]): string =>
  `<${name}>${inner.join('')}</${name}>`;

/** What is said as JSON in a comment, exactly; nothing where nothing is. */
export function comment(said: Readonly<Record<string, unknown>>): string {
  if (Object.keys(said).length === 0) return '';
  const text = JSON.stringify(said).replace(IMPOSSIBLE, escaped);
  return `<!-- ${text.replace(/-(?=-)/g, escaped)} -->`;
}

const escaped = (sign: string): string =>
  Array.from(
    { length: sign.length },
    (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/** Texts cut to the lengths of a schema, and what was cut. */
export class CutTexts {
  /** Whole texts by name. */
  readonly whole: Record<string, string> = {};

  /** @param most characters. @returns the text, or its beginning, whose whole is noted under the name */
  fit(name: string, text: string, most: number): string {
    const cut = shortened(text, most);
    if (cut !== text || text.search(IMPOSSIBLE) >= 0) this.whole[name] = text;
    return cut;
  }
}

/** XML Schema counts code points. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const signs = Array.from(text);
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`;
}
