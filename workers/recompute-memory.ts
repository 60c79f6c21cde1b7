// What a worker remembers of a book between recomputes, so that one posting costs what it touches and not the length
// of the book. It is valid only for the token under which the documents were last moved; otherwise it is read anew.
import type { Month } from '#ledger/domain/calendar.ts';
import type { BalanceRow } from '#reports/catalogue/month-table.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { MonthPages } from './recompute-pages.ts';

export interface BookMemory {
  readonly token: string;
  /** By account, month and closing. */
  readonly balances: Map<string, BalanceRow>;
  /** By report and period. */
  readonly heads: Map<string, ReportHead>;
  readonly months: Map<Month, MonthPages>;
}

const MOST_BOOKS = 50;

/** Books that a process remembers; the least recently used are forgotten. */
export class RecomputeMemory {
  readonly #books = new Map<number, BookMemory>();

  /** Takes a book's memory out when it is still valid; whoever succeeds puts it back. */
  take(book: number, token: string | null): BookMemory | null {
    const memory = this.#books.get(book);
    this.#books.delete(book);
    return memory && memory.token === token ? memory : null;
  }

  put(book: number, memory: BookMemory): void {
    this.#books.set(book, memory);
    const [oldest] = this.#books.keys();
    if (this.#books.size > MOST_BOOKS && oldest !== undefined) this.#books.delete(oldest);
  }
}

export const balanceKey = (row: BalanceRow): string => `${row.account}/${row.month}/${row.closing}`;
