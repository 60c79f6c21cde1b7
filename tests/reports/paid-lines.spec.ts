// What of an entry was received or paid: only what cash stands for.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Moved, paidLines } from '#reports/catalogue/paid-lines.ts';

const lines = (...amounts: readonly bigint[]): Moved[] =>
  amounts.map((amount, account) => ({ account, amount }));
const amountsOf = (moved: readonly Moved[]) =>
  moved.map(({ account, amount }) => [account, amount]);

it.each([
  [
    'a sale with tax',
    [-100n, -25n],
    [
      [0, -100n],
      [1, -25n],
    ],
  ],
  [
    'a sale with cost of goods',
    [-100n, -25n, 60n, -60n],
    [
      [0, -100n],
      [1, -25n],
    ],
  ],
  ['two goods of one cost', [-100n, 60n, -60n, 60n, -60n], [[0, -100n]]],
  ['a reverse charge', [100n, 25n, -25n], [[0, 100n]]],
  ['a machine, half of it on credit', [300n, -150n], [[0, 150n]]],
  [
    'wages with tax withheld',
    [5_000n, 500n, -1_100n],
    [
      [0, 4_000n],
      [1, 400n],
    ],
  ],
  ['a discount', [100n, -2n], [[0, 98n]]],
  ['a receipt less fee', [-100n, 3n], [[0, -97n]]],
  [
    'an amount that stands twice on one side is shared',
    [150n, 150n, -150n],
    [
      [0, 75n],
      [1, 75n],
    ],
  ],
  ['a transfer', [], []],
  ['nothing paid', [100n, -100n], []],
])('%s', (_, amounts, counted) => {
  expect(amountsOf(paidLines(lines(...amounts)))).toEqual(counted);
});

it('takes lines of one account together', () => {
  const two = [
    { account: 7, amount: 40n },
    { account: 8, amount: -60n },
    { account: 7, amount: 20n },
    { account: 9, amount: -10n },
  ];
  expect(amountsOf(paidLines(two))).toEqual([[9, -10n]]);
});

it('comes to what cash changed, all on one side, no line with more than it has', () => {
  const line = fc.record({ account: fc.nat(6), amount: fc.bigInt(-30n, 30n) });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 9 }), (others) => {
      const sum = (of: readonly Moved[]) => of.reduce((all, { amount }) => all + amount, 0n);
      const counted = paidLines(others);
      expect(sum(counted)).toBe(sum(others));
      for (const { account, amount } of counted) {
        const own = sum(others.filter((other) => other.account === account));
        expect(amount > 0n).toBe(sum(others) > 0n);
        expect(amount > 0n ? amount <= own : amount >= own).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
