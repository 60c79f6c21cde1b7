// The reader of SAF-T: what a file says, what of it stays in the file, where it contradicts itself, and what is no such file.
import { describe, expect, test } from 'vitest';
import { decimalText } from '#ledger/domain/money.ts';
import { readSaft } from '#ledger/formats/saft.ts';
import { saftAccountType } from '#ledger/formats/saft-account-types.ts';
import type { ReadOptions, SourceItem } from '#ledger/formats/source-item.ts';
import { ACCOUNTS, account, line, saftFile, TRANSACTION, transaction } from './saft-file.ts';

/** Reads in pieces of so many characters. */
async function read(
  text: string,
  options: Partial<ReadOptions> = {},
  size = 7,
): Promise<SourceItem[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const items: SourceItem[] = [];
  const all = { currency: 'EUR', exponent: 2, locale: 'en', ...options };
  for await (const item of readSaft(pieces(), all)) items.push(item);
  return items;
}

const issuesOf = async (text: string, options: Partial<ReadOptions> = {}, size = 1_000) =>
  (await read(text, options, size)).flatMap((item) =>
    item.type === 'issue' ? [`${item.line}:${item.column} ${item.code}`] : [],
  );
const notesOf = async (text: string, options: Partial<ReadOptions> = {}) =>
  (await read(text, options, 1_000)).flatMap((item) =>
    item.type === 'note' ? [item.message] : [],
  );
const entriesOf = (items: readonly SourceItem[]) =>
  items.flatMap((item) =>
    item.type === 'entry'
      ? [
          [
            `${item.date} ${item.kind ?? 'unsaid'} ${item.reference} ${item.description}`.replace(
              / +/g,
              ' ',
            ),
            ...item.postings.map(
              ({ account: path, amount, memo }) => `${path} ${decimalText(amount, 2)} ${memo}`,
            ),
          ],
        ]
      : [],
  );

test.each(['1.0', '1.10', '1.30'])(
  'version %s: accounts with types, opening balances as an entry, transactions',
  async (version) => {
    const items = await read(saftFile({ version }));
    expect(items.filter(({ type }) => type === 'issue')).toEqual([]);
    expect(items.filter(({ type }) => type === 'account')).toMatchObject([
      { code: '1920', name: 'Konto 1920', path: 'Assets:1920 Konto 1920', accountType: 'asset' },
      { code: '2000', accountType: 'equity' },
      { code: '3000', accountType: 'income' },
    ]);
    expect(entriesOf(items)).toEqual([
      [
        '2026-01-01 opening Opening balances',
        'Assets:1920 Konto 1920 1000.00 ',
        'Equity:2000 Konto 2000 -1000.00 ',
      ],
      [
        '2026-02-03 unsaid B-1 Salg',
        'Assets:1920 Konto 1920 125.00 ',
        'Income:3000 Konto 3000 -125.00 ',
      ],
    ]);
  },
);

describe('lines', () => {
  const one = async (lines: string) => {
    const items = await read(saftFile({ transactions: transaction(lines) }), {}, 1_000);
    const entry = items.findLast((item) => item.type === 'entry');
    return entry?.type === 'entry' ? entry.postings : [];
  };

  test('a memo where the line says something else, customer, invoice, due day, dimensions', async () => {
    const more = `<Analysis><AnalysisType>P</AnalysisType><AnalysisID>7</AnalysisID><DebitAnalysisAmount><Amount>125.0</Amount></DebitAnalysisAmount></Analysis>
      <CustomerID>10</CustomerID><Description>Skruer &amp; muttere</Description><ReferenceNumber>F1</ReferenceNumber><DueDate>2026-03-01</DueDate>`;
    expect(
      await one(line('1920', 'Debit', '125.00', more) + line('3000', 'Credit', '125')),
    ).toMatchObject([
      {
        memo: 'Skruer & muttere',
        details: { party: '10', document: 'F1', dueDate: '2026-03-01', dimensions: { P: '7' } },
        detailsIfKnown: true,
      },
      { memo: '' },
    ]);
  });

  test('a currency’s quantity is worth the amount, on the amount’s side', async () => {
    const dollars = (side: string, amount: string, quantity: string) =>
      line('1920', side, amount).replace(
        '</Amount>',
        `</Amount><CurrencyCode>USD</CurrencyCode><CurrencyAmount>${quantity}</CurrencyAmount><ExchangeRate>0.9</ExchangeRate>`,
      );
    expect(
      await one(
        dollars('Debit', '90.00', '100') +
          dollars('Credit', '45', '50') +
          line('3000', 'Credit', '45'),
      ),
    ).toMatchObject([
      {
        amount: 0n,
        units: {
          unit: 'USD',
          quantity: { digits: 100n, scale: 0 },
          price: { of: 'all', unit: 'EUR', value: { digits: 9000n, scale: 2 } },
        },
      },
      { units: { quantity: { digits: -50n }, price: { value: { digits: 4500n } } } },
      { amount: -4500n },
    ]);
  });

  test('an amount below zero stands on the other side', async () => {
    const lines = await one(line('1920', 'Credit', '-5') + line('3000', 'Debit', '-5'));
    expect(lines.map(({ amount }) => amount)).toEqual([500n, -500n]);
  });
});

test('what stays in the file is told, counted, with its first line', async () => {
  const customer =
    '<Customers><Customer><Name>x</Name><CustomerID>10</CustomerID></Customer></Customers>';
  const share = `<Analysis><AnalysisType>P</AnalysisType><AnalysisID>7</AnalysisID><AnalysisAmount><Amount>1</Amount></AnalysisAmount></Analysis>`;
  const lines = line('1920', 'Debit', '125', `${share}<ValueDate>2026-02-03</ValueDate>`);
  const text = saftFile({
    masters: `${customer}<Owners><Owner><Name>y</Name></Owner></Owners>`,
    transactions: transaction(
      lines + line('3000', 'Credit', '125', '<ReferenceNumber>1</ReferenceNumber>'),
      '<BatchID>1</BatchID>',
    ),
  });
  const left = (await notesOf(text)).filter((note) => note.startsWith('Stays'));
  expect(left.map((note) => note.replace(/^.*it: /, ''))).toEqual([
    'Customers/Customer (beside code and name of those that lines name and the book has or adds), 1 times, first on line 16.',
    'Owners/Owner, 1 times, first on line 16.',
    'Journal (which of them an entry is in), 1 times, first on line 18.',
    'Transaction/BatchID, 1 times, first on line 20.',
    'Line/ValueDate, 1 times, first on line 21.',
    'Analysis of a part of its Line, or a second one of its type, 1 times, first on line 21.',
    'ReferenceNumber of a Line without customer and supplier, 1 times, first on line 22.',
  ]);
});

describe('a file that contradicts itself', () => {
  const accounts = ACCOUNTS.replace('1000.00</OpeningDebit', '1300.00</OpeningDebit');
  const totals =
    '<NumberOfEntries>2</NumberOfEntries><TotalDebit>125</TotalDebit><TotalCredit>126</TotalCredit>';
  const file = saftFile({ accounts: accounts.replaceAll('n1:', ''), totals });

  test('is refused with each difference', async () => {
    const items = await read(file);
    const issues = items.flatMap((item) => (item.type === 'issue' ? [item] : []));
    expect(issues.map(({ code }) => code)).toEqual(Array(4).fill('saft-contradiction'));
    expect(issues.map(({ line: at, message }) => `${at} ${message}`)).toEqual([
      expect.stringMatching(
        /^10 .*openings? .*1300\.00 debit and 1000\.00 credit, a difference of 300\.00.*name the account/i,
      ),
      expect.stringMatching(/NumberOfEntries is 2, but the file has 1 transactions/),
      expect.stringMatching(/TotalCredit is 126, but the file has 125\.00/),
      expect.stringMatching(
        /Account 1920 opens with 1300\.00 and moves by 125\.00, which is 1425\.00, but the file closes it with 1125\.00: a difference of 300\.00/,
      ),
    ]);
  });

  test('is taken where an account is named for the opening difference, and each is told', async () => {
    const items = await read(file, { openingDifference: '2000' });
    expect(items.filter(({ type }) => type === 'issue')).toEqual([]);
    expect(entriesOf(items)[0]).toContain(
      'Equity:2000 Konto 2000 -300.00 Difference of the opening balances',
    );
    const told = items.filter((item) => item.type === 'note' && /contradicts/.test(item.message));
    expect(told).toHaveLength(4);
  });
});

describe('refused with line and column', () => {
  test.each([
    ['malformed', saftFile().replace('</n1:Company>', '</n1:Firma>'), '5:50 not-xml'],
    ['cut off', saftFile().slice(0, 900), '12:1 not-xml'],
    ['nothing', '', '1:1 not-xml'],
    ['no XML', 'date,amount\n2026-01-01,5', '2:1 not-xml'],
  ])('%s', async (_, text, issue) => {
    expect((await issuesOf(text))[0]?.replace(/:\d+ /, ': ')).toBe(issue.replace(/:\d+ /, ': '));
  });

  test('the place is where the fault is', async () => {
    expect(await issuesOf('<a>\n  <b></c></a>')).toEqual(['2:10 not-xml']);
    const text = saftFile({ transactions: TRANSACTION.replace('125.00<', '12,5<') });
    const before = text.slice(0, text.indexOf('<n1:Amount>12,5')).split('\n');
    const place = `${before.length}:${before.at(-1)!.length + 1}`;
    expect(await issuesOf(text)).toEqual([`${place} amount-malformed`]);
  });

  test.each([
    [
      'a document type',
      '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
      'xml-doctype',
    ],
    ['an entity of its own', saftFile().replace('Prøve', '&lol;'), 'not-xml'],
    ['another country', saftFile().replaceAll('Financial:NO', 'Financial:DK'), 'not-saft'],
    ['no namespace', '<AuditFile><Header/></AuditFile>', 'not-saft'],
    ['another version', saftFile({ version: '1.20' }), 'saft-version'],
    ['no version', saftFile({ version: '' }), 'saft-version'],
    ['another currency', saftFile({ currency: 'NOK' }), 'saft-currency'],
    ['a huge text', saftFile().replace('Prøve', 'x'.repeat(1_100_000)), 'xml-text-too-long'],
    [
      'a huge comment',
      saftFile().replace('Prøve', `<!--${'x'.repeat(1_100_000)}-->`),
      'xml-text-too-long',
    ],
    ['a deep file', saftFile().replace('Prøve', '<a>'.repeat(1_000)), 'xml-too-deep'],
    ['no header', saftFile().replace(/<n1:Header>[\s\S]*<\/n1:Header>/, ''), 'saft-header'],
  ])('%s, and nothing is read on', async (_, text, code) => {
    const issues = await issuesOf(text);
    expect(issues.map((own) => own.split(' ')[1])).toEqual([code]);
  });

  test.each([
    ['date-malformed', TRANSACTION.replace('2026-02-03', '2026-02-30')],
    ['out-of-balance', TRANSACTION.replace('>125<', '>124<')],
    ['too-few-lines', transaction(line('1920', 'Debit', '0'))],
    ['account-missing', TRANSACTION.replace('>1920<', '><')],
    ['amount-missing', TRANSACTION.replaceAll('DebitAmount', 'QuantityX')],
    ['amount-malformed', TRANSACTION.replace('125.00<', '125.001<')],
    ['amount-malformed', TRANSACTION.replace('125.00<', '1e3<')],
    ['amount-too-large', TRANSACTION.replaceAll(/125[.0]*</g, `${'9'.repeat(17)}<`)],
    ['not-understood', transaction('', '<Colour>red</Colour>')],
  ])('%s', async (code, transactions) => {
    const issues = await issuesOf(saftFile({ transactions }));
    expect(issues.map((own) => own.split(' ')[1])).toContain(code);
    expect(issues.every((own) => /^(1[89]|2\d):\d+ /.test(own))).toBe(true);
  });

  test('an account that stands twice, one with two balances, strange tables', async () => {
    const twice = `${ACCOUNTS}${account('1920', '19', '0', '0')}`;
    const both = account('1930', '19', '0', '0').replace(
      '</Account>',
      '<ClosingCreditBalance>1</ClosingCreditBalance></Account>',
    );
    const text = saftFile({ accounts: twice + both, masters: '<Colours><Colour/></Colours>' });
    expect((await issuesOf(text)).map((own) => own.split(' ')[1])).toEqual([
      ...['account-twice', 'balance-twice', 'not-understood', 'not-understood'],
    ]);
  });

  test('opening balances without a first day need one', async () => {
    const text = saftFile().replace(/<n1:SelectionCriteria>.*<\/n1:SelectionCriteria>/, '');
    expect((await issuesOf(text)).map((own) => own.split(' ')[1])).toEqual([
      'opening-date-missing',
    ]);
    const openingDate = '2026-01-31' as NonNullable<ReadOptions['openingDate']>;
    expect(entriesOf(await read(text, { openingDate }))[0]![0]).toMatch(/^2026-01-31 opening/);
  });
});

test.each([
  ['balanseverdiForOmloepsmiddel', '', '', '9', 'asset'],
  ['egenkapital', '9.28.76', '', '', 'equity'],
  ['finanskostnad', '8150', '', '8050', 'expense'],
  ['RF-1167', '3000', '', '1500', 'income'],
  ['', '', '20', '1500', 'equity'],
  ['', '', '', '2400', 'liability'],
  ['', '', '', '3900', 'income'],
  ['', '', '', '7700', 'expense'],
  ['', '', '', '8050', 'income'],
  ['', '', '', '8150', 'expense'],
  ['', '', '', '8300', 'expense'],
  ['', '', '', '8960', 'equity'],
  ['', '', '', '9000', undefined],
  ['constructor', 'x', '', 'kasse', undefined],
] as const)('type of %s/%s/%s/%s: %s', (category, groupingCode, standardAccount, own, type) => {
  expect(saftAccountType({ category, groupingCode, standardAccount, account: own })).toBe(type);
});
