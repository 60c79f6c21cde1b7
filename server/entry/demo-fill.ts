// Fills an empty installation with the two demo companies and their group, through the same commands that people and imports use.
// Command ids are fixed, so a fill that was cut off goes on where it stopped.

import { randomBytes, randomUUID } from 'node:crypto';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { presetLines } from '#ledger/domain/layout-presets.ts';
import type { Role } from '#ledger/domain/permissions.ts';
import { STATEMENTS } from '#ledger/domain/statement-layout.ts';
import { aprilCompany } from '#server/demo/april-company.ts';
import type { DemoBook } from '#server/demo/demo-book.ts';
import { demoCsv } from '#server/demo/demo-csv.ts';
import { demoGroup } from '#server/demo/demo-group.ts';
import { type ForeignTrade, PARTIES_ABROAD, ROUNDING_ACCOUNT } from '#server/demo/foreign-trade.ts';
import { tradingCompany } from '#server/demo/trading-company.ts';
import {
  CONTROL_ACCOUNTS,
  campaignOf,
  DIMENSIONS,
  partyCodes,
  TAX_CODES,
} from '#server/demo/trading-details.ts';
import { type DemoCall, type DemoCommands, run } from './demo-commands.ts';
import { fillGroup } from './demo-fill-group.ts';

export interface FillDemo {
  readonly commands: DemoCommands;
  /** Makes a user who may sign in, and gives the id. */
  readonly createUser: (user: { email: string; name: string; password: string }) => Promise<number>;
  readonly importState: (bookId: number, importId: number) => Promise<ImportState>;
  readonly today: CalendarDate;
  /** Told of every step, with a fraction done where that is known. */
  readonly progress: (step: string, done: number) => void;
}

interface ImportState {
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly errors: readonly { readonly line: number; readonly message: string }[];
}

interface DemoUser {
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
}

const PEOPLE: Readonly<Record<Role, string>> = {
  owner: 'Orla Tobin',
  accountant: 'Anselm Reid',
  manager: 'Mairead Quill',
  auditor: 'Aldous Pryce',
};
const ROLES_IN_ORDER: readonly Role[] = ['owner', 'accountant', 'manager', 'auditor'];
const POLL_MS = 100;

async function importEntries(
  fill: FillDemo,
  book: DemoBook,
  call: (name: string) => DemoCall,
): Promise<void> {
  const { commands, progress } = fill;
  const at = call('import');
  const { id } = await run(commands.startImport, at, {
    format: 'csv',
    fileName: `${book.slug}.csv`,
    options: { createAccounts: false, preview: false },
    file: demoCsv(
      book.entries,
      exponentOf(book.baseCurrency as CurrencyCode),
      partyCodes(book.entries),
    ),
  });
  for (;;) {
    const now = await fill.importState(at.book ?? 0, id);
    progress(`${book.name}: journal`, now.total === 0 ? 0 : now.done / now.total);
    if (now.state === 'posted') return;
    if (now.state === 'rejected' || now.state === 'abandoned') {
      const first = now.errors[0];
      throw new Error(`The demo journal was ${now.state}: line ${first?.line}, ${first?.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What lines name: customers and suppliers, dimensions, tax codes. */
async function fillLineFacts(
  { commands, progress }: FillDemo,
  { startDate: from, name }: DemoBook,
  parties: ReadonlyMap<string, string>,
  call: (what: string) => DemoCall,
): Promise<void> {
  const named = [...[...parties].map(([party, code]) => [code, party] as const), ...PARTIES_ABROAD];
  for (const [at, [code, party]] of named.entries()) {
    await run(commands.addParty, call(`party:${code}`), { code, name: party });
    progress(`${name}: customers and suppliers`, (at + 1) / named.length);
  }
  for (const { code: dimension, name: title, values } of DIMENSIONS) {
    const defined = { code: dimension, name: title };
    await run(commands.defineDimension, call(`dimension:${dimension}`), defined);
    for (const [code, own, parent] of values) {
      const value = { dimension, code, name: own, parent };
      await run(commands.addDimensionValue, call(`value:${dimension}:${code}`), value);
    }
  }
  for (const { rate, ...taxCode } of TAX_CODES) {
    const { code } = taxCode;
    await run(commands.defineTaxCode, call(`tax:${code}`), taxCode);
    await run(commands.setTaxRate, call(`rate:${code}`), { code, from, rate });
  }
}

/** Accounts, rates and entries in other currencies, posted one by one as people would. */
async function fillForeign(
  { commands, progress }: FillDemo,
  { accounts, entries, rates, revaluedAt }: ForeignTrade,
  name: string,
  call: (what: string) => DemoCall,
): Promise<void> {
  for (const account of accounts) {
    await run(commands.openAccount, call(`account:${account.code}`), account);
  }
  const roundingAccount = ROUNDING_ACCOUNT;
  await run(commands.changeBookSettings, call('rounding'), { roundingAccount });
  await run(commands.recordRates, call('rates'), { rates });
  let done = 0;
  for (const batch of batchesOf(entries)) {
    await Promise.all(
      batch.map((entry) => run(commands.postJournalEntry, call(`entry:${entry.reference}`), entry)),
    );
    done += batch.length;
    progress(`${name}: other currencies`, done / entries.length);
  }
  const account = ROUNDING_ACCOUNT;
  const input = { date: revaluedAt, gains: account, losses: account };
  await run(commands.revalueCurrencies, call('revaluation'), input);
}

const AT_ONCE = 32;
const batchesOf = <T>(items: readonly T[]): T[][] =>
  items.flatMap((_, at) => (at % AT_ONCE === 0 ? [items.slice(at, at + AT_ONCE)] : []));

/** Makes one book with its chart, journal, reversals and lock. The import is its first, so numbers are the file's. */
async function fillBook(fill: FillDemo, owner: number, book: DemoBook): Promise<number> {
  const { commands, progress } = fill;
  const actor = { userId: owner, via: 'system' } as const;
  const { name, slug, baseCurrency, startDate, firstYearEnd, timeZone, locale } = book;
  const { id } = await run(
    commands.createBook,
    { actor, commandId: `demo:${slug}:book` },
    { name, slug, baseCurrency, startDate, firstYearEnd, timeZone, locale, chart: 'empty' },
  );
  const call = (what: string): DemoCall => ({ actor, book: id, commandId: `demo:${slug}:${what}` });
  const { legalName, registrationNumber, address, negatives } = book;
  await run(commands.changeBookSettings, call('settings'), {
    legalName,
    registrationNumber,
    address,
    negatives,
  });
  for (const [index, account] of book.chart.entries()) {
    await run(commands.openAccount, call(`account:${account.code}`), account);
    progress(`${name}: accounts`, (index + 1) / book.chart.length);
  }
  const parties = partyCodes(book.entries);
  if (parties.size > 0) await fillLineFacts(fill, book, parties, call);
  await importEntries(fill, book, call);
  for (const { reference, date, reason } of book.reversals) {
    const number = book.entries.findIndex((entry) => entry.reference === reference) + 1;
    await run(commands.reverseEntry, call(`reversal:${reference}`), { number, date, reason });
  }
  if (book.foreign) {
    await fillForeign(fill, book.foreign, name, call);
    for (const [code, controls] of CONTROL_ACCOUNTS) {
      await run(commands.designateAccount, call(`controls:${code}`), { code, controls });
    }
  }
  for (const [code, cashFlow] of book.cashFlow) {
    await run(commands.classifyAccount, call(`cash-flow:${code}`), { code, cashFlow });
  }
  for (const [code, tag] of book.tags) {
    await run(commands.tagAccount, call(`tag:${code}`), { code, tags: [tag] });
  }
  if (book.layout !== 'by-type') {
    for (const statement of STATEMENTS) {
      const lines = presetLines(book.layout, statement);
      await run(commands.setStatementLayout, call(`layout:${statement}`), { statement, lines });
    }
  }
  for (const { percent, year } of book.budgets) {
    await run(commands.copyBudget, call(`budget:${year}`), { year, from: 'actual', percent });
    await run(commands.setBudget, call(`campaign:${year}`), { amounts: campaignOf(year) });
  }
  if (book.closed) await run(commands.closeYear, call('closing'), book.closed);
  await run(commands.lockThrough, call('lock'), { date: book.lockedThrough });
  if (book.late) {
    const { after, entries, reason } = book.late;
    await run(commands.reopenDates, call('reopening'), { date: after, reason });
    for (const entry of entries) {
      await run(commands.postJournalEntry, call(`entry:${entry.reference}`), entry);
    }
    await run(commands.lockThrough, call('lock-again'), { date: book.lockedThrough });
  }
  return id;
}

/** What `.daybook/demo.json` says: the trading company's slug, and a sign-in and a key per role. */
export interface FilledDemo {
  readonly book: string;
  readonly users: Readonly<Record<Role, DemoUser>>;
}

/** Makes the users, all books, and a key for each user. */
export async function fillDemo(fill: FillDemo): Promise<FilledDemo> {
  const { commands } = fill;
  const people = new Map<Role, { id: number; email: string; password: string }>();
  for (const role of ROLES_IN_ORDER) {
    const login = {
      email: `${role}@quillhaven.example`,
      password: randomBytes(9).toString('base64url'),
    };
    const id = await fill.createUser({ ...login, name: PEOPLE[role] });
    people.set(role, { id, ...login });
  }
  const owner = people.get('owner')?.id ?? 0;
  const [trading, april] = [tradingCompany(fill.today), aprilCompany(fill.today)];
  const ids = new Map<string, number>();
  for (const book of [trading, april]) ids.set(book.slug, await fillBook(fill, owner, book));
  const group = demoGroup(trading, april);
  ids.set(group.book.slug, await fillGroup(fill, owner, ids, group));
  for (const [slug, book] of ids) {
    for (const [role, { email }] of people) {
      if (role === 'owner') continue;
      const commandId = `demo:${slug}:member:${role}`;
      const actor = { userId: owner, via: 'system' } as const;
      await run(
        commands.addMember,
        { actor, book, commandId },
        { email, role, name: PEOPLE[role] },
      );
    }
  }
  const users: Partial<Record<Role, DemoUser>> = {};
  for (const [role, { id, email, password }] of people) {
    const call: DemoCall = { actor: { userId: id, via: 'system' }, commandId: randomUUID() };
    const { key } = await run(commands.issueApiKey, call, { name: 'Demo' });
    users[role] = { email, password, apiKey: key };
  }
  return { book: trading.slug, users: users as Record<Role, DemoUser> };
}
