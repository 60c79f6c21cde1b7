// What lines in several units are worth, by hand and for any lines.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decimal, parseDecimal, plainDecimal, roundedUnits } from '#ledger/domain/decimal.ts';
import {
  type Price,
  type UnvaluedLine,
  type ValueFacts,
  valueLines,
} from '#ledger/domain/value-lines.ts';

const decimal = (text: string): Decimal => parseDecimal(text)!;
const line = (quantity: string, unit: string, price: string | null = null): UnvaluedLine => {
  const [, sign, value, of] = /^(@@?) (\S+) (\S+)$/.exec(price ?? '') ?? [];
  const read: Price | null = sign
    ? { of: sign === '@' ? 'each' : 'all', unit: of!, value: decimal(value!) }
    : null;
  return { unit, quantity: decimal(quantity), price: read };
};
const facts = (rates: Readonly<Record<string, string>> = {}): ValueFacts => ({
  base: 'EUR',
  exponent: 2,
  units: new Map([
    ['VHT', 3],
    ['HOUR', 2],
  ]),
  rateOf: (unit) => (rates[unit] === undefined ? null : decimal(rates[unit])),
});
const worth = (lines: readonly UnvaluedLine[], rates?: Readonly<Record<string, string>>) => {
  const valued = valueLines(lines, facts(rates));
  return 'code' in valued
    ? valued
    : { amounts: valued.lines.map(({ amount }) => amount), residue: valued.residue };
};

describe('the base amount of a line', () => {
  test('is quantity times rate, half a cent away from zero', () => {
    expect(worth([line('10.05', 'USD', '@ 0.9 EUR'), line('-9.05', 'EUR')])).toEqual({
      amounts: [905n, -905n],
      residue: 0n,
    });
    expect(worth([line('-10.05', 'USD', '@ 0.9 EUR'), line('9.05', 'EUR')])).toEqual({
      amounts: [-905n, 905n],
      residue: 0n,
    });
  });

  test('is the total where a total is given, whatever its sign', () => {
    const lines = [line('-3', 'VHT', '@@ 100.01 EUR'), line('100.01', 'EUR')];
    expect(worth(lines)).toEqual({ amounts: [-10_001n, 10_001n], residue: 0n });
  });

  test('comes from the book’s rate where the line gives none', () => {
    const lines = [line('100', 'USD'), line('-92.34', 'EUR')];
    expect(worth(lines, { USD: '0.9234' })).toEqual({ amounts: [9234n, -9234n], residue: 0n });
  });

  test('of a price in another unit is that unit’s', () => {
    const lines = [line('2', 'VHT', '@ 50 USD'), line('-100', 'USD')];
    expect(worth(lines, { USD: '0.9' })).toEqual({ amounts: [9000n, -9000n], residue: 0n });
  });

  test('balances where the rounded amounts do, whatever the exact ones are off by', () => {
    const lines = [
      line('1.51', 'USD', '@ 0.5 EUR'),
      line('-1.01', 'USD', '@ 0.5 EUR'),
      line('-0.25', 'EUR'),
    ];
    expect(worth(lines)).toEqual({ amounts: [76n, -51n, -25n], residue: 0n });
    const off = [line('1.51', 'USD', '@ 0.5 EUR'), line('0.51', 'USD', '@ 0.5 EUR')];
    expect(worth([...off, line('-1.02', 'EUR')])).toEqual({
      amounts: [76n, 26n, -102n],
      residue: 0n,
    });
  });

  test('leaves over what rounding of single lines does', () => {
    const third = line('0.33', 'USD', '@ 0.5 EUR');
    expect(worth([third, third, third, line('-0.99', 'USD', '@ 0.5 EUR')])).toEqual({
      amounts: [17n, 17n, 17n, -50n],
      residue: 1n,
    });
  });
});

describe('a unit without a rate', () => {
  test('has no base amount and balances by itself', () => {
    expect(worth([line('8', 'HOUR'), line('-8', 'HOUR')])).toEqual({
      amounts: [0n, 0n],
      residue: 0n,
    });
    expect(worth([line('8', 'HOUR'), line('-7', 'HOUR')])).toMatchObject({
      code: 'unit-out-of-balance',
      unit: 'HOUR',
      difference: '1',
    });
  });

  test('balances in the unit that it was priced at', () => {
    const valued = valueLines([line('2', 'VHT', '@ 1.5 HOUR'), line('-3', 'HOUR')], facts());
    expect(valued).toMatchObject({
      residue: 0n,
      lines: [
        { units: { unit: 'VHT', quantity: 2000n, cost: { unit: 'HOUR', quantity: 300n } } },
        { units: { unit: 'HOUR', quantity: 300n, cost: null } },
      ],
    });
  });
});

describe('refuses', () => {
  test('a unit that nobody knows', () => {
    expect(worth([line('1', 'XYZ'), line('-1', 'XYZ')])).toEqual({
      code: 'unit-unknown',
      at: 0,
      unit: 'XYZ',
    });
  });
  test('more decimals than the unit has', () => {
    expect(worth([line('1', 'EUR'), line('-1.001', 'USD', '@ 1 EUR')])).toMatchObject({
      code: 'amount-too-many-decimals',
      at: 1,
      decimals: 2,
    });
  });
  test('what comes to nothing', () => {
    expect(worth([line('0.01', 'USD', '@ 0.1 EUR'), line('-0.01', 'EUR')])).toMatchObject({
      code: 'amount-worthless',
      at: 0,
    });
  });
  test('a difference that rounding doesn’t explain', () => {
    expect(worth([line('100', 'USD', '@ 0.92 EUR'), line('-92.01', 'EUR')])).toEqual({
      code: 'out-of-balance',
      difference: -1n,
    });
  });
});

const amounts = fc
  .bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
  .filter((digits) => digits !== 0n);
const rates = fc.record({
  digits: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  scale: fc.integer({ min: 0, max: 6 }),
});

test('any lines in one unit at one rate: what they are worth, less the residue, is zero, and a cent a line at most', () => {
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 1, maxLength: 20 }), rates, (list, rate) => {
      const total = list.reduce((sum, digits) => sum + digits, 0n);
      const lines = [...list, -total].map(
        (digits): UnvaluedLine => ({
          unit: 'USD',
          quantity: { digits, scale: 2 },
          price: { of: 'each', unit: 'EUR', value: rate },
        }),
      );
      const valued = valueLines(lines, facts());
      if ('code' in valued) return valued.code === 'amount-worthless';
      const sum = valued.lines.reduce((all, { amount }) => all + amount, 0n);
      const most = BigInt(lines.length);
      return sum === valued.residue && sum <= most && sum >= -most;
    }),
  );
});

test('a decimal reads back as it is written, and rounding is off by half a unit at most', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: 9 }), (digits, scale) => {
      const text = plainDecimal({ digits, scale });
      expect(plainDecimal(parseDecimal(text)!)).toBe(text);
      const off = roundedUnits({ digits, scale }, 2) * 10n ** BigInt(Math.max(0, scale - 2));
      const exact = scale < 2 ? digits * 10n ** BigInt(2 - scale) : digits;
      const difference = (off - exact) * 2n;
      const unit = 10n ** BigInt(Math.max(0, scale - 2));
      return difference <= unit && difference >= -unit;
    }),
  );
});
