// The units and rates that a file's entries are valued by: those of the book, and those that the file itself brings. A
// file is read through once for them before its first entry in another unit is staged, since either may come later in it.
import type pg from 'pg';
import type { Account } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { type Decimal, parseDecimal, plainDecimal } from '#ledger/domain/decimal.ts';
import type { RecordedRate } from '#ledger/domain/events.ts';
import { decimalsOf, MOST_DECIMALS } from '#ledger/domain/unit.ts';
import { type Valued, type ValueFault, valueLines } from '#ledger/domain/value-lines.ts';
import type { SourceEntry, SourceItem, SourceRate } from '#ledger/formats/source-item.ts';
import type { NewUnit } from './define-unit.ts';
import { definedUnits } from './define-unit.ts';

interface Day {
  readonly date: CalendarDate;
  readonly rate: Decimal;
}

export interface UnitIssue {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** Whether an item can only be taken once the whole file's units are known. */
export const concernsUnits = (item: SourceItem): boolean =>
  item.type === 'rate' || item.type === 'unit' || (item.type === 'entry' && inUnits(item));

/** Whether some of an entry's lines are in another unit than the base currency. */
export const inUnits = ({ postings }: SourceEntry): boolean =>
  postings.some(({ units }) => units !== undefined);

export class ImportUnits {
  readonly #base: string;
  readonly #exponent: number;
  readonly #defined: ReadonlyMap<string, number>;
  readonly roundingAccount: Account | null;
  /** Decimals and first line of units that neither the book nor ISO 4217 knows. */
  readonly #fresh = new Map<string, { decimals: number; line: number }>();
  /** Units on which a line stands or which have a rate; others are only declared. */
  readonly #used = new Set<string>();
  readonly #days = new Map<string, Day[]>();
  readonly #rates: RecordedRate[] = [];
  #strange = 0;

  private constructor(
    base: { readonly currency: string; readonly exponent: number },
    defined: ReadonlyMap<string, number>,
    roundingAccount: Account | null,
  ) {
    this.#base = base.currency;
    this.#exponent = base.exponent;
    this.#defined = defined;
    this.roundingAccount = roundingAccount;
  }

  /** What the book knows, its rates included. */
  static async of(
    client: pg.ClientBase,
    book: number,
    base: { readonly currency: string; readonly exponent: number },
  ): Promise<ImportUnits> {
    const rounding = await client.query<Account>(
      `select a.id, a.code, a.name, a.path, a.type, a.closed, a.controls, a.cash_flow as "cashFlow", a.tags
       from books b join accounts a on a.id = b.rounding_account_id where b.id = $1`,
      [book],
    );
    const defined = await definedUnits(client, book);
    const units = new ImportUnits(base, defined, rounding.rows[0] ?? null);
    const rates = await client.query<{ unit: string; date: CalendarDate; rate: string }>(
      'select unit, day::text as date, rate::text as rate from rates where book_id = $1 order by day',
      [book],
    );
    for (const { unit, date, rate } of rates.rows) units.#day(unit, date, parseDecimal(rate)!);
    return units;
  }

  /** Takes note of the units and rates of an item, before anything is staged. */
  scan(item: SourceItem): void {
    if (item.type === 'unit') this.#meet(item.code, item.decimals, item.line, false);
    else if (item.type === 'rate') this.#rate(item);
    else if (item.type === 'entry') {
      for (const { line, units } of item.postings) {
        if (!units) continue;
        this.#meet(units.unit, units.quantity.scale, line, true);
        if (units.price) this.#meet(units.price.unit, 0, line, true);
      }
    }
  }

  /** What is wrong with what was scanned, and what to tell about it. */
  verdict(): { readonly issues: UnitIssue[]; readonly notes: string[] } {
    for (const days of this.#days.values()) days.sort((a, b) => (a.date < b.date ? -1 : 1));
    const issues = [...this.#fresh]
      .filter(([unit, { decimals }]) => this.#used.has(unit) && decimals > MOST_DECIMALS)
      .map(([unit, { decimals, line }]) => ({
        line,
        code: 'unit-too-fine',
        message: `${unit} is written with ${decimals} decimals; a unit has ${MOST_DECIMALS} at most.`,
      }));
    const notes =
      this.#strange > 0
        ? [
            `${this.#strange} prices are not in ${this.#base} and are left out: rates are in the book’s currency.`,
          ]
        : [];
    return { issues, notes };
  }

  /** Values an entry's lines; those in the base currency go along. */
  value({ date, postings }: SourceEntry): Valued | ValueFault {
    const fresh = [...this.#fresh].map(([unit, { decimals }]) => [unit, decimals] as const);
    return valueLines(
      postings.map(({ amount, units }) => {
        const quantity = { digits: amount as bigint, scale: this.#exponent };
        return units ?? { unit: this.#base, quantity, price: null };
      }),
      {
        base: this.#base,
        exponent: this.#exponent,
        units: new Map([...this.#defined, ...fresh]),
        rateOf: (unit) => this.#days.get(unit)?.findLast((day) => day.date <= date)?.rate ?? null,
      },
    );
  }

  /** Decimals of a unit, of the base currency too. */
  decimals(unit: string): number {
    if (unit === this.#base) return this.#exponent;
    return decimalsOf(unit, this.#defined) ?? this.#fresh.get(unit)?.decimals ?? 0;
  }

  /** Units that the import defines. */
  fresh(): NewUnit[] {
    return [...this.#fresh]
      .filter(([code]) => this.#used.has(code))
      .map(([code, { decimals }]) => ({ code, decimals, name: '' }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  /** Rates that the import records. */
  rates(): readonly RecordedRate[] {
    return this.#rates;
  }

  #meet(unit: string, decimals: number, line: number, used: boolean): void {
    if (unit === this.#base) return;
    if (used) this.#used.add(unit);
    if (decimalsOf(unit, this.#defined) !== null) return;
    const known = this.#fresh.get(unit);
    this.#fresh.set(unit, {
      decimals: Math.max(known?.decimals ?? 0, decimals),
      line: known?.line ?? line,
    });
  }

  #rate({ date, line, of, rate, unit }: SourceRate): void {
    if (of !== this.#base || unit === this.#base) {
      this.#strange += 1;
      return;
    }
    this.#meet(unit, 0, line, true);
    this.#rates.push({ unit, day: date, rate: plainDecimal(rate) });
    this.#day(unit, date, rate);
  }

  #day(unit: string, date: CalendarDate, rate: Decimal): void {
    const days = this.#days.get(unit);
    if (days) days.push({ date, rate });
    else this.#days.set(unit, [{ date, rate }]);
  }
}
