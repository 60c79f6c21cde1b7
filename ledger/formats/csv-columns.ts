// Which column of a CSV file is what, found by its name in the header row.

export type CsvField =
  | 'date'
  | 'reference'
  | 'description'
  | 'account'
  | 'debit'
  | 'credit'
  | 'amount'
  | 'memo'
  | 'kind'
  | 'party'
  | 'partyName'
  | 'invoice'
  | 'due'
  | 'taxCode'
  | 'taxPart';

const NAMES: Readonly<Record<CsvField, readonly string[]>> = {
  date: ['date', 'entry date', 'posting date', 'transaction date', 'booking date', 'datum'],
  reference: [
    'reference',
    'ref',
    'number',
    'no',
    'nr',
    'entry',
    'entry number',
    'journal number',
    'voucher',
    'document',
    'document number',
  ],
  description: ['description', 'narration', 'text', 'details', 'payee', 'particulars'],
  account: ['account', 'account code', 'account number', 'account name', 'code', 'konto'],
  debit: ['debit', 'dr', 'debit amount', 'soll'],
  credit: ['credit', 'cr', 'credit amount', 'haben'],
  amount: ['amount', 'signed amount', 'value', 'betrag'],
  memo: ['memo', 'note', 'comment', 'line description', 'line memo'],
  kind: ['kind', 'entry kind'],
  // Not customer or supplier: other programs' columns of these hold names.
  party: ['party', 'party code'],
  partyName: ['party name'],
  invoice: ['invoice', 'invoice number', 'item'],
  due: ['due', 'due date'],
  taxCode: ['tax code', 'vat code'],
  taxPart: ['tax part'],
};

const plainName = (header: string) =>
  header
    .trim()
    .toLowerCase()
    .replace(/[._#:-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Places of the known columns in a header row; a name that comes twice counts once. */
export function findColumns(header: readonly string[]): Map<CsvField, number> {
  const found = new Map<CsvField, number>();
  const names = header.map(plainName);
  for (const [field, aliases] of Object.entries(NAMES) as [CsvField, readonly string[]][]) {
    for (const alias of aliases) {
      const at = names.indexOf(alias);
      if (at < 0 || [...found.values()].includes(at)) continue;
      found.set(field, at);
      break;
    }
  }
  return found;
}

/** Places of columns named `dimension:` and the code of one, by that code. */
export function findDimensions(header: readonly string[]): Map<string, number> {
  const named = header.map((name) => /^dimension\s*:\s*(.+)$/i.exec(name.trim())?.[1]);
  return new Map(named.flatMap((code, at) => (code === undefined ? [] : [[code, at]])));
}

/** What the header row lacks, as a sentence; null when an import can be read with it. */
export function missingColumns(columns: Map<CsvField, number>, dated: boolean): string | null {
  const lacking: string[] = [];
  if (!dated && !columns.has('date')) lacking.push('date');
  if (!columns.has('account')) lacking.push('account');
  if (!columns.has('amount') && !(columns.has('debit') && columns.has('credit'))) {
    lacking.push('debit and credit (or amount)');
  }
  return lacking.length === 0
    ? null
    : `The header row has no column ${lacking.join(', no column ')}. Name the columns date, reference, description, account, debit, credit (or amount), memo.`;
}
