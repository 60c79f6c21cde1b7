// A whole book as SAF-T Financial of Norway: valid against the schema (where xmllint is on the PATH and DAYBOOK_SAMPLES
// names the folder that holds it), its lines add up to its balances and totals when read as plain XML, and Daybook's own
// reader makes the same book of it.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { openBookFile } from '#server/entry/open-book-file.ts';
import { importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';
import { all, type Node, parsed, said } from './plain-xml.ts';

const xmllint = onPath('xmllint', searchPath());
const samples = process.env['DAYBOOK_SAMPLES'] ?? '';
const SCHEMA = 'Norwegian_SAF-T_Financial_Schema_v_1.30.xsd';
const LONG = 'a–b & <c> '.repeat(40).trim();

let book: OpenBook;
let text: string;
beforeAll(async () => {
  book = await openBook({ startDate: '2025-01-01', firstYearEnd: '2025-12-31' });
  await define(book);
  await post(book);
  text = await written(book);
}, 60_000);
afterAll(() => book?.stop());

async function define({ call, commands }: OpenBook): Promise<void> {
  accepted(await commands.openAccount(call(), { code: '2500', name: 'VAT', type: 'liability' }));
  accepted(await commands.openAccount(call(), { code: '9', name: 'A & <B>', type: 'asset' }));
  accepted(await commands.closeAccount(call(), { code: '9' }));
  for (const [code, controls] of [
    ['1100', 'receivables'],
    ['2000', 'payables'],
  ]) {
    accepted(await commands.designateAccount(call(), { code, controls }));
  }
  for (const code of ['ada', 'bob', 'nobody']) {
    accepted(await commands.addParty(call(), { code, name: `${code} & <Sons>` }));
  }
  for (const code of ['centre', 'cost-object-1', 'cost-object-2', 'empty']) {
    accepted(await commands.defineDimension(call(), { code, name: code }));
    if (code === 'empty') continue;
    accepted(await commands.addDimensionValue(call(), { dimension: code, code: 'n', name: 'N' }));
  }
  const part = { dimension: 'centre', code: 'n1', name: 'N 1', parent: 'n' };
  accepted(await commands.addDimensionValue(call(), part));
  const tax = { code: 'OUT', name: 'Output', kind: 'output', account: '2500' };
  accepted(await commands.defineTaxCode(call(), { ...tax, baseBox: '1', taxBox: '2' }));
  for (const [from, rate] of [
    ['2025-01-01', '25'],
    ['2026-01-01', '12.5'],
  ]) {
    accepted(await commands.setTaxRate(call(), { code: 'OUT', from, rate }));
  }
  accepted(await commands.defineUnit(call(), { code: 'V-1', decimals: 3 }));
}

const line = (account: string, side: 'debit' | 'credit', amount: string, more: object = {}) => ({
  ...{ account, side, amount },
  ...more,
});

async function post({ call, commands }: OpenBook): Promise<void> {
  const entry = async (date: string, lines: readonly object[], more: object = {}) =>
    accepted(
      await commands.postJournalEntry(call(), { date, description: 'Sale', ...more, lines }),
    );
  const opening = twoLines('2025-01-01', '1000', '3000', '5000.00');
  accepted(await commands.postJournalEntry(call(), { ...opening, kind: 'opening' }));
  const invoice = { party: 'ada', document: 'F-1', dueDate: '2025-03-01' };
  const taxed = { taxCode: 'OUT', dimensions: { centre: 'n1', 'cost-object-2': 'n' } };
  await entry(
    '2025-02-01',
    [line('1100', 'debit', '125.03', invoice), line('4000', 'credit', '100.02', taxed)],
    { reference: 'R-1' },
  );
  const long = { party: 'bob', document: 'D'.repeat(90), memo: LONG };
  await entry(
    '2025-02-02',
    [line('5000', 'debit', '70.00'), line('2000', 'credit', '70.00', long)],
    { reference: 'R'.repeat(150), description: `${LONG} –– -- ---` },
  );
  const dollars = { unit: 'USD', baseAmount: '90.01' };
  await entry('2025-03-01', [
    line('1000', 'debit', '100', dollars),
    line('1100', 'credit', '90.01', { party: 'ada', document: 'F-1' }),
  ]);
  const shares = { unit: 'V-1', baseAmount: '12.00' };
  await entry('2025-03-02', [line('1000', 'debit', '1.125', shares), line('1000', 'credit', '12')]);
  const wrong = await entry('2025-04-01', [
    line('5000', 'debit', '3'),
    line('1000', 'credit', '3'),
  ]);
  accepted(await commands.reverseEntry(call(), { number: wrong.number, reason: 'wrong' }));
  accepted(await commands.closeYear(call(), { year: '2025', to: '3000' }));
  await entry('2026-02-01', [
    line('1000', 'debit', '11.25'),
    line('4000', 'credit', '11.25', { taxCode: 'OUT', taxFrom: 'gross' }),
  ]);
}

async function written({ bookId, store }: OpenBook): Promise<string> {
  const opened = await openBookFile(store, bookId, 'saft');
  if ('obstacle' in opened) throw new Error(opened.obstacle);
  let whole = '';
  for await (const piece of opened.text) whole += piece;
  opened.close();
  return whole;
}

test.skipIf(!xmllint || samples === '')('xmllint finds it valid', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'daybook-saft-')), 'book.xml');
  writeFileSync(file, text);
  execFileSync(xmllint!, ['--noout', '--schema', join(samples, SCHEMA), file], { stdio: 'pipe' });
});

const cents = (amount: string): bigint => {
  expect(amount).toMatch(/^\d+\.\d\d$/);
  return BigInt(amount.replace('.', ''));
};
/** Debit positive. */
const balance = (of: Node, which: 'Opening' | 'Closing'): bigint => {
  const debit = said(of, `${which}DebitBalance`);
  return debit === '' ? -cents(said(of, `${which}CreditBalance`)) : cents(debit);
};
const amountOf = (of: Node): bigint => {
  const [debit] = all(of, 'DebitAmount');
  return debit ? cents(said(debit, 'Amount')) : -cents(said(all(of, 'CreditAmount')[0]!, 'Amount'));
};
const summed = (lines: readonly Node[]): bigint =>
  lines.reduce((sum, own) => sum + amountOf(own), 0n);

test('read as plain XML, the lines add up to balances, parties and totals', () => {
  const file = parsed(text);
  const lines = all(file, 'Line');
  const accounts = all(file, 'Account');
  expect(accounts.map((own) => said(own, 'AccountID')).sort()).toEqual(
    ['1000', '1100', '2000', '2500', '3000', '4000', '5000', '9'].sort(),
  );
  for (const own of accounts) {
    const id = said(own, 'AccountID');
    const moved = summed(lines.filter((of) => said(of, 'AccountID') === id));
    expect([id, balance(own, 'Opening'), balance(own, 'Closing')]).toEqual([id, 0n, moved]);
  }
  const entries = all(file, 'Transaction');
  for (const entry of entries) expect(summed(all(entry, 'Line'))).toBe(0n);
  const [ledger] = all(file, 'GeneralLedgerEntries');
  const debits = lines.map(amountOf).filter((amount) => amount > 0n);
  const total = debits.reduce((sum, amount) => sum + amount, 0n);
  expect(said(ledger!, 'NumberOfEntries')).toBe(`${entries.length}`);
  expect(cents(said(ledger!, 'TotalDebit'))).toBe(total);
  expect(cents(said(ledger!, 'TotalCredit'))).toBe(total);
  for (const kind of ['Customer', 'Supplier']) {
    for (const party of all(file, kind)) {
      for (const own of all(party, 'BalanceAccount')) {
        const named = lines.filter(
          (of) =>
            said(of, `${kind}ID`) === said(party, `${kind}ID`) &&
            said(of, 'AccountID') === said(own, 'AccountID'),
        );
        expect(named.length).toBeGreaterThan(0);
        expect(balance(own, 'Closing')).toBe(summed(named));
      }
    }
  }
});

test('lines say what the book knows of them', () => {
  const file = parsed(text);
  const names = (kind: string) => all(file, kind).map((own) => said(own, `${kind}ID`));
  expect([names('Customer'), names('Supplier')]).toEqual([['ada', 'nobody'], ['bob']]);
  const [, sale, cost, payment] = all(file, 'Transaction');
  const [invoice, income, tax] = all(sale!, 'Line');
  expect(said(invoice!, 'CustomerID')).toBe('ada');
  expect(said(invoice!, 'ReferenceNumber')).toBe('F-1');
  expect(said(invoice!, 'DueDate')).toBe('2025-03-01');
  expect(said(invoice!, 'SourceDocumentID')).toBe('R-1');
  expect(all(income!, 'Analysis').map((own) => said(own, 'AnalysisType'))).toEqual([
    ...['centre', 'cost-ob~2'],
  ]);
  const [information] = all(income!, 'TaxInformation');
  expect([said(information!, 'TaxCode'), said(information!, 'TaxBase')]).toEqual(['OUT', '100.02']);
  expect(said(all(information!, 'CreditTaxAmount')[0]!, 'Amount')).toBe('25.01');
  expect(all(tax!, 'TaxInformation')).toEqual([]);
  const [dollars] = all(payment!, 'DebitAmount');
  expect(dollars!.children.map((own) => `${own.name} ${own.text}`)).toEqual([
    ...['Amount 90.01', 'CurrencyCode USD', 'CurrencyAmount 100', 'ExchangeRate 0.9001'],
  ]);
  expect(said(cost!, 'Description')).toHaveLength(256);
  const rates = all(all(file, 'TaxTable')[0]!, 'TaxCodeDetails').map((own) => [
    ...[said(own, 'TaxPercentage'), said(own, 'EffectiveDate'), said(own, 'ExpirationDate')],
  ]);
  expect(rates).toEqual([
    ['25', '2025-01-01', '2025-12-31'],
    ['12.5', '2026-01-01', ''],
  ]);
  expect(all(file, 'TransactionType').map((own) => own.text)).toEqual(
    expect.arrayContaining(['opening', 'normal', 'reversal', 'closing']),
  );
});

test('what the format has no place for stands in comments, exactly', () => {
  const comments: Record<string, unknown>[] = [];
  const parser = new SaxesParser();
  parser.on('comment', (own) => comments.push(JSON.parse(own)));
  parser.write(text).close();
  const expected = [
    { path: 'Assets:Bank' },
    { memo: LONG, document: 'D'.repeat(90), reference: 'R'.repeat(150) },
    { description: `${LONG} –– -- ---` },
    { unit: 'V-1', quantity: '1.125' },
    { taxCode: 'OUT', taxPart: 'tax' },
    { dimensions: { 'cost-object-2': 'n' } },
    { dimension: 'cost-object-1' },
    { dimensionsWithoutValues: ['empty'] },
    { kind: 'output', account: '2500', baseBox: '1', taxBox: '2' },
  ];
  for (const one of expected) expect(comments).toContainEqual(expect.objectContaining(one));
});

/** All that trial balances of any month are made of. */
async function balancesOf({ bookId, store }: OpenBook): Promise<unknown[]> {
  const { rows } = await store.pool.query(
    `select a.code, a.type, b.month, b.closing, b.debit::text, b.credit::text
     from account_balances b join accounts a on a.id = b.account_id where b.book_id = $1
     order by a.code collate "C", b.month, b.closing`,
    [bookId],
  );
  return rows;
}

async function itemsOf({ bookId, store }: OpenBook): Promise<unknown[]> {
  const { rows } = await store.pool.query(
    `select p.code, a.code as account, left(i.document, 3) as document, (i.debit - i.credit)::text as open
     from items i join parties p on p.id = i.party_id join accounts a on a.id = i.account_id
     where i.book_id = $1 order by 1, 2, 3`,
    [bookId],
  );
  return rows;
}

test('read back into a book without accounts it is the same trial balance of every month, with its items', async () => {
  const actor = { userId: book.ownerId, via: 'session' } as const;
  const { id } = accepted(
    await book.commands.createBook(
      { actor, commandId: randomUUID() },
      {
        ...{ name: 'Again', slug: 'again', baseCurrency: 'EUR', chart: 'empty' },
        ...{ startDate: '2025-01-01', firstYearEnd: '2025-12-31' },
      },
    ),
  );
  const call: OpenBook['call'] = () => ({ actor, book: id, commandId: randomUUID() });
  const other: OpenBook = { ...book, bookId: id, call };
  for (const code of ['ada', 'bob']) {
    accepted(await book.commands.addParty(call(), { code, name: code }));
  }
  accepted(await book.commands.defineDimension(call(), { code: 'centre', name: 'Centre' }));
  const value = { dimension: 'centre', code: 'n1', name: 'N 1' };
  accepted(await book.commands.addDimensionValue(call(), value));
  const done = await importFile(other, 'saft', text);
  expect(done).toMatchObject({ state: 'posted', errors: [] });
  expect(await balancesOf(other)).toEqual(await balancesOf(book));
  expect(await itemsOf(other)).toEqual(await itemsOf(book));
  const { rows } = await book.store.pool.query(
    `select reference, (select sum(quantity)::text from posted_postings where book_id = $1 and unit = 'USD') as dollars
     from posted_entries where book_id = $1 and reference = 'R-1'`,
    [id],
  );
  expect(rows).toEqual([{ reference: 'R-1', dollars: '10000' }]);
  expect((await verifyBooks(book.store)).every(({ difference }) => difference === null)).toBe(true);
});

test('a book without accounts and entries is a valid file too', async () => {
  const actor = { userId: book.ownerId, via: 'session' } as const;
  const input = { name: 'Bare', slug: 'bare', baseCurrency: 'JPY', chart: 'empty' };
  const { id } = accepted(
    await book.commands.createBook({ actor, commandId: randomUUID() }, input),
  );
  const bare = await written({ ...book, bookId: id });
  expect(all(parsed(bare), 'NumberOfEntries').map((own) => own.text)).toEqual(['0']);
  if (!xmllint || samples === '') return;
  const file = join(mkdtempSync(join(tmpdir(), 'daybook-saft-')), 'bare.xml');
  writeFileSync(file, bare);
  execFileSync(xmllint, ['--noout', '--schema', join(samples, SCHEMA), file], { stdio: 'pipe' });
});
