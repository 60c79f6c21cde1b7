// Tax on lines: worked out from net or gross at the rate of the day, posted as a line of its own, counted by code, and in
// the boxes of the return.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CalendarDate, type PeriodKey, parsePeriod } from '#ledger/domain/calendar.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook();
  const { commands } = book;
  const account = { code: '2500', name: 'VAT', type: 'liability' };
  accepted(await commands.openAccount(book.call(), account));
  for (const [code, kind, baseBox, taxBox] of [
    ['OUT', 'output', '1', '2'],
    ['IN', 'input', '7', '8'],
  ] as const) {
    const boxes = { baseBox, taxBox };
    accepted(
      await commands.defineTaxCode(book.call(), {
        ...{ code, kind, name: code, account: '2500' },
        ...boxes,
      }),
    );
    await rate(code, '2026-01-01', '25');
  }
  await rate('OUT', '2026-07-01', '12.5');
}, 60_000);
afterAll(() => book?.stop());

const rate = async (code: string, from: string, per: string) =>
  accepted(await book.commands.setTaxRate(book.call(), { code, from, rate: per }));

interface Line {
  readonly account: string;
  readonly side: 'debit' | 'credit';
  readonly amount: string;
}

const post = (date: string, lines: readonly Line[], from?: 'dry') =>
  book.commands.postJournalEntry(book.call(), { date, description: from ?? 'x', lines });

/** Lines of the newest entry: account, side, amount in cents, code and part. */
async function lines(): Promise<string[]> {
  const { rows } = await book.store.pool.query<{ line: string }>(
    `select concat_ws(' ', a.code, case when p.side > 0 then 'D' else 'C' end, p.amount, c.code, p.tax_part) as line
     from postings p join accounts a on a.id = p.account_id left join tax_codes c on c.id = p.tax_code_id
     where p.entry_id = (select max(id) from journal_entries) order by p.line`,
  );
  return rows.map(({ line }) => line);
}

const sale = (amount: string, total: string, more: object = {}): Line[] => [
  { account: '1100', side: 'debit', amount: total },
  { account: '4000', side: 'credit', amount, ...{ taxCode: 'OUT' }, ...more },
];

describe('a line with a tax code', () => {
  test('from net: the tax comes on top', async () => {
    accepted(await post('2026-03-01', sale('100.02', '125.03')));
    expect(await lines()).toEqual(['1100 D 12503', '4000 C 10002 OUT base', '2500 C 2501 OUT tax']);
  });

  test('from gross: the tax is taken out, and both add up to it', async () => {
    accepted(await post('2026-03-01', sale('99.99', '99.99', { taxFrom: 'gross' })));
    expect(await lines()).toEqual(['1100 D 9999', '4000 C 7999 OUT base', '2500 C 2000 OUT tax']);
  });

  test('the rate is that of the day', async () => {
    accepted(await post('2026-06-30', sale('8.00', '10.00')));
    expect((await lines()).at(-1)).toBe('2500 C 200 OUT tax');
    accepted(await post('2026-07-01', sale('8.00', '9.00')));
    expect((await lines()).at(-1)).toBe('2500 C 100 OUT tax');
  });

  test('worked out by whoever wrote it, it stays as it is', async () => {
    accepted(
      await post('2026-03-02', [
        { account: '5000', side: 'debit', amount: '10.00', ...{ taxCode: 'IN', taxPart: 'base' } },
        { account: '2500', side: 'debit', amount: '2.49', ...{ taxCode: 'IN', taxPart: 'tax' } },
        { account: '2000', side: 'credit', amount: '12.49' },
      ]),
    );
    expect(await lines()).toEqual(['5000 D 1000 IN base', '2500 D 249 IN tax', '2000 C 1249']);
  });

  test('in another currency, at the line’s rate', async () => {
    const [, line] = sale('100.00', '0');
    accepted(
      await post('2026-03-03', [
        { account: '1100', side: 'debit', amount: '112.50' },
        { ...line!, ...{ unit: 'USD', rate: '0.9' } },
      ]),
    );
    expect(await lines()).toEqual(['1100 D 11250', '4000 C 9000 OUT base', '2500 C 2250 OUT tax']);
  });

  test.each([
    ['tax-code-unknown', '2026-03-01', { taxCode: 'X' }],
    ['tax-rate-missing', '2026-03-01', { taxCode: 'NEW' }],
    ['tax-code-closed', '2026-03-01', { taxCode: 'OLD' }],
    ['tax-with-base-amount', '2026-03-01', { taxCode: 'OUT', unit: 'USD', baseAmount: '1.00' }],
    ['out-of-balance', '2026-03-01', { taxCode: 'OUT' }],
  ])('is refused: %s', async (code, date, more) => {
    const { commands } = book;
    for (const name of ['NEW', 'OLD']) {
      const facts = {
        code: name,
        kind: 'output',
        name,
        account: '2500',
        baseBox: '1',
        taxBox: '2',
      };
      await commands.defineTaxCode(book.call(), facts);
    }
    await rate('OLD', '2026-01-01', '1');
    await commands.changeTaxCode(book.call(), { code: 'OLD', closed: true });
    const answer = await post(date, sale('1.00', '1.00', more));
    expect(answer).toMatchObject({ ok: false, refusal: { code } });
  });
});

test('an entry with its taxes has no more lines than any other', async () => {
  const [debtor, line] = sale('1.00', '6250.00');
  const lines = [debtor!, ...Array.from({ length: 5_000 }, () => line!)];
  expect(await post('2026-03-04', lines)).toMatchObject({
    refusal: { code: 'too-many-lines', lines: 10_001 },
  });
});

test('the account of a tax holds no more than 18 digits either', async () => {
  const other = await openBook();
  const { commands } = other;
  const day = { date: '2026-03-05', description: 'x' };
  accepted(
    await commands.openAccount(other.call(), { code: '2500', name: 'V', type: 'liability' }),
  );
  const boxes = { baseBox: '1', taxBox: '2' };
  const code = { code: 'X', name: 'x', kind: 'output', account: '2500', ...boxes };
  accepted(await commands.defineTaxCode(other.call(), code));
  const rate = { code: 'X', from: '2026-01-01', rate: '900' };
  accepted(await commands.setTaxRate(other.call(), rate));
  const gross = '6000000000000000.00';
  const one = (debit: string, credit: string) =>
    commands.postJournalEntry(other.call(), {
      ...day,
      lines: [
        { account: debit, side: 'debit', amount: gross },
        { account: credit, side: 'credit', amount: gross, taxCode: 'X', taxFrom: 'gross' },
      ],
    });
  accepted(await one('1000', '4000'));
  expect(await one('1100', '4000')).toMatchObject({
    refusal: { code: 'amount-too-large', field: 'lines' },
  });
  await other.stop();
});

test('whatever the gross amount and rate: what was taxed and the tax add up to it', async () => {
  const cents = fc.integer({ min: 100, max: 99_999_999 });
  await fc.assert(
    fc.asyncProperty(cents, fc.integer({ min: 0, max: 30_000 }), async (gross, thousandths) => {
      await rate('OUT', '2026-09-01', (thousandths / 1000).toFixed(3));
      const amount = (gross / 100).toFixed(2);
      accepted(await post('2026-09-02', sale(amount, amount, { taxFrom: 'gross' })));
      const [, base, tax] = await lines();
      const part = (text = '') => Number(text.split(' ')[2] ?? 0);
      expect(part(base) + part(tax)).toBe(gross);
      // Half a cent at most, since both are whole cents.
      const exact = (gross * thousandths) / (100_000 + thousandths);
      expect(Math.abs(part(tax) - exact)).toBeLessThanOrEqual(0.500_001);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('the return: boxes with the accounts behind them; reversed, nothing is left', async () => {
  const { dbName, mongoUrl } = book.rig;
  const documents = await openDocuments({ url: mongoUrl, dbName });
  const input = { store: book.store, documents, bookId: book.bookId };
  const boxes = async (period: string) => {
    await recomputeBook(input);
    expect(parsePeriod(calendar, period)).not.toBeNull();
    const head = await documents.head(book.bookId, 'tax-return', period as PeriodKey);
    const body = (await documents.body(head!.digest))!;
    return body.rows
      .filter(({ kind }) => kind !== 'heading')
      .map(({ account, name, values }) => `${account ?? name} ${values['amount']}`);
  };
  const calendar = {
    startDate: '2026-01-01' as CalendarDate,
    firstYearEnd: '2026-12-31' as CalendarDate,
  };
  expect(await boxes('2026-03')).toEqual([
    ...['4000 270.01', 'Box 1 270.01', '2500 67.51', 'Box 2 67.51'],
    ...['5000 10.00', 'Box 7 10.00', '2500 2.49', 'Box 8 2.49'],
    'Output tax less input tax 65.02',
  ]);
  for (let number = 1; number <= 6; number++) {
    await book.commands.reverseEntry(book.call(), { number, reason: 'x' });
  }
  expect(await boxes('2026-03')).toEqual(['Output tax less input tax 0.00']);
  expect(await reconcileBook(input)).toMatchObject({ differences: [] });
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
  await documents.close();
});
