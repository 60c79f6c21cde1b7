// The budget's grid as it is typed and pasted.
import { expect, test } from 'vitest';
import {
  changedAmounts,
  type GridRow,
  pastedCells,
  stillToKeep,
  sumOf,
} from '#app/_components/budget/typed-budget.ts';

const row = (account: string, kept: Record<string, string>, dimensions = {}): GridRow => ({
  ...{ account, name: account, type: 'income', dimensions, kept },
});
const ROWS = [
  row('4000', { '2026-01': '10050' }),
  row('4000', {}, { centre: 'north' }),
  row('4100', {}),
];
const FACTS = { months: ['2026-01', '2026-02', '2026-03'], exponent: 2, sign: '.' as const };

test('what was typed and is what the book has is not sent', () => {
  const typed = {
    '4000/2026-01': '100.50',
    '4000/2026-02': '1,200',
    '4000 centre:north/2026-03': '(5)',
  };
  expect(changedAmounts(ROWS, typed, FACTS)).toEqual([
    { account: '4000', dimensions: {}, month: '2026-02', amount: '1200.00' },
    { account: '4000', dimensions: { centre: 'north' }, month: '2026-03', amount: '-5.00' },
  ]);
});

test('an emptied cell is zero; one that can’t be read holds everything back', () => {
  expect(changedAmounts(ROWS, { '4000/2026-01': '' }, FACTS)).toMatchObject([{ amount: '0.00' }]);
  expect(changedAmounts(ROWS, { '4000/2026-01': 'ten' }, FACTS)).toBeNull();
});

test('cells are pasted to the right and down, and what lies outside is left out', () => {
  const typed = pastedCells('1\t2\t3\n4\t5\r\n', ROWS, { row: 1, month: 1 }, FACTS);
  expect(typed).toEqual({
    ...{ '4000 centre:north/2026-02': '1', '4000 centre:north/2026-03': '2' },
    ...{ '4100/2026-02': '4', '4100/2026-03': '5' },
  });
  expect(sumOf(ROWS, FACTS.months, typed, FACTS)).toBe(10_050n + 1_200n);
});

test('what the book has by now is no longer typed', () => {
  const typed = { '4000/2026-01': '100.50', '4000/2026-02': 'x', '4100/2026-01': '7' };
  const left = { '4000/2026-02': 'x', '4100/2026-01': '7' };
  expect(stillToKeep(ROWS, typed, FACTS)).toEqual(left);
});
