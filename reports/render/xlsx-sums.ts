// Which formula gives the sums of a sheet, found while its rows go by. A formula is written only if its exact result is
// the kept figure, all its cells are numbers on the same sheet, and a spreadsheet's doubles can't lose a minor unit on
// the way; otherwise the figure stands alone.
import { hasBalances, type ReportBody, type ReportRow } from '#reports/catalogue/report.ts';
import { isExact } from './xlsx-cells.ts';
import type { SheetColumn } from './xlsx-columns.ts';

/** Formulas of a row by column. */
export type Formulas = ReadonlyMap<string, string>;

interface Amount {
  readonly sum: bigint;
  /** What adding it up in doubles may lose grows with these two. */
  readonly weight: bigint;
  readonly terms: bigint;
  /** Whether the sheet holds all of it as numbers. */
  readonly exact: boolean;
}

/** Rows that are summed, one below the other; rows between them have no amounts. */
interface Run {
  readonly from: number;
  to: number;
  /** Costs, a row by itself that is taken off. */
  readonly deducted: boolean;
  readonly amounts: Map<string, Amount>;
}

/** What a sum will be drawn under: the rows below a heading, or those below none. */
interface Group {
  readonly level: number;
  readonly runs: Run[];
  /** Rows of others have come since the last run. */
  apart: boolean;
  /** All its rows are on this sheet. */
  whole: boolean;
  /** The side on which an account's balance grows. */
  readonly normal: 'debit' | 'credit' | null;
}

const NOTHING: Amount = { sum: 0n, weight: 0n, terms: 0n, exact: true };
const NONE: Formulas = new Map();
const MOST_ARGUMENTS = 250;
const MOST_LETTERS = 8_000;
/** A double has 53 bits, and half a minor unit is already too much. */
const SAFE_WEIGHT = 2n ** 52n;
const BALANCE = 'balance';

const newGroup = (level: number, normal: Group['normal'] = null): Group => ({
  ...{ level, normal, runs: [] },
  ...{ apart: false, whole: true },
});

export class SheetSums {
  readonly #body: ReportBody;
  readonly #columns: readonly SheetColumn[];
  readonly #groups: [Group, ...Group[]] = [newGroup(-1)];
  #part = 0;

  constructor(body: ReportBody, columns: readonly SheetColumn[]) {
    this.#body = body;
    this.#columns = columns.filter(({ kind }) => kind === 'amount');
  }

  /** To be called before the first row of another sheet: sums don't reach back. */
  turn(): void {
    for (const group of this.#groups) group.whole = false;
  }

  /** The formulas of the next row. @param at its number on the sheet. */
  next(row: ReportRow, at: number): Formulas {
    if (row.kind === 'heading') this.#open(row);
    else if (row.kind === 'line') this.#add(at, this.#amountsOf(row, NONE));
    else return this.#close(row, at);
    return NONE;
  }

  /** The heads of a journal's entries are no sections: its total is that of all lines. */
  #open(row: ReportRow): void {
    if (row.entry !== undefined) return;
    this.#sever();
    const normal = hasBalances(this.#body)
      ? (this.#body.parts?.[this.#part++]?.normal ?? null)
      : null;
    this.#groups.push(newGroup(row.level, normal));
  }

  #close(row: ReportRow, at: number): Formulas {
    while (this.#groups.at(-1)!.level > row.level) this.#groups.pop();
    const group = this.#groups.at(-1)!;
    const formulas = this.#formulasOf(group, row, at);
    if (group.level < 0) this.#groups[0] = newGroup(-1);
    else this.#groups.pop();
    if (row.kind === 'subtotal') {
      this.#add(at, this.#amountsOf(row, formulas, group), row.deducted === true);
    } else this.#sever();
    return formulas;
  }

  #formulasOf(group: Group, row: ReportRow, at: number): Formulas {
    const formulas = new Map<string, string>();
    if (!group.whole || group.runs.length === 0) return formulas;
    for (const { key, letter } of this.#columns) {
      const value = row.values[key];
      if (value === undefined || !isExact(value)) continue;
      const isBalance = key === BALANCE && hasBalances(this.#body);
      const formula = isBalance
        ? this.#balance(group, row, at)
        : this.#sum(group, key, letter, digitsOf(value));
      if (formula) formulas.set(key, formula);
    }
    return formulas;
  }

  #sum({ runs }: Group, key: string, letter: string, value: bigint): string | null {
    const total = runs
      .map((run) => signed(run.amounts.get(key) ?? NOTHING, run.deducted))
      .reduce(joined);
    if (!isSafe(total) || total.sum !== value) return null;
    if (runs.every(({ deducted }) => !deducted)) {
      return sumOf(runs.map(({ from, to }) => rangeOf(letter, from, to)));
    }
    const terms = runs.map(({ deducted, from, to }) => {
      const term = from === to ? `${letter}${from}` : `SUM(${rangeOf(letter, from, to)})`;
      return `${deducted ? '-' : '+'}${term}`;
    });
    const formula = terms.join('').replace(/^\+/, '');
    return formula.length <= MOST_LETTERS ? formula : null;
  }

  /** Opening and what came to it: the opening balance is the first row below its account. */
  #balance({ runs, normal }: Group, row: ReportRow, at: number): string | null {
    const first = runs[0]!;
    const opening = first.amounts.get(BALANCE);
    const [debit, credit] = [row.values.debit, row.values.credit];
    if (!normal || !opening || debit === undefined || credit === undefined) return null;
    const [into, out] = normal === 'debit' ? [debit, credit] : [credit, debit];
    const sum = opening.sum + digitsOf(into) - digitsOf(out);
    const moved = runs.map(({ amounts }) =>
      joined(amounts.get('debit') ?? NOTHING, amounts.get('credit') ?? NOTHING),
    );
    const all = moved.reduce(joined, opening);
    if (!isSafe(all) || sum !== digitsOf(row.values[BALANCE] ?? '')) return null;
    const letter = (key: string) => this.#columns.find((column) => column.key === key)!.letter;
    const [plus, minus] = normal === 'debit' ? ['debit', 'credit'] : ['credit', 'debit'];
    return `${letter(BALANCE)}${first.from}+${letter(plus)}${at}-${letter(minus)}${at}`;
  }

  /** Puts a row under the sum that comes next. */
  #add(at: number, amounts: Map<string, Amount>, deducted = false): void {
    const group = this.#groups.at(-1)!;
    const last = group.runs.at(-1);
    if (last && !group.apart && !deducted && !last.deducted) {
      last.to = at;
      for (const [key, amount] of amounts) {
        // Running balances are no terms: that of a run is its first one, the opening.
        if (key === BALANCE) continue;
        last.amounts.set(key, joined(last.amounts.get(key) ?? NOTHING, amount));
      }
    } else {
      group.runs.push({ from: at, to: at, deducted, amounts });
    }
    this.#sever();
    group.apart = false;
  }

  /** What comes next is no neighbour of what stands above. */
  #sever(): void {
    for (const group of this.#groups) group.apart = true;
  }

  /** @param group what the row sums up: a formula may lose as much as its terms together. */
  #amountsOf(row: ReportRow, formulas: Formulas, group?: Group): Map<string, Amount> {
    const amounts = new Map<string, Amount>();
    for (const { key } of this.#columns) {
      const value = row.values[key];
      if (value === undefined || value === '') continue;
      const sum = digitsOf(value);
      const own = { sum, weight: sum < 0n ? -sum : sum, terms: 1n, exact: isExact(value) };
      if (!formulas.has(key)) amounts.set(key, own);
      else {
        const terms = group!.runs.map((run) => run.amounts.get(key) ?? NOTHING).reduce(joined);
        amounts.set(key, { ...terms, sum });
      }
    }
    return amounts;
  }
}

/** An amount as a whole number of its own last decimal: what is summed has the same decimals. */
const digitsOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

const signed = (amount: Amount, deducted: boolean): Amount =>
  deducted ? { ...amount, sum: -amount.sum } : amount;

const joined = (a: Amount, b: Amount): Amount => ({
  sum: a.sum + b.sum,
  weight: a.weight + b.weight,
  terms: a.terms + b.terms,
  exact: a.exact && b.exact,
});

const isSafe = ({ weight, terms, exact }: Amount): boolean =>
  exact && weight * (terms + 1n) < SAFE_WEIGHT;

const rangeOf = (letter: string, from: number, to: number): string =>
  from === to ? `${letter}${from}` : `${letter}${from}:${letter}${to}`;

/** A function takes so many arguments and no more: sums of sums take more. */
function sumOf(ranges: readonly string[]): string | null {
  let terms = ranges;
  while (terms.length > MOST_ARGUMENTS) {
    const parts = Math.ceil(terms.length / MOST_ARGUMENTS);
    const all = terms;
    terms = Array.from({ length: parts }, (_, part) => {
      const own = all.slice(part * MOST_ARGUMENTS, (part + 1) * MOST_ARGUMENTS);
      return `SUM(${own.join(',')})`;
    });
  }
  const formula = `SUM(${terms.join(',')})`;
  return formula.length <= MOST_LETTERS ? formula : null;
}
