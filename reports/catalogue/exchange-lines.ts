// What of an entry the rates of currencies alone made of cash (IAS 7.28): lines that carry a currency and move none of it, as
// a revaluation and its reversal post them (`ledger/domain/revalue.ts`), and the gains and losses that stand against them.
import { type Moved, sharesOf, sumOf } from './paid-lines.ts';

/** A line of an entry as sums take it. */
export interface SummedLine extends Moved {
  /** It carries a unit and moves none of it. */
  readonly revalued: boolean;
}

/**
 * What other accounts gained and lost on cash: credits stand against what cash rose by, debits against what it fell by, so that
 * debtors revalued by the same entry keep their part of both.
 * @param cash lines of cash accounts @param others all other lines
 * @returns of what stands against cash as much as cash moved; nothing of lines that are revalued themselves
 */
export function exchangeLines(cash: readonly SummedLine[], others: readonly SummedLine[]): Moved[] {
  const revalued = cash.filter((line) => line.revalued);
  return [true, false].flatMap((rise) => {
    const moved = -sumOf(revalued.filter(({ amount }) => amount > 0n === rise));
    if (moved === 0n) return [];
    const against = others.filter((line) => !line.revalued && line.amount < 0n === rise);
    const whole = sumOf(against);
    if (whole === 0n) return [];
    const isCovered = rise ? moved >= whole : moved <= whole;
    return sharesOf(against, isCovered ? moved : whole);
  });
}
