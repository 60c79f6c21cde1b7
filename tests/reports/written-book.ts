// Books written as a bookkeeper would write them, turned into what the catalogue computes from.
//   2025-01-15 Rent              (a line without indent begins an entry; `closing` or `adjusting` after the date says its kind)
//     6000  D 100.00
//     1000  C 100.00
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
import { decimalText, parseAmount } from '#ledger/domain/money.ts';
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
import { addEntries, type SummedEntry } from '#reports/catalogue/entry-sums.ts';
import { type Group, NO_GROUP } from '#reports/catalogue/group-members.ts';
import { type ItemRow, itemTable } from '#reports/catalogue/item-table.ts';
import {
  isLate,
  type LateEntry,
  type LockEvent,
  lateTable,
} from '#reports/catalogue/late-table.ts';
import {
  linesIndex,
  MonthCutter,
  type MonthLines,
  type Paper,
} from '#reports/catalogue/month-lines.ts';
import { type BalanceRow, monthTable } from '#reports/catalogue/month-table.ts';
import type { PageEntry } from '#reports/catalogue/pages.ts';
import { computeReport, feedPosition } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { LinesIndex } from '#reports/catalogue/report-definition.ts';
import type { Sealed } from '#reports/catalogue/seal.ts';
import { type UnitRow, unitTable } from '#reports/catalogue/unit-table.ts';

export interface WrittenEntry {
  readonly date: string;
  readonly closing?: boolean;
  readonly adjusting?: boolean;
  readonly description?: string;
  readonly lines: readonly {
    readonly account: number;
    readonly side: 'debit' | 'credit';
    readonly amount: bigint;
  }[];
}

export interface WrittenBook {
  readonly start?: string;
  readonly firstYearEnd?: string;
  readonly lockedThrough?: string | null;
  /** `1000 asset Assets:Bank`, one per line; ids are 1, 2, 3 … */
  readonly accounts: string;
  readonly entries: string | readonly WrittenEntry[];
  /** What accounts hold in other units. */
  readonly units?: readonly UnitRow[];
  /** Control accounts by code. */
  readonly controls?: Readonly<Record<string, Controls>>;
  /** Places in the cash flow statement by code. */
  readonly cashFlow?: Readonly<Record<string, CashFlow>>;
  /** Tags by code. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly layouts?: Layouts;
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

function writtenEntries(accounts: readonly Account[], text: string): WrittenEntry[] {
  const entries: (WrittenEntry & { lines: WrittenEntry['lines'][number][] })[] = [];
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const [first, second, third] = line.trim().split(/\s+/);
    if (/^\s*\d{4}-\d\d-\d\d/.test(line)) {
      const closing = second === 'closing';
      const adjusting = second === 'adjusting';
      const description = line
        .trim()
        .split(/\s+/)
        .slice(closing || adjusting ? 2 : 1)
        .join(' ');
      entries.push({ date: first!, closing, adjusting, description, lines: [] });
      continue;
    }
    const amount = parseAmount(third!, 2);
    const account = accounts.find(({ code }) => code === first);
    if (typeof amount === 'string' || !account) throw new Error(`not a line: ${line}`);
    entries
      .at(-1)!
      .lines.push({ account: account.id, side: second === 'D' ? 'debit' : 'credit', amount });
  }
  return entries;
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
        ? writtenEntries(accounts, written.entries)
        : written.entries;
    const facts = factsOf(written);
    const table = monthTable(monthOf(facts.calendar.startDate), balancesOf(entries));
    const inOrder = accounts.toSorted((a, b) => compareCodes(a.code, b.code));
    const units = unitTable(monthOf(facts.calendar.startDate), written.units ?? []);
    const sums = {
      cash: monthTable(monthOf(facts.calendar.startDate), []),
      adjustments: monthTable(monthOf(facts.calendar.startDate), []),
      cashKey: '',
    };
    addEntries(sums, inOrder, entries.map(summedEntry));
    this.ledger = {
      sums,
      ...{ facts, accounts: inOrder, table, units },
      dimensions: written.dimensions ?? [],
      taxCodes: written.taxCodes ?? [],
      details: detailTable(monthOf(facts.calendar.startDate), written.details ?? []),
      budget: budgetTable(monthOf(facts.calendar.startDate), written.budget ?? []),
      items: itemTable(written.items ?? []),
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
    const all = entries.map(pageEntry);
    all.sort(([a, one], [b, other]) => (a < b ? -1 : a > b ? 1 : one - other));
    for (const [month, own] of Map.groupBy(all, ([date]) => monthOf(date as CalendarDate))) {
      const cutter = new MonthCutter(paper);
      for (const entry of own) cutter.add(entry);
      this.#months.set(month, cutter.finish());
    }
  }
}

const summedEntry = (
  { adjusting = false, closing = false, date, lines }: WrittenEntry,
  at: number,
): SummedEntry => ({
  ...{ month: monthOf(date as CalendarDate), closing, adjusting, position: at + 2 },
  lines: lines.map(({ account, amount, side }) => ({
    account,
    amount: side === 'debit' ? amount : -amount,
  })),
});

const lateEntries = (entries: readonly WrittenEntry[], locks: readonly LockEvent[]): LateEntry[] =>
  entries
    .map(({ date, description = '', lines }, at) => ({
      ...{ number: at + 1, position: at + 2, description },
      ...{ date: date as CalendarDate, recordedAt: '2026-01-01T00:00:00.000Z' },
      lines: lines.map(({ account, amount, side }) => ({
        ...{ account, amount },
        side: side === 'debit' ? (1 as const) : (-1 as const),
      })),
    }))
    .filter((entry) => isLate(locks, entry));

/** An entry as pages hold it. */
const pageEntry = ({ date, description, lines }: WrittenEntry, at: number): PageEntry => [
  date,
  at + 1,
  description ?? '',
  '',
  0,
  lines.map(({ account, side, amount }) => [
    account,
    side === 'debit' ? 1 : -1,
    decimalText(amount, 2),
    '',
  ]),
];

function balancesOf(entries: readonly WrittenEntry[]): BalanceRow[] {
  const rows = new Map<string, BalanceRow>();
  for (const [at, { date, closing = false, lines }] of entries.entries()) {
    const month = monthOf(date as CalendarDate);
    for (const { account, side, amount } of lines) {
      const key = `${account} ${month} ${closing}`;
      const { debit, credit } = rows.get(key) ?? { debit: 0n, credit: 0n };
      rows.set(key, {
        ...{ account, month, closing, lastPosition: at + 2 },
        debit: side === 'debit' ? debit + amount : debit,
        credit: side === 'credit' ? credit + amount : credit,
      });
    }
  }
  return [...rows.values()];
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
  currency: 'EUR',
  exponent: 2,
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
