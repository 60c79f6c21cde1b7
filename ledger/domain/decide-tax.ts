// Tax on lines: a line that names a tax code is what was taxed, and the tax becomes a line of its own, at the rate of the
// entry's day. An amount that includes its tax is parted first. Tax is rounded per line, half away from zero, as invoices
// show it; what was taxed and the tax add up to the gross amount.
import type { CalendarDate } from './calendar.ts';
import { type AskedLine, type LineFacts, readAmount } from './decide-line.ts';
import { type Decimal, plainDecimal, roundedQuotient, roundedUnits } from './decimal.ts';
import { decimalText } from './money.ts';
import type { Refusal } from './refusals.ts';
import { decimalsOf } from './unit.ts';

/**
 * The lines with those of their taxes at the end, so that the asked ones keep their places. A line that says which part
 * it is (`taxPart`) was worked out by whoever wrote it, and stays as it is.
 */
export function withTaxLines(
  lines: readonly AskedLine[],
  date: CalendarDate,
  facts: LineFacts,
): readonly AskedLine[] | Refusal {
  const asked: AskedLine[] = [];
  const taxes: AskedLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (!line.taxCode || line.taxPart) {
      asked.push(line);
      continue;
    }
    const parted = partTax(line, line.taxCode, index, date, facts);
    if ('code' in parted) return parted;
    asked.push(parted.base);
    if (parted.tax) taxes.push(parted.tax);
  }
  return [...asked, ...taxes];
}

interface Parted {
  readonly base: AskedLine;
  /** Null where the tax is nothing. */
  readonly tax: AskedLine | null;
}

function partTax(
  line: AskedLine,
  taxCode: string,
  index: number,
  date: CalendarDate,
  facts: LineFacts,
): Parted | Refusal {
  const field = `lines.${index}.taxCode`;
  const found = facts.taxOn(taxCode, date);
  if (!found) return { code: 'tax-code-unknown', field, taxCode };
  if (!found.rate) return { code: 'tax-rate-missing', field, taxCode, date };
  if (line.baseAmount !== undefined) return { code: 'tax-with-base-amount', field };
  const unit = line.unit ?? facts.base;
  const decimals = unit === facts.base ? facts.exponent : decimalsOf(unit, facts.units);
  if (decimals === null) return { code: 'unit-unknown', field: `lines.${index}.unit`, unit };
  const amount = readAmount(line.amount, decimals);
  if (typeof amount !== 'bigint') return { ...amount, field: `lines.${index}.amount` };
  const tax = taxIn(amount, found.rate, line.taxFrom === 'gross');
  const net = line.taxFrom === 'gross' ? amount - tax : amount;
  if (net === 0n)
    return { code: 'amount-worthless', field: `lines.${index}.amount`, amount: line.amount };
  const { dimensions, rate, side } = line;
  return {
    base: { ...line, amount: decimalText(net, decimals), taxPart: 'base' },
    tax:
      tax === 0n
        ? null
        : {
            ...{ account: found.account, side, dimensions, rate, unit: line.unit },
            ...{
              amount: decimalText(tax, decimals),
              memo: `${taxCode} ${plainDecimal(found.rate)} %`,
            },
            ...{ taxCode, taxPart: 'tax' },
          },
  };
}

/** The tax on a net amount, or in a gross one, in its own decimals. */
function taxIn(amount: bigint, rate: Decimal, isGross: boolean): bigint {
  if (!isGross) {
    return roundedUnits({ digits: amount * rate.digits, scale: rate.scale + 2 }, 0);
  }
  const hundred = 100n * 10n ** BigInt(rate.scale);
  return amount - roundedQuotient(amount * hundred, hundred + rate.digits);
}
