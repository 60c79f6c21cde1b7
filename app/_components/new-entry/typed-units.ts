// Amounts in another unit as people type them in the book's locale: `100 USD`, `100 usd @ 0.92` for one, `12.5 VHT @@ 1000`
// in all. Pure.
import {
  type Decimal,
  negated,
  plainDecimal,
  roundedUnits,
  signedLike,
  times,
} from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type DecimalSign, readDecimalFigure } from '#ledger/domain/read-figure.ts';
import { decimalsOf } from '#ledger/domain/unit.ts';
import { amountText } from '../amount.tsx';

export interface TypedUnits {
  readonly unit: string;
  /** Negative where it was typed so. */
  readonly quantity: Decimal;
  /** What one is worth in the base currency (`@`), or all (`@@`); null: the book's rate decides. */
  readonly price: { readonly of: 'each' | 'all'; readonly value: Decimal } | null;
}

/** What units are read with. */
export interface UnitFacts {
  /** Commodities that the book defined, with their decimals; currencies of ISO 4217 are known. */
  readonly units: ReadonlyMap<string, number>;
  readonly exponent: number;
  readonly sign: DecimalSign;
  readonly locale: string;
}

const SHAPE =
  /^([-+]?[\d.,'’\s\u00a0\u202f]+?)\s*([\p{L}\p{Sc}][\p{L}\p{Sc}\p{N}.'_-]*)\s*(?:(@@?)\s*([^@]+))?$/u;

/** Whether a text names a unit or a price: then it is no plain figure. */
export const namesUnit = (text: string): boolean => /[\p{L}\p{Sc}@]/u.test(text);

/** @returns null when the text can't be read, or its unit has fewer decimals */
export function readTypedUnits(text: string, facts: UnitFacts): TypedUnits | null {
  const [, figure = '', name = '', sign, priceText = ''] =
    SHAPE.exec(text.trim().replaceAll('−', '-')) ?? [];
  const unit = facts.units.has(name) ? name : name.toUpperCase();
  const decimals = decimalsOf(unit, facts.units);
  const quantity = readDecimalFigure(figure, facts.sign);
  if (decimals === null || quantity === null || quantity.scale > decimals) return null;
  if (!sign) return { unit, quantity, price: null };
  const value = readDecimalFigure(priceText, facts.sign);
  if (value === null || value.digits <= 0n) return null;
  if (sign === '@@' && value.scale > facts.exponent) return null;
  return { unit, quantity, price: { of: sign === '@' ? 'each' : 'all', value } };
}

/** Minor units of the base currency; null where the book's rate decides. */
export function worthOf({ price, quantity }: TypedUnits, exponent: number): bigint | null {
  if (price === null) return null;
  const value = price.of === 'all' ? price.value : times(price.value, quantity);
  return roundedUnits(signedLike(value, quantity), exponent);
}

/** As it stands in a field, without its sign. */
export function shownUnits({ price, quantity, unit }: TypedUnits, facts: UnitFacts): string {
  const style = { locale: facts.locale, negatives: 'minus' } as const;
  const written = (value: Decimal, least: number) => {
    const size = value.digits < 0n ? negated(value) : value;
    const scale = Math.max(size.scale, least);
    return amountText(decimalText(size.digits * 10n ** BigInt(scale - size.scale), scale), style);
  };
  const own = `${written(quantity, decimalsOf(unit, facts.units) ?? 0)} ${unit}`;
  if (price === null) return own;
  return price.of === 'all'
    ? `${own} @@ ${written(price.value, facts.exponent)}`
    : `${own} @ ${written(price.value, 0)}`;
}

/** The fields of a command's line, the quantity without its sign. */
export function unitFields({ price, quantity, unit }: TypedUnits, facts: UnitFacts) {
  const amount = plainDecimal(quantity.digits < 0n ? negated(quantity) : quantity);
  if (price === null) return { amount, unit };
  return price.of === 'each'
    ? { amount, unit, rate: plainDecimal(price.value) }
    : {
        amount,
        unit,
        baseAmount: decimalText(roundedUnits(price.value, facts.exponent), facts.exponent),
      };
}
