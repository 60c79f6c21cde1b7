// Exact decimals as a locale writes them. Intl says once where the signs stand; figures are then put together by hand,
// because a ledger prints hundreds of thousands and Intl takes a microsecond and a half for each.

/** Lengths around every place where grouping begins or turns, with each sign. */
const PROBES = [0, 1, 12, 123, 1234, 12345, 123456, 1234567, 12345678, 123456789012]
  .map(String)
  .flatMap((whole) => [whole, `-${whole}`]);

/**
 * How decimal strings are written.
 * @param exponent decimals of every figure.
 * @returns a writer; text that isn't such a decimal is left to Intl.
 */
export function decimalsOf(locale: Intl.Locale, exponent: number): (text: string) => string {
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  const slow = (text: string) => plainSpaces(number.format(text as Intl.StringNumericLiteral));
  const fast = byHand(slow, exponent);
  const fraction = exponent === 0 ? '' : `.${'7'.repeat(exponent)}`;
  const agrees = PROBES.every((whole) => fast(whole + fraction) === slow(whole + fraction));
  const exact = new RegExp(`^-?(0|[1-9]\\d*)${exponent === 0 ? '' : `\\.\\d{${exponent}}`}$`);
  return agrees ? (text) => (exact.test(text) ? fast(text) : slow(text)) : slow;
}

/** Thousands are parted by a space that the font knows. */
export const plainSpaces = (text: string): string => text.replace(/[\u202f\u2009]/g, '\u00a0');

/** Learns the signs of a locale from what it makes of some figures. */
function byHand(slow: (text: string) => string, exponent: number): (text: string) => string {
  const tail = exponent === 0 ? '' : `.${'7'.repeat(exponent)}`;
  const [, group = ''] = /^\d+(\D+)/.exec(slow(`123456789${tail}`)) ?? [];
  const [, point = ''] = /^1(\D*)7*$/.exec(slow(`1${tail}`)) ?? [];
  const [before = '', after = ''] = slow(`-1${tail}`).split(slow(`1${tail}`));
  // Hundreds stand in three digits everywhere; above them some count in twos.
  const above = slow(`123456789${tail}`).split(group).at(1)?.length ?? 3;
  const fewest = slow(`1234${tail}`).startsWith('1234') ? 5 : 4;
  return (text) => {
    const minus = text.startsWith('-');
    const end = exponent === 0 ? text.length : text.length - exponent - 1;
    let whole = text.slice(minus ? 1 : 0, end);
    if (whole.length >= fewest) {
      let at = whole.length - 3;
      let grouped = whole.slice(at);
      for (; at > above; at -= above) grouped = whole.slice(at - above, at) + group + grouped;
      whole = whole.slice(0, at) + group + grouped;
    }
    const figure = exponent === 0 ? whole : whole + point + text.slice(end + 1);
    return minus ? before + figure + after : figure;
  };
}
