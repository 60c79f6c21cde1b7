// Digests that people hold on paper stay right: the same ledger gives the same bytes in every release, key by key, unless
// SCHEMA_VERSION is raised, with which all documents are made anew.
import { expect, it } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import { periodsThrough } from '#ledger/domain/calendar.ts';
import { reportsOf } from '#reports/catalogue/registry.ts';
import { SCHEMA_VERSION } from '#reports/catalogue/report.ts';
import { seal } from '#reports/catalogue/seal.ts';
import { ACCOUNTS, ENTRIES } from './two-years.ts';
import { Book } from './written-book.ts';

const book = new Book({
  ...{ accounts: ACCOUNTS, entries: ENTRIES, lockedThrough: '2024-12-31' },
  controls: { 1100: 'receivables', 2000: 'payables' },
  cashFlow: { 1000: 'cash' },
  dimensions: [
    {
      ...{ code: 'centre', name: 'Centre' },
      values: [{ id: 1, code: 'shop', name: 'Shop', parent: null }],
    },
  ],
  details: [
    {
      ...{ kind: 'dimension', of: 1, account: 8, month: '2025-02' as Month, closing: false },
      ...{ debit: 100_00n, credit: 0n, lastPosition: 6 },
    },
  ],
});

const VIEWS: Readonly<Record<string, readonly string[]>> = {
  dashboard: ['~previous-1'],
  'balance-sheet': ['~previous-1~zeros'],
  'income-statement': ['~budget'],
  'open-items': ['~previous-1'],
  'party-statements': ['~previous-1'],
  'general-ledger': ['~previous-1'],
  journal: ['~previous-1'],
};

it('are those of this version of the documents', async () => {
  const periods = periodsThrough(book.ledger.facts.calendar, '2025-02' as Month).filter(({ key }) =>
    ['2024', '2024-12', '2025-Q1', '2025-02'].includes(key),
  );
  const lines = periods.flatMap(({ key, kind }) =>
    reportsOf(kind).flatMap((report) =>
      [report, ...(VIEWS[report] ?? []).map((view) => report + view)].map(
        (name) => `${name} ${key} ${seal(book.report(name, key)).digest}`,
      ),
    ),
  );
  expect(lines.length).toBeGreaterThan(80);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`digests-${SCHEMA_VERSION}.txt`);
});
