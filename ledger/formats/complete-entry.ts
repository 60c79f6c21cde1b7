// An entry as a file wrote it, completed: the posting without an amount takes what brings every unit to zero, and where
// two units stand against each other without a price, one is priced by the other (hledger, Ledger).
import type { AskedDetails } from '#ledger/domain/decide-details.ts';
import { type Decimal, exactUnits, negated, plus, roundedUnits } from '#ledger/domain/decimal.ts';
import type { MinorUnits } from '#ledger/domain/money.ts';
import { type Price, sumsOf, type UnvaluedLine, weightOf } from '#ledger/domain/value-lines.ts';
import type { AmountFault } from './journal-amount.ts';
import type { SourcePosting } from './source-item.ts';

/** A posting as it was read; without a quantity it takes the rest. */
export interface DraftPosting {
  readonly line: number;
  readonly account: string;
  readonly quantity: Decimal | null;
  readonly unit: string;
  readonly price: Price | null;
  readonly memo: string;
  readonly details?: AskedDetails;
}

export interface Completion {
  /** The base currency and its decimals. */
  readonly currency: string;
  readonly exponent: number;
  /** Whether one unit may be priced by another that it stands against. */
  readonly infer: boolean;
}

export interface CompletedPosting extends SourcePosting {
  /** Which draft it comes from, 0-based. */
  readonly nth: number;
}

/** @returns the postings, or why the entry can't be completed */
export function completeEntry(
  drafts: readonly DraftPosting[],
  how: Completion,
): CompletedPosting[] | AmountFault {
  const elided = drafts.filter(({ quantity }) => quantity === null).length;
  if (elided > 1) {
    return { code: 'two-elided', message: 'Two postings have no amount; one may have none.' };
  }
  if (drafts.length < 2) {
    const message = 'The entry has one posting; it needs two or more.';
    return { code: 'too-few-lines', message };
  }
  const inUnits = drafts.some(({ price, unit }) => price !== null || unit !== how.currency);
  if (!inUnits) return completeBase(drafts, how);
  const filled = fillElided(drafts, how);
  const lines = filled.map(({ unit, quantity, price }) => ({
    ...{ unit, quantity },
    price: unit === how.currency ? null : price,
  }));
  // A price on the base currency says what the other unit is worth.
  const infer = how.infer || lines.some(({ price }, at) => price !== filled[at]!.price);
  const sums = sumsOf(lines.map((line) => weightOf(line, how.currency)));
  const priced = infer ? (inferPrices(lines, sums, how) ?? lines) : lines;
  return filled.map((draft, at) => posting(draft, priced[at]!, how));
}

interface Filled extends DraftPosting {
  readonly nth: number;
  readonly quantity: Decimal;
}

/** The posting without a quantity as one for each unit that is left over. */
function fillElided(drafts: readonly DraftPosting[], how: Completion): Filled[] {
  const known = drafts.flatMap(({ price, quantity, unit }) =>
    quantity === null ? [] : [weightOf({ unit, quantity, price }, '')],
  );
  const sums = [...sumsOf(known)];
  return drafts.flatMap((draft, nth): Filled[] => {
    const { quantity, ...own } = draft;
    if (quantity !== null) return [{ ...own, nth, quantity }];
    if (sums.length === 0) return [{ ...own, nth, quantity: { digits: 0n, scale: 0 } }];
    return sums.map(([unit, sum]) => ({
      ...{ ...own, nth, unit, price: null },
      quantity: negated(rounded(sum, unit, how)),
    }));
  });
}

function completeBase(
  drafts: readonly DraftPosting[],
  { exponent }: Completion,
): CompletedPosting[] {
  const amounts = drafts.map(({ quantity }) => quantity && exactUnits(quantity, exponent)!);
  const sum = amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);
  return drafts.map(({ account, details, line, memo }, nth) => ({
    ...{ line, account, memo, nth },
    ...(details && { details }),
    amount: (amounts[nth] ?? -sum) as MinorUnits,
  }));
}

/** A rest in the base currency has its decimals: prices may leave more. */
const rounded = (sum: Decimal, unit: string, { currency, exponent }: Completion): Decimal =>
  unit === currency ? { digits: roundedUnits(sum, exponent), scale: exponent } : sum;

function posting(
  { account, details, line, memo, nth }: Filled,
  { price, quantity, unit }: UnvaluedLine,
  { currency, exponent }: Completion,
): CompletedPosting {
  const amount = (unit === currency ? exactUnits(quantity, exponent)! : 0n) as MinorUnits;
  const own = { line, account, amount, memo, nth, ...(details && { details }) };
  return unit === currency ? own : { ...own, units: { unit, quantity, price } };
}

/**
 * The lines with a price for those of one unit, where exactly two units are left over on opposite sides: the base
 * currency prices the other; without it the second prices the first.
 */
function inferPrices(
  lines: readonly UnvaluedLine[],
  sums: ReadonlyMap<string, Decimal>,
  { currency, exponent }: Completion,
): UnvaluedLine[] | null {
  const [first, second] = [...sums.keys()];
  if (sums.size !== 2 || first === undefined || second === undefined) return null;
  const [priced, by] = first === currency ? [second, first] : [first, second];
  const [sum, worth] = [sums.get(priced)!, sums.get(by)!];
  if (sum.digits > 0n === worth.digits > 0n) return null;
  const shares = lines.map(({ price, unit }) => price === null && unit === priced);
  const last = shares.lastIndexOf(true);
  const target = negated(worth);
  let left = target;
  return lines.map((line, at) => {
    if (!shares[at]) return line;
    const value = at === last ? left : shareOf(target, line.quantity, sum, exponent);
    left = plus(left, negated(value));
    return { ...line, price: { of: 'all', unit: by, value: magnitude(value) } };
  });
}

const magnitude = (value: Decimal): Decimal => (value.digits < 0n ? negated(value) : value);

/** `worth · part / whole`, in the decimals of `worth` or of the base currency, towards zero. */
function shareOf(worth: Decimal, part: Decimal, whole: Decimal, exponent: number): Decimal {
  const [scale, common] = [Math.max(worth.scale, exponent), Math.max(part.scale, whole.scale)];
  const [above, below] = [exactUnits(part, common)!, exactUnits(whole, common)!];
  return { digits: (exactUnits(worth, scale)! * above) / below, scale };
}
