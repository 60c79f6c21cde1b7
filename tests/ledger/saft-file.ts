// Small SAF-T files for the tests, written by hand to the schemas of 1.10 and 1.30.

export interface SaftParts {
  readonly version?: string;
  readonly currency?: string;
  readonly software?: string;
  readonly accounts?: string;
  /** More master files, after the accounts. */
  readonly masters?: string;
  /** Control totals; right for `TRANSACTION` alone. */
  readonly totals?: string;
  readonly transactions?: string;
}

/** Of version 1.10 where the second is a number of NS 4102, else of 1.30. Balances: debit positive. */
export function account(id: string, of: string, opening: string, closing: string): string {
  const balance = (which: string, amount: string) =>
    amount.startsWith('-')
      ? `<${which}CreditBalance>${amount.slice(1)}</${which}CreditBalance>`
      : `<${which}DebitBalance>${amount}</${which}DebitBalance>`;
  const grouping = /^\d+$/.test(of)
    ? `<StandardAccountID>${of}</StandardAccountID>`
    : `<GroupingCategory>${of}</GroupingCategory><GroupingCode>9</GroupingCode>`;
  return `<Account><AccountID>${id}</AccountID><AccountDescription>Konto ${id}</AccountDescription>${grouping}
    <AccountType>GL</AccountType>${balance('Opening', opening)}${balance('Closing', closing)}</Account>
  `;
}

export const ACCOUNTS = [
  account('1920', '19', '1000.00', '1125.00'),
  account('2000', '20', '-1000', '-1000.00'),
  account('3000', 'salgsinntekt', '0', '-125'),
].join('');

export const line = (id: string, side: string, amount: string, more = ''): string =>
  `<Line><RecordID>1</RecordID><AccountID>${id}</AccountID>${more.includes('<Description>') ? '' : '<Description>Salg</Description>'}<${side}Amount><Amount>${amount}</Amount></${side}Amount>${more}</Line>
  `;

export const transaction = (lines: string, more = ''): string =>
  `<Transaction><TransactionID>B-1</TransactionID><Period>2</Period><PeriodYear>2026</PeriodYear>
  <TransactionDate>2026-02-03</TransactionDate><Description>Salg</Description>${more}
  ${lines}</Transaction>
  `;

export const TRANSACTION = transaction(
  line('1920', 'Debit', '125.00') + line('3000', 'Credit', '125'),
);

export const saftFile = ({
  version = '1.30',
  currency = 'EUR',
  software = 'N-SYS',
  accounts = ACCOUNTS,
  masters = '',
  totals = '<NumberOfEntries>1</NumberOfEntries><TotalDebit>125</TotalDebit><TotalCredit>125.00</TotalCredit>',
  transactions = TRANSACTION,
}: SaftParts = {}): string => `<?xml version="1.0" encoding="UTF-8"?>
<n1:AuditFile xmlns:n1="urn:StandardAuditFile-Taxation-Financial:NO">
<n1:Header>
<n1:AuditFileVersion>${version}</n1:AuditFileVersion><n1:SoftwareID>${software}</n1:SoftwareID>
<n1:Company><n1:Name>Prøve AS</n1:Name></n1:Company>
<n1:DefaultCurrencyCode>${currency}</n1:DefaultCurrencyCode>
<n1:SelectionCriteria><n1:PeriodStart>1</n1:PeriodStart><n1:PeriodStartYear>2026</n1:PeriodStartYear></n1:SelectionCriteria>
</n1:Header>
${prefixed(`<MasterFiles><GeneralLedgerAccounts>
${accounts}</GeneralLedgerAccounts>${masters}</MasterFiles>
<GeneralLedgerEntries>${totals}
<Journal><JournalID>GL</JournalID><Description>x</Description><Type>GL</Type>
${transactions}</Journal></GeneralLedgerEntries>`)}
</n1:AuditFile>
`;

const prefixed = (xml: string): string => xml.replace(/<(\/?)(?=[A-Z])/g, '<$1n1:');
