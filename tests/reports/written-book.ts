// Books written as a bookkeeper would write them (entries as in written-entries.ts), turned into what the catalogue
// computes from.
import {
  type Account,
  type AccountType,
  type CashFlow,
  type Controls,
  compareCodes,
} from '#ledger/domain/account.ts';
import {
  type CalendarDate,
  type Month,
  monthOf,
  type Period,
  parsePeriod,
} from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import type { Layouts } from '#ledger/domain/statement-layout.ts';
import type {
  BookFacts,
  BookLedger,
  Dimension,
  PartyName,
  TaxCode,
} from '#reports/catalogue/book-ledger.ts';
import { type BudgetRow, budgetTable } from '#reports/catalogue/budget-table.ts';
import { type DetailRow, detailTable } from '#reports/catalogue/detail-table.ts';
import { addEntries } from '#reports/catalogue/entry-sums.ts';
import { type Group, NO_GROUP } from '#reports/catalogue/group-members.ts';
import { type ItemRow, itemTable } from '#reports/catalogue/item-table.ts';
import { type LockEvent, lateTable } from '#reports/catalogue/late-table.ts';
import {
  controlIds,
  linesIndex,
  MonthCutter,
  type MonthLines,
  type Paper,
} from '#reports/catalogue/month-lines.ts';
import { monthTable } from '#reports/catalogue/month-table.ts';
import { rateTable } from '#reports/catalogue/rate-table.ts';
import { computeReport, feedPosition } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { LinesIndex } from '#reports/catalogue/report-definition.ts';
import type { Sealed } from '#reports/catalogue/seal.ts';
import { type UnitRow, unitTable } from '#reports/catalogue/unit-table.ts';
import {
  balancesOf,
  itemsOf,
  lateEntries,
  postedEntry,
  summedEntry,
  unitsOf,
  type WrittenEntry,
  writtenEntries,
  writtenRates,
} from './written-entries.ts';

export interface WrittenBook {
  /** Euros unless it says another. */
  readonly currency?: string;
  readonly start?: string;
  readonly firstYearEnd?: string;
  readonly lockedThrough?: string | null;
  /** `1000 asset Assets:Bank`, one per line; ids are 1, 2, 3 … */
  readonly accounts: string;
  readonly entries: string | readonly WrittenEntry[];
  /** Without these, what the entries' lines say of other currencies. */
  readonly units?: readonly UnitRow[];
  /** `USD 2025-01-31 0.92`, one per line; they come after the entries. */
  readonly rates?: string;
  /** Control accounts by code. */
  readonly controls?: Readonly<Record<string, Controls>>;
  /** Places in the cash flow statement by code. */
  readonly cashFlow?: Readonly<Record<string, CashFlow>>;
  /** Tags by code. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly layouts?: Layouts;
  /** Without these, what the entries' lines say of parties and documents. */
  readonly items?: readonly ItemRow[];
  /** Ids are 1, 2, 3 … */
  readonly parties?: readonly PartyName[];
  readonly dimensions?: readonly Dimension[];
  readonly taxCodes?: readonly TaxCode[];
  readonly details?: readonly DetailRow[];
  readonly budget?: readonly BudgetRow[];
  readonly locks?: readonly LockEvent[];
  readonly group?: Group;
}

const TYPE_LINE = /^(\S+) (asset|liability|equity|income|expense) (.+)$/;

function writtenAccounts(text: string): Account[] {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  return lines.map((line, at) => {
    const match = TYPE_LINE.exec(line);
    if (!match) throw new Error(`not an account: ${line}`);
    const [, code, type, path] = match as unknown as [string, string, AccountType, string];
    return {
      id: at + 1,
      code,
      type,
      path,
      name: path.split(':').at(-1)!,
      closed: false,
      controls: null,
      cashFlow: null,
      tags: [],
    };
  });
}

/** A book ready for the catalogue; entry n has number and position n + 1. */
export class Book {
  readonly ledger: BookLedger;
  /** Bodies of pages and nodes by digest. */
  readonly bodies = new Map<string, Sealed>();
  readonly #months = new Map<Month, MonthLines>();
  readonly #lines: LinesIndex;

  constructor(written: WrittenBook) {
    const accounts = writtenAccounts(written.accounts).map((account) => ({
      ...account,
      controls: written.controls?.[account.code] ?? null,
      cashFlow: written.cashFlow?.[account.code] ?? null,
      tags: written.tags?.[account.code] ?? [],
    }));
    const entries =
      typeof written.entries === 'string'
        ? writtenEntries(accounts, written.parties ?? [], written.entries)
        : written.entries;
    const facts = factsOf(written);
    const table = monthTable(monthOf(facts.calendar.startDate), balancesOf(entries));
    const inOrder = accounts.toSorted((a, b) => compareCodes(a.code, b.code));
    const units = unitTable(monthOf(facts.calendar.startDate), written.units ?? unitsOf(entries));
    const sums = {
      cash: monthTable(monthOf(facts.calendar.startDate), []),
      exchange: monthTable(monthOf(facts.calendar.startDate), []),
      adjustments: monthTable(monthOf(facts.calendar.startDate), []),
      cashKey: '',
    };
    addEntries(sums, inOrder, entries.map(summedEntry));
    this.ledger = {
      sums,
      ...{ facts, accounts: inOrder, table, units },
      rates: rateTable(writtenRates(written.rates ?? '', entries.length + 2)),
      dimensions: written.dimensions ?? [],
      taxCodes: written.taxCodes ?? [],
      details: detailTable(monthOf(facts.calendar.startDate), written.details ?? []),
      budget: budgetTable(monthOf(facts.calendar.startDate), written.budget ?? []),
      items: itemTable(written.items ?? itemsOf(entries)),
      group: written.group ?? NO_GROUP,
      late: lateTable(written.locks ?? [], lateEntries(entries, written.locks ?? [])),
      parties: new Map((written.parties ?? []).map((name, at) => [at + 1, name])),
    };
    const keep = (sealed: Sealed) => this.bodies.set(sealed.digest, sealed);
    const paper = { book: 1, exponent: 2, keep };
    this.#lines = linesIndex(paper, this.#months, new Map(), () => {});
    this.#cut(paper, entries);
  }

  period(key: string): Period {
    const period = parsePeriod(this.ledger.facts.calendar, key);
    if (!period) throw new Error(`the book has no period ${key}`);
    return period;
  }

  report(report: string, key: string): ReportBody {
    const period = this.period(key);
    const position = feedPosition(this.ledger, report, period);
    const stamp = { position, recordedAt: '2026-01-01T00:00:00.000Z' };
    return computeReport(this.ledger, report, period, stamp, this.#lines);
  }

  #cut(paper: Paper, entries: readonly WrittenEntry[]): void {
    const all = entries.map(postedEntry);
    all.sort(({ page: [a, one] }, { page: [b, other] }) => (a < b ? -1 : a > b ? 1 : one - other));
    const months = Map.groupBy(all, ({ page: [date] }) => monthOf(date as CalendarDate));
    for (const [month, own] of months) {
      const cutter = new MonthCutter(paper, controlIds(this.ledger.accounts));
      for (const entry of own) cutter.add(entry);
      this.#months.set(month, cutter.finish());
    }
  }
}

const factsOf = (written: WrittenBook): BookFacts => ({
  id: 1,
  title: {
    slug: 'written',
    name: 'Written',
    legalName: 'Written Ltd',
    registrationNumber: '1',
    address: '',
    timeZone: 'UTC',
    locale: 'en-GB',
    negatives: 'minus',
  },
  currency: written.currency ?? 'EUR',
  exponent: exponentOf((written.currency ?? 'EUR') as CurrencyCode),
  calendar: {
    startDate: (written.start ?? '2024-01-01') as CalendarDate,
    firstYearEnd: (written.firstYearEnd ?? '2024-12-31') as CalendarDate,
  },
  lockedThrough: (written.lockedThrough ?? null) as CalendarDate | null,
  presentationPosition: 1,
  partiesPosition: 0,
  layouts: written.layouts ?? {},
  isGroup: written.group !== undefined,
});

/** A report as lines of text: indent, code, name and the figures in the columns' order. */
export const asText = (body: ReportBody): string[] =>
  body.rows.map((row) =>
    [
      '  '.repeat(row.level) + [row.account, row.name].filter((part) => part !== null).join(' '),
      ...body.columns.map(({ key }) => row.values[key]).filter((value) => value !== undefined),
    ].join(' | '),
  );
