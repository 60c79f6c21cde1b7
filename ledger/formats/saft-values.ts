// What elements of a SAF-T file say: texts, amounts, days; and what of them stays in the file, told once for each kind.
import { type CalendarDate, parseDate } from '#ledger/domain/calendar.ts';
import { exactUnits, parseDecimal } from '#ledger/domain/decimal.ts';
import { isTooLarge } from '#ledger/domain/money.ts';
import type { SourceIssue, SourceNote } from './source-item.ts';
import type { XmlElement } from './xml-elements.ts';

export const child = (of: XmlElement, name: string): XmlElement | undefined =>
  of.children.find((own) => own.name === name);

/** Without spaces around it; empty where there is no such child. */
export const textOf = (of: XmlElement, name: string): string => child(of, name)?.text.trim() ?? '';

export const issueAt = (
  { column, line }: Pick<XmlElement, 'line' | 'column'>,
  code: string,
  message: string,
): SourceIssue => ({ type: 'issue', line, column, code, message });

/** In minor units. @returns the issue of a text that is no such amount */
export function saftAmount(of: XmlElement, exponent: number): bigint | SourceIssue {
  const text = of.text.trim();
  const read = parseDecimal(text);
  const amount = read && exactUnits(read, exponent);
  if (amount === null) {
    const message = `“${text.slice(0, 40)}” in ${of.name} is no amount of ${exponent} decimals, such as 1234.50.`;
    return issueAt(of, 'amount-malformed', message);
  }
  return isTooLarge(amount)
    ? issueAt(of, 'amount-too-large', `${of.name} has more than 18 digits.`)
    : amount;
}

/** XML Schema lets a day carry a time zone, which says nothing here. */
export const saftDate = (text: string): CalendarDate | null =>
  parseDate(text.replace(/(?:Z|[+-]\d\d:\d\d)$/, ''));

/** Elements that Daybook has no place for, counted. */
export class LeftOut {
  readonly #kinds = new Map<string, { count: number; line: number }>();

  /** @param kind as people find it in the file, `Line/ValueDate` */
  add(kind: string, { line }: XmlElement): void {
    const known = this.#kinds.get(kind);
    if (known) known.count += 1;
    else this.#kinds.set(kind, { count: 1, line });
  }

  notes(): SourceNote[] {
    return [...this.#kinds].map(([kind, { count, line }]) => ({
      ...{ type: 'note', line },
      message: `Stays in the file, since Daybook has no place for it: ${kind}, ${count} times, first on line ${line}.`,
    }));
  }
}
