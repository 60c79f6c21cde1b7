// Who may do what: the table as an accountant's office would write it, and every command of the ledger held against it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser } from '#ledger/commands/create-user.ts';
import type { Answer, CommandCall } from '#ledger/commands/ledger-commands.ts';
import { type Action, isPermitted, PERMISSIONS, ROLES } from '#ledger/domain/permissions.ts';
import { bytesOf } from '#tests/ledger/import-file.ts';
import { accepted, type OpenBook, openBook, twoLines } from '#tests/ledger/open-book.ts';

//                  owner accountant manager auditor
const TABLE: Readonly<Record<Action, string>> = {
  'report.read': '     yes   yes        yes     yes',
  'book.read': '       yes   yes        yes     yes',
  'journal.read': '    yes   yes        yes     yes',
  'account.read': '    yes   yes        yes     yes',
  'history.read': '    yes   yes        no      yes',
  'import.read': '     yes   yes        no      yes',
  'member.read': '     yes   yes        no      yes',
  'entry.post': '      yes   yes        no      no',
  'entry.reverse': '   yes   yes        no      no',
  'account.change': '  yes   yes        no      no',
  'unit.change': '     yes   yes        no      no',
  'party.change': '    yes   yes        no      no',
  'dimension.change': 'yes   yes        no      no',
  'tax.change': '      yes   yes        no      no',
  'budget.change': '   yes   yes        no      no',
  'import.run': '      yes   yes        no      no',
  'book.lock': '       yes   yes        no      no',
  'book.reopen': '     yes   no         no      no',
  'book.settings': '   yes   no         no      no',
  'member.change': '   yes   no         no      no',
  'system.read': '     yes   no         no      no',
  'group.read': '      yes   yes        no      yes',
  'group.change': '    yes   no         no      no',
  'api-key.own': '     yes   yes        yes     yes',
};

test('the table in code is the one above', () => {
  expect(Object.keys(PERMISSIONS).sort()).toEqual(Object.keys(TABLE).sort());
  for (const [action, row] of Object.entries(TABLE)) {
    const said = ROLES.map((role) => (isPermitted(role, action as Action) ? 'yes' : 'no'));
    expect(said, action).toEqual(row.trim().split(/\s+/));
  }
});

let book: OpenBook;
const users = new Map<string, number>();
beforeAll(async () => {
  book = await openBook();
  for (const role of ['accountant', 'manager', 'auditor', 'nobody']) {
    const email = `${role}@example.org`;
    users.set(role, await createUser(book.store, { email, name: role, password: randomUUID() }));
    if (role !== 'nobody') accepted(await book.commands.addMember(book.call(), { email, role }));
  }
  users.set('owner', book.ownerId);
});
afterAll(() => book?.stop());

type Name = Exclude<
  keyof OpenBook['commands'],
  'createBook' | 'changePassword' | 'issueApiKey' | 'revokeApiKey'
>;

/** Every command in a book: the action it takes, and an input that it would accept or refuse for another reason. */
const COMMANDS: Readonly<Record<Name, readonly [Action, () => unknown]>> = {
  postJournalEntry: ['entry.post', () => twoLines('2026-02-01', '1000', '4000', '1.00')],
  reverseEntry: ['entry.reverse', () => ({ number: 9_999, reason: 'x' })],
  defineUnit: ['unit.change', () => ({ code: 'EUR', decimals: 2 })],
  recordRates: ['unit.change', () => ({ rates: [{ unit: 'EUR', date: '2026-01-01', rate: '1' }] })],
  revalueCurrencies: ['entry.post', () => ({ date: '2026-01-31', gains: '4000', losses: '5000' })],
  closeYear: ['book.lock', () => ({ year: '2026', to: '3000' })],
  openAccount: ['account.change', () => ({ code: '1000', name: 'x', type: 'asset' })],
  renameAccount: ['account.change', () => ({ code: '9999', name: 'x' })],
  recodeAccount: ['account.change', () => ({ code: '9999', newCode: 'x' })],
  retypeAccount: ['account.change', () => ({ code: '9999', type: 'asset' })],
  closeAccount: ['account.change', () => ({ code: '9999' })],
  designateAccount: ['account.change', () => ({ code: '9999', controls: 'payables' })],
  classifyAccount: ['account.change', () => ({ code: '9999', cashFlow: 'cash' })],
  tagAccount: ['account.change', () => ({ code: '9999', tags: [] })],
  setStatementLayout: ['book.settings', () => ({ statement: 'balance-sheet', lines: [] })],
  addParty: ['party.change', () => ({ code: 'c-1', name: 'x' })],
  changeParty: ['party.change', () => ({ code: 'nobody', name: 'x' })],
  defineDimension: ['dimension.change', () => ({ code: 'centre', name: 'x' })],
  addDimensionValue: [
    'dimension.change',
    () => ({ dimension: 'nothing', code: 'north', name: 'x' }),
  ],
  changeDimensionValue: ['dimension.change', () => ({ dimension: 'nothing', code: 'north' })],
  defineTaxCode: [
    'tax.change',
    () => ({
      ...{ code: 'V25', name: 'x', kind: 'output', account: '9999' },
      ...{ baseBox: '1', taxBox: '2' },
    }),
  ],
  changeTaxCode: ['tax.change', () => ({ code: 'nothing', name: 'x' })],
  setTaxRate: ['tax.change', () => ({ code: 'nothing', from: '2026-01-01', rate: '25' })],
  setBudget: [
    'budget.change',
    () => ({ amounts: [{ account: '4000', month: '2026-03', amount: '1.00' }] }),
  ],
  copyBudget: ['budget.change', () => ({ year: '2027', from: 'actual', percent: '0' })],
  requireDimensions: ['dimension.change', () => ({ account: '9999', dimensions: [] })],
  changeBookSettings: ['book.settings', () => ({ legalName: 'Test Limited' })],
  lockThrough: ['book.lock', () => ({ date: '2026-01-31' })],
  reopenDates: ['book.reopen', () => ({ date: null, reason: 'x' })],
  sealThrough: ['book.reopen', () => ({ date: '2026-01-31' })],
  addMember: ['member.change', () => ({ email: 'owner@example.org', role: 'manager' })],
  changeRole: ['member.change', () => ({ userId: 999_999, role: 'manager' })],
  removeMember: ['member.change', () => ({ userId: 999_999 })],
  addGroupMember: ['group.change', () => ({ book: 'nothing' })],
  changeGroupMember: ['group.change', () => ({ book: 'nothing' })],
  removeGroupMember: ['group.change', () => ({ book: 'nothing' })],
  startImport: [
    'import.run',
    () => ({ format: 'csv', fileName: 'x', options: {}, file: bytesOf('x') }),
  ],
  confirmImport: ['import.run', () => ({ id: 999_999 })],
  abandonImport: ['import.run', () => ({ id: 999_999 })],
};

describe.each(['owner', 'accountant', 'manager', 'auditor', 'nobody'] as const)('as %s', (role) => {
  test.each(Object.entries(COMMANDS))('%s', async (name, [action, input]) => {
    const run = book.commands[name as Name] as (
      call: CommandCall,
      input: unknown,
    ) => Promise<Answer<unknown>>;
    const answer = await run(book.call(undefined, users.get(role)), input());
    const code = answer.ok ? 'accepted' : answer.refusal.code;
    if (role === 'nobody') expect(code).toBe('book-not-found');
    else if (isPermitted(role, action)) expect(code).not.toMatch(/not-permitted|book-not-found/);
    else expect(code).toBe('not-permitted');
  });
});
