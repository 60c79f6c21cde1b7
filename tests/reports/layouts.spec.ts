// Statements laid out as data: the presets on our charts' names, layouts of one's own, and what no line picks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESETS, presetLines } from '#ledger/domain/layout-presets.ts';
import { placeAccounts } from '#ledger/domain/place-accounts.ts';
import { type LayoutLine, layoutProblem, STATEMENTS } from '#ledger/domain/statement-layout.ts';
import { checkInvariants, reportsOf } from '#reports/catalogue/registry.ts';
import { layoutsOf, line, written } from './laid-out-book.ts';
import { asText, type Book } from './written-book.ts';

/** The report of the year as text, with the first of its figures. */
const firstFigures = (book: Book, report: string) =>
  asText(book.report(report, '2024')).map((text) => text.split(' | ').slice(0, 2).join(' | '));

describe('IFRS', () => {
  const book = written(layoutsOf('ifrs'));

  it('has the subtotals of IFRS 18 and shows financing income less its costs', () => {
    expect(firstFigures(book, 'income-statement')).toEqual([
      'Revenue',
      '  4000 Sales | 900.00',
      'Total revenue | 900.00',
      'Operating expenses',
      '  Cost of sales',
      '    5000 Cost of goods sold | 300.00',
      '  Total cost of sales | 300.00',
      '  Employee benefits',
      '    6000 Salaries | 200.00',
      '  Total employee benefits | 200.00',
      '  Depreciation and amortisation',
      '    6700 Depreciation | 10.00',
      '  Total depreciation and amortisation | 10.00',
      '  Premises and office',
      '    6100 Rent | 100.00',
      '  Total Premises and office | 100.00',
      'Total operating expenses | 610.00',
      'Operating profit | 290.00',
      'Investing income and expenses',
      '  4900 Interest received | 5.00',
      'Total investing income and expenses | 5.00',
      'Profit before financing and income taxes | 295.00',
      'Financing income and expenses',
      '  6800 Interest paid | 20.00',
      'Total financing income and expenses | 20.00',
      'Profit before income taxes | 275.00',
      'Income taxes',
      '  6900 Tax on profit | 75.00',
      'Total income taxes | 75.00',
      'Result | 200.00',
    ]);
  });

  it('divides assets and liabilities into current and non-current', () => {
    expect(asText(book.report('balance-sheet', '2024-01'))).toEqual([
      'Assets',
      '  Non-current assets',
      '    1500 Equipment | 600.00',
      '    1510 Equipment, depreciation | -10.00',
      '  Total non-current assets | 590.00',
      '  Current assets',
      '    1000 Bank | 510.00',
      '    1100 Trade debtors | 900.00',
      '  Total current assets | 1410.00',
      'Total assets | 2000.00',
      'Equity',
      '  3000 Capital | 1000.00',
      '  Result of the year | 200.00',
      'Total equity | 1200.00',
      'Liabilities',
      '  Non-current liabilities',
      '    2500 Loans | 500.00',
      '  Total non-current liabilities | 500.00',
      '  Current liabilities',
      '    2000 Trade creditors | 300.00',
      '  Total current liabilities | 300.00',
      'Total liabilities | 800.00',
      'Total liabilities and equity | 2000.00',
    ]);
  });

  it('begins the cash flows with operating profit', () => {
    const flow = book.report('cash-flow', '2024');
    expect(asText(flow).slice(0, 5)).toEqual([
      'Operating activities',
      '  Operating profit | 290.00 | 290.00',
      '  Income taxes',
      '    6900 Tax on profit | -75.00 | -75.00',
      '  Total income taxes | -75.00 | -75.00',
    ]);
    expect(asText(flow).slice(-3)).toEqual([
      'Change in cash | 510.00 | 510.00',
      'Cash at the beginning | 0.00 | 0.00',
      'Cash at the end | 510.00 | 510.00',
    ]);
  });

  it('takes a tagged account out of the line of the rest', () => {
    const tagged = written(layoutsOf('ifrs'), { 1100: ['non-current'] });
    const rows = asText(tagged.report('balance-sheet', '2024-01'));
    expect(rows).toContain('  Total non-current assets | 1490.00');
    expect(rows).toContain('  Total current assets | 510.00');
  });
});

describe('a small company', () => {
  it('comes from turnover to gross and operating profit', () => {
    const rows = firstFigures(written(layoutsOf('small-company')), 'income-statement');
    expect(rows.filter((text) => !text.startsWith(' ') && text.includes('|'))).toEqual([
      'Total turnover | 900.00',
      'Total cost of sales | 300.00',
      'Gross profit | 600.00',
      'Total staff costs | 200.00',
      'Total depreciation and amortisation | 10.00',
      'Total other operating charges | 100.00',
      'Operating profit | 290.00',
      'Total interest and similar income | 5.00',
      'Total interest and similar charges | 20.00',
      'Profit before tax | 275.00',
      'Total tax on profit | 75.00',
      'Result | 200.00',
    ]);
  });
});

describe('a layout of one’s own', () => {
  it('shows what no line picks, so that the statement is whole', () => {
    const lines = [
      line('Trade: 4000; 5000'),
      line('Staff: name Expenses:Staff'),
      line('Rest: type expense'),
    ];
    const book = written({ 'income-statement': lines });
    expect(firstFigures(book, 'income-statement')).toEqual([
      'Trade',
      '  Income',
      '    4000 Sales | 900.00',
      '  Total Income | 900.00',
      '  Expenses',
      '    Cost of sales',
      '      5000 Cost of goods sold | -300.00',
      '    Total Cost of sales | -300.00',
      '  Total Expenses | -300.00',
      'Total trade | 600.00',
      'Staff',
      '  6000 Salaries | 200.00',
      'Total staff | 200.00',
      'Rest',
      '  Premises and office',
      '    6100 Rent | 100.00',
      '  Total Premises and office | 100.00',
      '  Other',
      '    6700 Depreciation | 10.00',
      '    6800 Interest paid | 20.00',
      '    6900 Tax on profit | 75.00',
      '  Total Other | 105.00',
      'Total rest | 205.00',
      'Accounts in no line',
      '  4900 Interest received | 5.00',
      'Total accounts in no line | 5.00',
      'Result | 200.00',
    ]);
  });

  it('says which accounts fall through and which are picked twice', () => {
    const lines = [line('Trade: 4000..5000'), line('Sales: 4000'), line('Other: type expense')];
    const { accounts } = written({}).ledger;
    const { twice, unplaced } = placeAccounts('income-statement', lines, accounts);
    expect(unplaced.map(({ code }) => code)).toEqual([]);
    expect(twice.map(({ account, lines: names }) => [account.code, ...names])).toEqual([
      ['4000', 'Trade', 'Sales'],
    ]);
  });
});

it('every preset is a layout, and picks no account of our charts twice', () => {
  const { accounts } = written({}).ledger;
  for (const preset of PRESETS) {
    for (const statement of STATEMENTS) {
      const lines = presetLines(preset, statement);
      expect(layoutProblem(statement, lines)).toBeNull();
      const { twice, unplaced } = placeAccounts(statement, lines, accounts);
      expect([preset, statement, twice, unplaced]).toEqual([preset, statement, [], []]);
    }
  }
});

it.each([
  ['income-statement', ['Trade: 4000..'], '“4000..” picks no accounts.'],
  ['income-statement', ['Trade: kind income'], '“kind income” picks no accounts.'],
  ['income-statement', ['  Trade: 4000'], 'It is nested deeper than the line above it.'],
  ['income-statement', ['Trade: 4000', 'Trade: 5000'], 'There is a row “Total trade” already.'],
  ['income-statement', [], 'It has no lines.'],
  ['balance-sheet', ['Assets: type asset'], 'At the margin stand Assets, Liabilities, Equity'],
  [
    'cash-flow',
    ['Operating activities', 'Investing activities', 'Financing activities'],
    'one line',
  ],
] as const)('%s refuses %j', (statement, lines, problem) => {
  expect(layoutProblem(statement, lines.map(line))?.problem).toContain(problem);
});

it('whatever the layout, all documents of a book hold together', () => {
  const terms = fc.constantFrom(
    ...['type income', 'type expense', 'type asset', '4000', '1000..1500', '5000..6900'],
    ...['name Expenses:Other', 'tag x', 'activity operating', 'name Assets', ''],
  );
  const group = fc.record({ level: fc.nat(2), accounts: fc.array(terms, { maxLength: 2 }) });
  const lines = fc.array(group, { maxLength: 6 });
  const named = (
    roots: readonly string[],
    own: readonly (typeof group extends fc.Arbitrary<infer One> ? One : never)[],
  ) => {
    let before = 0;
    const inner = own.map(({ accounts, level }, at): LayoutLine => {
      before = Math.min(level + 1, before + 1);
      return { level: before, kind: 'group', name: `Line ${at}`, accounts: accounts.join(';') };
    });
    const [first = '', ...others] = roots;
    return [line(first), ...inner, ...others.map(line)];
  };
  fc.assert(
    fc.property(lines, lines, lines, (balance, income, flow) => {
      const book = written({
        'balance-sheet': named(['Assets', 'Equity', 'Liabilities'], balance),
        'income-statement': named(['Own'], income),
        'cash-flow': [
          ...named(['Operating activities'], flow),
          { level: 1, kind: 'result', name: 'Result', accounts: '' },
          ...['Investing activities', 'Financing activities'].map(line),
        ],
      });
      const period = book.period('2024');
      const set = Object.fromEntries(
        reportsOf('year').map((name) => [name, book.report(name, '2024')]),
      );
      expect(checkInvariants(book.ledger, period, set)).toContain('balance-sheet-balances');
    }),
  );
});
