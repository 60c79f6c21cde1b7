// SAF-T Financial of Norway, versions 1.10 and 1.30 (Skatteetaten): accounts, opening balances and transactions of the general
// ledger. It is read as it streams; memory holds its accounts and one transaction. What Daybook has no place for is told in
// the preview, what the schema hasn't is an issue with its line.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { inOneLine } from './own-text.ts';
import { type SaftGrouping, saftAccountType } from './saft-account-types.ts';
import { SaftBalances } from './saft-balances.ts';
import { type SaftBook, saftEntry } from './saft-entry.ts';
import { saftMaster } from './saft-masters.ts';
import { child, issueAt, LeftOut, saftDate, textOf } from './saft-values.ts';
import type { FormatReader, ReadOptions, SourceAccount, SourceItem } from './source-item.ts';
import { type XmlElement, XmlFault, type XmlItem, xmlElements } from './xml-elements.ts';

const NAMESPACE = 'urn:StandardAuditFile-Taxation-Financial:NO';
const MASTER = 'AuditFile/MasterFiles';
const LEDGER = 'AuditFile/GeneralLedgerEntries';
const HEADER = 'AuditFile/Header';
const ACCOUNT = `${MASTER}/GeneralLedgerAccounts/Account`;
const TRANSACTION = `${LEDGER}/Journal/Transaction`;
const TOTALS = ['NumberOfEntries', 'TotalDebit', 'TotalCredit'].map((own) => `${LEDGER}/${own}`);
/** Tables of what lines name, which is taken if the book has it or adds it. */
const NAMED = [
  'Customers/Customer',
  'Suppliers/Supplier',
  'AnalysisTypeTable/AnalysisTypeTableEntry',
];
const WANTED = new Set([
  ...[HEADER, ACCOUNT, TRANSACTION, ...TOTALS],
  ...NAMED.map((own) => `${MASTER}/${own}`),
]);
/** What is opened on the way to them. */
const WAYS = [
  ...['AuditFile', MASTER, `${MASTER}/GeneralLedgerAccounts`, LEDGER],
  ...['JournalID', 'Description', 'Type'].map((own) => `${LEDGER}/Journal/${own}`),
];
const SECTIONS = [
  ...['Customers', 'Suppliers', 'TaxTable', 'AnalysisTypeTable', 'Taxonomies', 'UOMTable'],
  ...['MovementTypeTable', 'Products', 'PhysicalStock', 'Owners', 'Assets'],
].map((own) => `${MASTER}/${own}`);
/** The first versions were published as 1.0 and 1.1, which files still say. */
const VERSIONS = /^1\.(?:0|00|1|10|3|30)$/;

const ROOTS = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
} as const;

const ACCOUNT_CHILDREN = [
  ...['AccountID', 'AccountDescription', 'StandardAccountID', 'GroupingCategory', 'GroupingCode'],
  ...['AccountType', 'AccountCreationDate'],
  ...['OpeningDebitBalance', 'OpeningCreditBalance', 'ClosingDebitBalance', 'ClosingCreditBalance'],
];

export const readSaft: FormatReader = async function* (text, options) {
  const file = new SaftFile(options);
  try {
    for await (const item of xmlElements(text, WANTED)) yield* file.take(item);
    yield* file.end();
  } catch (fault) {
    if (!(fault instanceof XmlFault)) throw fault;
    yield issueAt(fault, fault.code, fault.message);
  }
};

class SaftFile {
  private readonly options: ReadOptions;
  private readonly balances: SaftBalances;
  private readonly paths = new Map<string, string>();
  private readonly leftOut = new LeftOut();
  private readonly controls: XmlElement[] = [];
  private book: SaftBook | null = null;
  private firstDay: CalendarDate | null = null;
  private entriesBegun = false;
  private faulty = false;

  constructor(options: ReadOptions) {
    this.options = options;
    this.balances = new SaftBalances(options);
  }

  /** @throws XmlFault for a file that isn't one of these at all */
  *take(item: XmlItem): Generator<SourceItem> {
    for (const own of this.itemsOf(item)) {
      this.faulty ||= own.type === 'issue';
      yield own;
    }
  }

  *end(): Generator<SourceItem> {
    if (!this.entriesBegun) yield* this.beginEntries();
    for (const control of this.controls) this.balances.check(control);
    // Of what is at fault not everything was counted: each sum would be told as well.
    if (!this.faulty) yield* this.balances.differences();
    yield* this.leftOut.notes();
  }

  private itemsOf({ element, namespace, path }: XmlItem): SourceItem[] {
    if (path === element.name) this.checkRoot(element, namespace);
    if (path === HEADER) return this.header(element);
    if (path === ACCOUNT) return this.account(element);
    if (path === TRANSACTION) return this.transaction(element);
    if (TOTALS.includes(path)) this.controls.push(element);
    else if (path === LEDGER) return this.beginEntries();
    else if (path === `${LEDGER}/Journal`)
      this.leftOut.add('Journal (which of them an entry is in)', element);
    else if (!WAYS.includes(path)) return this.elsewhere(element, path);
    return [];
  }

  private checkRoot(root: XmlElement, namespace: string): void {
    if (root.name === 'AuditFile' && namespace === NAMESPACE) return;
    const what = root.name === 'AuditFile' ? `an AuditFile of “${namespace}”` : `a ${root.name}`;
    const message = `This is ${what.slice(0, 120)}, no AuditFile of ${NAMESPACE}: SAF-T Financial of Norway.`;
    throw new XmlFault('not-saft', message, root);
  }

  private header(of: XmlElement): SourceItem[] {
    const version = child(of, 'AuditFileVersion') ?? of;
    if (version === of || !VERSIONS.test(version.text.trim())) {
      const said = version === of ? 'nothing' : `“${version.text.trim().slice(0, 9)}”`;
      const message = `AuditFileVersion says ${said}; 1.10 and 1.30 are read.`;
      throw new XmlFault('saft-version', message, version);
    }
    const currency = textOf(of, 'DefaultCurrencyCode');
    if (currency !== this.options.currency) {
      const message = `The file is kept in ${currency.slice(0, 9) || 'no currency'}, the book in ${this.options.currency}.`;
      throw new XmlFault('saft-currency', message, child(of, 'DefaultCurrencyCode') ?? of);
    }
    this.firstDay = this.options.openingDate ?? firstDayOf(child(of, 'SelectionCriteria'));
    this.book = {
      currency,
      exponent: this.options.exponent,
      own: textOf(of, 'SoftwareID') === 'Daybook',
      pathOf: (account) => this.paths.get(account) ?? account,
      moved: (...line) => this.balances.moved(...line),
      leftOut: this.leftOut,
    };
    return [
      { type: 'note', line: of.line, message: `SAF-T ${version.text.trim()} of ${titleOf(of)}.` },
    ];
  }

  private account(of: XmlElement): SourceItem[] {
    const strange = of.children.filter(({ name }) => !ACCOUNT_CHILDREN.includes(name));
    const issues = strange.map((own) =>
      issueAt(own, 'not-understood', `${own.name.slice(0, 60)} in Account is not understood.`),
    );
    const id = textOf(of, 'AccountID');
    if (id === '' || this.paths.has(id)) {
      const message = id === '' ? 'The account has no AccountID.' : `Account ${id} stands twice.`;
      return [...issues, issueAt(of, 'account-twice', message)];
    }
    if (this.entriesBegun) {
      const message = 'Accounts must stand before GeneralLedgerEntries.';
      return [...issues, issueAt(of, 'saft-order', message)];
    }
    const account = accountOf(of, id);
    this.paths.set(id, account.path);
    return [...issues, account, ...this.balances.take(id, of)];
  }

  private beginEntries(): SourceItem[] {
    if (this.entriesBegun) return [];
    this.entriesBegun = true;
    const { book, firstDay } = this;
    if (!book) {
      const message = 'There is no Header before the accounts and entries.';
      throw new XmlFault('saft-header', message, { line: 1, column: 1 });
    }
    return this.balances.openingEntry(firstDay, book.pathOf);
  }

  private transaction(of: XmlElement): SourceItem[] {
    this.balances.counted();
    return [saftEntry(of, this.book!)].flat();
  }

  /** Tables and documents that aren't taken, counted by what they hold; anything else isn't of the schema. */
  private elsewhere(of: XmlElement, path: string): SourceItem[] {
    const [, , section = '', row = ''] = path.split('/');
    const within = path.startsWith('AuditFile/SourceDocuments');
    const depth = path.split('/').length;
    if (SECTIONS.includes(path)) return [];
    if (within || SECTIONS.some((own) => path.startsWith(`${own}/`))) {
      const named = NAMED.includes(`${section}/${row}`);
      const kind = named
        ? `${section}/${row} (beside code and name of those that lines name and the book has or adds)`
        : `${section}/${row}`;
      if (depth === 4) this.leftOut.add(kind, of);
      return named && depth === 4 ? saftMaster(of) : [];
    }
    return [issueAt(of, 'not-understood', `${path.slice(0, 120)} is not understood.`)];
  }
}

function accountOf(of: XmlElement, id: string): SourceAccount {
  const name = inOneLine(textOf(of, 'AccountDescription')).slice(0, 200) || id;
  const grouping: SaftGrouping = {
    category: textOf(of, 'GroupingCategory'),
    groupingCode: textOf(of, 'GroupingCode'),
    standardAccount: textOf(of, 'StandardAccountID'),
    account: id,
  };
  const accountType = saftAccountType(grouping);
  const own = inOneLine(`${id} ${name}`).replaceAll(':', '：');
  return {
    ...{ type: 'account', line: of.line, code: id, name },
    path: accountType ? `${ROOTS[accountType]}:${own}` : own,
    ...(accountType && { accountType }),
  };
}

/** Periods are months: the first one that the file was written for. */
function firstDayOf(criteria: XmlElement | undefined): CalendarDate | null {
  if (!criteria) return null;
  const period = textOf(criteria, 'PeriodStart').padStart(2, '0');
  const month = `${textOf(criteria, 'PeriodStartYear')}-${period}-01`;
  return saftDate(textOf(criteria, 'SelectionStartDate')) ?? saftDate(month);
}

function titleOf(header: XmlElement): string {
  const company = child(header, 'Company');
  const name = company ? inOneLine(textOf(company, 'Name')) : '';
  const software = inOneLine(textOf(header, 'SoftwareID'));
  return `${name.slice(0, 200) || 'nobody'}, written by ${software.slice(0, 100) || 'nobody'}`;
}
