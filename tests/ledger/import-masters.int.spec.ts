// Customers, suppliers and values of dimensions that a file names and the book hasn't, on a real database: shown, added with
// the entries, once, by whoever may; nothing of a file that isn't posted.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actionsFor } from '#ledger/commands/new-masters.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { runImport } from '#workers/import.ts';
import { bytesOf, finish, importFile, importWork } from './import-file.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

let book: OpenBook;
beforeEach(async () => {
  book = await openBook();
  const { commands } = book;
  for (const [code, controls] of [
    ['1100', 'receivables'],
    ['2000', 'payables'],
  ]) {
    accepted(await commands.designateAccount(book.call(), { code, controls }));
  }
  accepted(await commands.defineDimension(book.call(), { code: 'centre', name: 'Cost centre' }));
});
afterEach(() => book?.stop());

const HEAD =
  'date,reference,account,amount,party,party name,invoice,dimension:centre,dimension:site';
const FILE = `${HEAD}
2026-01-05,S1,1100,100.00,ada,Ada Quinn,A1,,
2026-01-05,S1,4000,-100.00,,,,north,
2026-01-06,S2,1100,50.00,bob,,B1,,
2026-01-06,S2,4000,-50.00,,,,south,oslo
2026-01-07,P1,5000,30.00,,,,north,
2026-01-07,P1,2000,-30.00,cy,Cyril & sons,C1,,
2026-01-08,S3,1100,5.00,ada,,A2,,
2026-01-08,S3,4000,-5.00,,,,north,
`;
const ADDING = { createParties: true, createValues: true };

const start = async (text: string, options: object = {}, userId = book.ownerId) =>
  book.commands.startImport(book.call(undefined, userId), {
    ...{ format: 'csv', fileName: 'masters.csv', file: bytesOf(text) },
    options: { ...ADDING, ...options },
  });
const namesOf = async () =>
  (await book.queries.parties(book.bookId)).map(({ code, name }) => `${code} ${name}`);
const valuesOf = async () =>
  (await book.queries.dimensions(book.bookId)).map(
    ({ code, name, values }) => `${code} ${name}: ${values.map((own) => own.code).join(' ')}`,
  );
const verified = async () =>
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
const ADDED = ['ada Ada Quinn', 'bob bob', 'cy Cyril & sons'];

test('the preview lists them, and they are there when it is confirmed', async () => {
  const waiting = await importFile(book, 'csv', FILE, { ...ADDING, preview: true });
  expect(waiting).toMatchObject({
    state: 'preview',
    newMasters: {
      parties: [
        { code: 'ada', name: 'Ada Quinn', role: 'customer', line: 2 },
        { code: 'bob', name: 'bob', role: 'customer', line: 4 },
        { code: 'cy', name: 'Cyril & sons', role: 'supplier', line: 7 },
      ],
      dimensions: [{ code: 'site', name: 'site', line: 5 }],
      values: [
        { code: 'north', dimensionName: 'Cost centre', line: 3 },
        { code: 'south', dimensionName: 'Cost centre', line: 5 },
        { code: 'oslo', dimensionName: 'site', line: 5 },
      ],
    },
  });
  expect(await namesOf()).toEqual([]);
  accepted(await book.commands.confirmImport(book.call(), { id: waiting.id }));
  const done = await finish(book, waiting.id);
  expect(done).toMatchObject({ state: 'posted', newMasters: { parties: [] } });
  expect(await namesOf()).toEqual(ADDED);
  expect(await valuesOf()).toEqual(['centre Cost centre: north south', 'site site: oslo']);
  const { rows } = await book.store.pool.query(
    `select p.code, i.document, (i.debit - i.credit)::text as open from items i join parties p on p.id = i.party_id order by 2`,
  );
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    'ada A1 10000',
    'ada A2 500',
    'bob B1 5000',
    'cy C1 -3000',
  ]);
  await verified();
});

test('without the options, or with one of them, what is unknown is a fault with its line', async () => {
  const faults = async (options: object) =>
    (await importFile(book, 'csv', FILE, options)).errors.map(
      ({ code, line }) => `${line} ${code}`,
    );
  const parties = [2, 4, 7, 8].map((line) => `${line} party-unknown`);
  const values = [3, 5, 6, 9].map((line) => `${line} dimension-value-unknown`);
  expect(await faults({ createValues: true })).toEqual(parties);
  expect(await faults({ createParties: true })).toEqual(values);
  expect(await faults({})).toHaveLength(8);
  expect(await namesOf()).toEqual([]);
});

test('codes that are none, and parties that are closed, stay faults', async () => {
  accepted(await book.commands.addParty(book.call(), { code: 'bob', name: 'Bob' }));
  accepted(await book.commands.changeParty(book.call(), { code: 'bob', closed: true }));
  const text = FILE.replaceAll(',ada,', ',a/da,').replace(',south,', ',so uth,');
  const done = await importFile(book, 'csv', text, ADDING);
  expect(done.errors.map(({ code, line }) => `${line} ${code}`)).toEqual([
    '2 party-code-malformed',
    '4 party-closed',
    '5 dimension-code-malformed',
    '8 party-code-malformed',
  ]);
  expect(await namesOf()).toEqual(['bob Bob']);
});

test('two imports that name the same ones add them once, whoever is first', async () => {
  const again = FILE.replaceAll('-01-', '-02-');
  const waiting = await Promise.all(
    [FILE, again].map((text) => importFile(book, 'csv', text, { ...ADDING, preview: true })),
  );
  for (const { id } of waiting) accepted(await book.commands.confirmImport(book.call(), { id }));
  const done = await Promise.all(waiting.map(({ id }) => finish(book, id)));
  expect(done.map(({ state }) => state)).toEqual(['posted', 'posted']);
  const more = [3, 4, 5].map((month) => FILE.replaceAll('-01-', `-0${month}-`));
  const ids = await Promise.all(more.map(async (text) => accepted(await start(text)).id));
  await Promise.all(ids.map((id) => runImport(importWork(book), id)));
  const states = await Promise.all(ids.map((id) => book.queries.importById(book.bookId, id)));
  expect(states.map((own) => own?.state)).toEqual(['posted', 'posted', 'posted']);
  expect(await namesOf()).toEqual(ADDED);
  expect(await valuesOf()).toEqual(['centre Cost centre: north south', 'site site: oslo']);
  const { rows } = await book.store.pool.query(
    `select count(*)::int as n from postings p join parties on parties.id = p.party_id`,
  );
  expect(rows).toEqual([{ n: 20 }]);
  await verified();
});

test('opening balances by customer: a trial balance names them too', async () => {
  const text =
    'account,amount,party,party name,invoice\n1100,70.00,ada,Ada Quinn,A0\n1100,30.00,bob,Bob,B0\n3000,-100.00,,,\n';
  const done = await importFile(book, 'csv', text, { ...ADDING, openingDate: '2026-01-01' });
  expect(done).toMatchObject({ state: 'posted', entries: 1, postings: 3 });
  expect(await namesOf()).toEqual(['ada Ada Quinn', 'bob Bob']);
});

test('what the book got since the preview is taken for what the file names', async () => {
  const waiting = await importFile(book, 'csv', FILE, { ...ADDING, preview: true });
  accepted(await book.commands.addParty(book.call(), { code: 'ada', name: 'Ada elsewhere' }));
  accepted(await book.commands.confirmImport(book.call(), { id: waiting.id }));
  expect(await finish(book, waiting.id)).toMatchObject({ state: 'posted' });
  expect(await namesOf()).toEqual(['ada Ada elsewhere', ...ADDED.slice(1)]);
  await verified();
});

test('a file that is rejected or abandoned adds nothing and keeps no names', async () => {
  const rejected = await importFile(
    book,
    'csv',
    `${FILE}2026-01-09,X,1100,1.00,dora,,,,\n`,
    ADDING,
  );
  expect(rejected).toMatchObject({ state: 'rejected', errors: [{ code: 'out-of-balance' }] });
  const waiting = await importFile(book, 'csv', FILE, { ...ADDING, preview: true });
  accepted(await book.commands.abandonImport(book.call(), { id: waiting.id }));
  const abandoned = await finish(book, waiting.id);
  for (const { newMasters } of [rejected, abandoned]) {
    expect(newMasters).toEqual({ parties: [], dimensions: [], values: [] });
  }
  expect(await namesOf()).toEqual([]);
  expect(await valuesOf()).toEqual(['centre Cost centre: ']);
});

describe('permission', () => {
  const NONE = { parties: [], dimensions: [], values: [] };
  const NAMED = { id: 1, code: 'a', name: 'A', line: 1 };

  test('adding needs what adding by hand needs', () => {
    expect(actionsFor(NONE)).toEqual([]);
    expect(actionsFor({ ...NONE, parties: [{ ...NAMED, role: null }] })).toEqual(['party.change']);
    expect(actionsFor({ ...NONE, dimensions: [NAMED] })).toEqual(['dimension.change']);
    const value = { ...NAMED, dimension: 1, dimensionName: 'D' };
    expect(actionsFor({ ...NONE, values: [value] })).toEqual(['dimension.change']);
  });

  test('whoever may not begins nothing, and adds nothing once the role is gone', async () => {
    const { commands } = book;
    const email = 'clerk@example.org';
    const { userId } = accepted(
      await commands.addMember(book.call(), { email, role: 'accountant' }),
    );
    const { id } = accepted(await start(FILE, { preview: true }, userId));
    await finish(book, id);
    accepted(await commands.confirmImport(book.call(), { id }));
    accepted(await commands.changeRole(book.call(), { userId, role: 'manager' }));
    expect(await finish(book, id)).toMatchObject({
      state: 'rejected',
      errors: [{ code: 'not-permitted' }],
    });
    expect(await start(`${FILE}\n`, {}, userId)).toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    expect(await namesOf()).toEqual([]);
  });
});

test('a worker that is killed at any moment adds nothing, and the next one adds all, once', async () => {
  const rows = Array.from({ length: 1_500 }, (_, nth) =>
    [
      `2026-03-01,R${nth},1100,1.00,c${nth},Customer ${nth},I${nth},,`,
      `2026-03-01,R${nth},4000,-1.00,,,,v${nth % 40},`,
    ].join('\n'),
  );
  const file = (mark: string) => `${HEAD}\n${rows.join('\n').replaceAll(',R', `,${mark}`)}\n`;
  const worker = (id: number): ChildProcess =>
    spawn(
      process.execPath,
      [join(import.meta.dirname, 'import-process.ts'), book.rig.databaseUrl, `${id}`],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
  const { id } = accepted(await start(file('K')));
  const began = performance.now();
  await importFile(book, 'csv', 'date,account,amount\n2026-03-01,1000,1\n2026-03-01,4000,-1\n');
  const unit = Math.max(150, performance.now() - began);
  for (const part of [1, 3, 5, 7]) {
    const child = worker(id);
    await sleep(unit * part);
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const { state } = (await book.queries.importById(book.bookId, id))!;
    expect(await namesOf()).toHaveLength(state === 'posted' ? 1_500 : 0);
  }
  await expect.poll(async () => (await finish(book, id)).state, { timeout: 30_000 }).toBe('posted');
  expect(await namesOf()).toHaveLength(1_500);
  expect((await book.queries.dimensions(book.bookId))[0]!.values).toHaveLength(40);
  await verified();
});
