// What a worker remembers of a book between recomputes, so that one posting costs what it touches and not the length
// of the book. It is valid only for the token under which the documents were last moved; otherwise it is read anew.
import type { Account } from '#ledger/domain/account.ts';
import type { Month, Period } from '#ledger/domain/calendar.ts';
import type { Dimension, TaxCode } from '#reports/catalogue/book-ledger.ts';
import type { BudgetTable } from '#reports/catalogue/budget-table.ts';
import type { DetailTable } from '#reports/catalogue/detail-table.ts';
import type { EntrySums } from '#reports/catalogue/entry-sums.ts';
import type { ItemTable } from '#reports/catalogue/item-table.ts';
import type { LateTable } from '#reports/catalogue/late-table.ts';
import type { Joined, MonthLines } from '#reports/catalogue/month-lines.ts';
import type { MonthTable } from '#reports/catalogue/month-table.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { UnitTable } from '#reports/catalogue/unit-table.ts';
import type { StoredPosition } from '#reports/documents/documents.ts';
import { ContentsCache } from './recompute-contents.ts';
import type { HeldGroup } from './recompute-group.ts';
import type { HeldRates } from './recompute-rates.ts';

/** Items that are open, or were moved in a month or later. */
export interface HeldItems {
  readonly table: ItemTable;
  /** Null: none are held. */
  readonly from: Month | null;
}

export interface BookMemory {
  /** Where the documents stood when this was remembered. */
  readonly stored: StoredPosition;
  readonly table: MonthTable;
  readonly units: UnitTable;
  readonly details: DetailTable;
  readonly budget: BudgetTable;
  readonly late: LateTable;
  readonly sums: EntrySums;
  readonly items: HeldItems;
  readonly group: HeldGroup;
  readonly rates: HeldRates;
  readonly dimensions: readonly Dimension[];
  readonly taxCodes: readonly TaxCode[];
  readonly accounts: readonly Account[];
  /** Which accounts, dimensions and tax codes those are; another chart has another text. */
  readonly chart: string;
  /** All periods that have documents. */
  readonly periods: readonly Period[];
  /** By report and period. */
  readonly heads: Map<string, ReportHead>;
  readonly months: Map<Month, MonthLines>;
  /** Lines of quarters and years, by period and account. */
  readonly joined: Map<string, Joined>;
}

const MOST_BOOKS = 50;

/** Books that a process remembers; the least recently used are forgotten. */
export class RecomputeMemory {
  readonly contents = new ContentsCache();
  readonly #books = new Map<number, BookMemory>();

  /** Takes a book's memory out; whoever succeeds puts it back. */
  take(book: number): BookMemory | null {
    const memory = this.#books.get(book) ?? null;
    this.#books.delete(book);
    return memory;
  }

  put(book: number, memory: BookMemory): void {
    this.#books.set(book, memory);
    const [oldest] = this.#books.keys();
    if (this.#books.size > MOST_BOOKS && oldest !== undefined) this.#books.delete(oldest);
  }
}
