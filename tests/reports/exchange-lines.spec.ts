// What of an entry's gains and losses is of cash: no more than cash itself moved, and never what debtors gained beside it.
import { expect, it } from 'vitest';
import { exchangeLines } from '#reports/catalogue/exchange-lines.ts';

type Line = readonly [account: number, amount: bigint, revalued?: 'revalued'];

const [BANK, TILL, DEBTORS, GAINS, LOSSES] = [1, 2, 3, 4, 5] as const;

it.each<readonly [string, readonly Line[], readonly (readonly [number, bigint])[]]>([
  [
    'cash rises',
    [
      [BANK, 50n, 'revalued'],
      [GAINS, -50n],
    ],
    [[GAINS, -50n]],
  ],
  [
    'cash falls',
    [
      [BANK, -50n, 'revalued'],
      [LOSSES, 50n],
    ],
    [[LOSSES, 50n]],
  ],
  [
    'debtors rise beside it',
    [
      [BANK, 50n, 'revalued'],
      [DEBTORS, 30n, 'revalued'],
      [GAINS, -80n],
    ],
    [[GAINS, -50n]],
  ],
  [
    'debtors rise as it falls',
    [
      [BANK, -50n, 'revalued'],
      [DEBTORS, 30n, 'revalued'],
      [GAINS, -30n],
      [LOSSES, 50n],
    ],
    [[LOSSES, 50n]],
  ],
  [
    'one rises as the other falls',
    [
      [BANK, 50n, 'revalued'],
      [TILL, -20n, 'revalued'],
      [GAINS, -50n],
      [LOSSES, 20n],
    ],
    [
      [GAINS, -50n],
      [LOSSES, 20n],
    ],
  ],
  [
    'gains and losses on one account',
    [
      [BANK, 50n, 'revalued'],
      [DEBTORS, -30n, 'revalued'],
      [GAINS, -50n],
      [GAINS, 30n],
    ],
    [[GAINS, -50n]],
  ],
  [
    'something is received besides',
    [
      [BANK, 50n, 'revalued'],
      [TILL, 100n],
      [GAINS, -150n],
    ],
    [[GAINS, -50n]],
  ],
  [
    'two accounts gain, in proportion',
    [
      [BANK, 50n, 'revalued'],
      [DEBTORS, 50n, 'revalued'],
      [GAINS, -75n],
      [LOSSES, -25n],
    ],
    [
      [GAINS, -37n],
      [LOSSES, -13n],
    ],
  ],
  [
    'less was gained than cash rose by',
    [
      [BANK, 50n, 'revalued'],
      [TILL, -40n],
      [GAINS, -10n],
    ],
    [[GAINS, -10n]],
  ],
  [
    'nothing else was moved',
    [
      [BANK, 50n, 'revalued'],
      [TILL, -50n],
    ],
    [],
  ],
  [
    'cash isn’t revalued',
    [
      [BANK, 50n],
      [DEBTORS, 30n, 'revalued'],
      [GAINS, -80n],
    ],
    [],
  ],
])('%s', (_, lines, gained) => {
  const all = lines.map(([account, amount, revalued]) => {
    return { account, amount, revalued: revalued !== undefined };
  });
  const isCash = ({ account }: { account: number }) => account <= TILL;
  const found = exchangeLines(
    all.filter(isCash),
    all.filter((line) => !isCash(line)),
  );
  expect(found.map(({ account, amount }) => [account, amount])).toEqual(gained);
});
