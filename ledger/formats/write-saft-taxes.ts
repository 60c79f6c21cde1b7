// TaxInformation of an entry's lines. The schema wants what was taxed and its tax together, Daybook posts them as two
// lines: where an entry has one line of tax for each that was taxed, in the same order, they are told together on the line
// that was taxed. Otherwise each tells its own part. So sums over a tax code are those of what was posted, and the tax is
// counted once.
import type { WrittenEntry } from './written-book.ts';
import { element, nested } from './xml-text.ts';

type Line = WrittenEntry['lines'][number];

interface LineTax {
  /** The element; empty where there is none. */
  readonly information: string;
  /** What the line is, where another tells of it. */
  readonly untold: Readonly<Record<string, unknown>>;
}

const NONE: LineTax = { information: '', untold: {} };

/** Of each line, in their order. */
export function saftTaxes(lines: readonly Line[]): readonly LineTax[] {
  const taxes = lines.map(() => NONE);
  if (!lines.some(({ details }) => details?.taxCode)) return taxes;
  for (const code of new Set(lines.map(({ details }) => details?.taxCode))) {
    if (!code) continue;
    const places = (part: string) =>
      [...lines.keys()].filter((at) => {
        const { details } = lines[at]!;
        return details?.taxCode === code && details.taxPart === part;
      });
    const [bases, own] = [places('base'), places('tax')];
    const together = bases.length === own.length;
    for (const [nth, at] of bases.entries()) {
      const tax = together ? lines[own[nth]!]!.amount : zeroOf(lines[at]!.amount);
      taxes[at] = { information: information(code, tax, lines[at]!.amount), untold: {} };
    }
    for (const at of own) {
      taxes[at] = together
        ? { information: '', untold: { taxCode: code, taxPart: 'tax' } }
        : { information: information(code, lines[at]!.amount, null), untold: {} };
    }
  }
  return taxes;
}

const zeroOf = (amount: string): string => amount.replace(/\d/g, '0').replace(/0+(?=0(\.|$))/, '');

/** @param tax debit positive. @param base of a line that was taxed: its amount stands without sign, on the side of the tax */
function information(code: string, tax: string, base: string | null): string {
  const side = tax.startsWith('-') ? 'CreditTaxAmount' : 'DebitTaxAmount';
  return nested(
    'TaxInformation',
    element('TaxType', 'MVA'),
    element('TaxCode', code),
    base === null ? '' : element('TaxBase', base.replace('-', '')),
    nested(side, element('Amount', tax.replace('-', ''))),
  );
}
