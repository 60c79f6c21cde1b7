// The MasterFiles of a SAF-T file: accounts with their balances, customers, suppliers, tax codes, values of dimensions.
// A party is a customer of accounts that hold receivables, assets, income or equity, a supplier of those that hold payables,
// liabilities or expenses; it may be both, and stands among the customers where no line names it.
import { addDays, type CalendarDate } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { WrittenBook } from './written-book.ts';
import type { WrittenMasters } from './written-masters.ts';
import { CutTexts, comment, element, elementIf, nested } from './xml-text.ts';

/** The element that a line names its party in. */
export type PartyKind = 'Customer' | 'Supplier';

/** Which of the two a party is on an account. */
export function partyKinds(book: WrittenBook, { standing }: WrittenMasters) {
  const suppliers = new Set(
    book.accounts
      .filter(({ id, type }) => {
        const controls = standing.get(id)?.controls;
        return controls ? controls === 'payables' : type === 'liability' || type === 'expense';
      })
      .map(({ id }) => id),
  );
  return (account: number): PartyKind => (suppliers.has(account) ? 'Supplier' : 'Customer');
}

/** AnalysisType has nine characters: a longer code is cut, and told apart by a number. */
export function analysisTypes(codes: readonly string[]): ReadonlyMap<string, string> {
  const most = 9;
  const short = codes.filter((code) => Array.from(code).length <= most);
  const taken = new Set(short);
  const names = new Map(short.map((code) => [code, code]));
  for (const code of codes) {
    if (names.has(code)) continue;
    let name = '';
    for (let nth = 1; name === '' || taken.has(name); nth += 1) {
      const end = `~${nth}`;
      name =
        Array.from(code)
          .slice(0, most - end.length)
          .join('') + end;
    }
    taken.add(name);
    names.set(code, name);
  }
  return names;
}

export function* masterFiles(book: WrittenBook, masters: WrittenMasters): Generator<string> {
  yield '<MasterFiles>\n';
  yield section('GeneralLedgerAccounts', accounts(book, masters));
  const kinds: readonly PartyKind[] = ['Customer', 'Supplier'];
  for (const kind of kinds) yield section(`${kind}s`, parties(kind, book, masters));
  yield section('TaxTable', masters.taxCodes.map(taxCode));
  yield section('AnalysisTypeTable', dimensions(masters));
  const unused = masters.dimensions.filter(({ values }) => values.length === 0);
  yield comment(
    unused.length > 0 ? { dimensionsWithoutValues: unused.map(({ code }) => code) } : {},
  );
  yield '</MasterFiles>\n';
}

/** A table must have a row. */
const section = (name: string, rows: readonly string[]): string =>
  rows.length === 0 ? '' : `<${name}>\n${rows.join('\n')}\n</${name}>\n`;

function accounts({ accounts: own, exponent }: WrittenBook, { standing }: WrittenMasters) {
  return own.map(({ closed, code, id, name, path, type }) => {
    const cut = new CutTexts();
    return nested(
      'Account',
      element('AccountID', code),
      element('AccountDescription', cut.fit('name', name, 256)),
      comment({ path, ...(closed && { closed }), ...cut.whole }),
      element('GroupingCategory', type),
      element('GroupingCode', 'NA'),
      element('AccountType', 'GL'),
      balances(standing.get(id)!.balance, exponent),
    );
  });
}

/** Of a whole book: opened at zero. @param closing debit positive */
function balances(closing: string, exponent: number): string {
  const credit = closing.startsWith('-');
  return [
    element('OpeningDebitBalance', decimalText(0n, exponent)),
    credit
      ? element('ClosingCreditBalance', closing.slice(1))
      : element('ClosingDebitBalance', closing),
  ].join('');
}

function parties(kind: PartyKind, book: WrittenBook, masters: WrittenMasters): string[] {
  const kindOn = partyKinds(book, masters);
  const codes = new Map(book.accounts.map(({ code, id }) => [id, code]));
  return masters.parties
    .map((party) => ({
      ...party,
      own: party.balances.filter(({ account }) => kindOn(account) === kind),
    }))
    .filter(({ balances: all, own }) => own.length > 0 || (all.length === 0 && kind === 'Customer'))
    .map(({ closed, code, name, own }) =>
      nested(
        kind,
        element('Name', name),
        element(`${kind}ID`, code),
        ...own.map(({ account, balance }) =>
          nested(
            'BalanceAccount',
            element('AccountID', codes.get(account)!),
            balances(balance, book.exponent),
          ),
        ),
        nested('PartyInfo', element('Status', closed ? 'Passive' : 'Active')),
      ),
    );
}

/** One row for each of its rates, the oldest first. */
function taxCode(of: WrittenMasters['taxCodes'][number]): string {
  const { account, baseBox, closed, code, kind, name, taxBox } = of;
  const rates = of.rates.toReversed();
  const rows = (rates.length > 0 ? rates : [null]).map((rate, at) => {
    const next = rates[at + 1]?.from as CalendarDate | undefined;
    return nested(
      'TaxCodeDetails',
      element('TaxCode', code),
      elementIf('EffectiveDate', rate?.from),
      elementIf('ExpirationDate', next && addDays(next, -1)),
      element('Description', name),
      elementIf('TaxPercentage', rate?.rate),
      element('Country', 'NO'),
      element('StandardTaxCode', 'NA'),
      element('BaseRate', '100'),
    );
  });
  return nested(
    'TaxTableEntry',
    comment({ kind, account, baseBox, taxBox, ...(closed && { closed }) }),
    element('TaxType', 'MVA'),
    element('Description', 'Merverdiavgift'),
    ...rows,
  );
}

/** A row for each value. */
function dimensions({ dimensions: own }: WrittenMasters): string[] {
  const types = analysisTypes(own.map(({ code }) => code));
  return own.flatMap(({ code: dimension, name: title, values }) =>
    values.map(({ closed, code, name, parent }) => {
      const type = types.get(dimension)!;
      return nested(
        'AnalysisTypeTableEntry',
        comment(type === dimension ? {} : { dimension }),
        element('AnalysisType', type),
        element('AnalysisTypeDescription', title),
        element('AnalysisID', code),
        element('AnalysisIDDescription', name),
        element('Status', closed ? 'Closed' : 'Active'),
        parent === null
          ? ''
          : nested('Analysis', element('AnalysisType', type), element('AnalysisID', parent)),
      );
    }),
  );
}
