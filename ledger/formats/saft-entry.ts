// A Transaction of a SAF-T file as an entry: TransactionID is its reference, TransactionDate (of the voucher) its day, and
// each Line a posting at its Amount, which is in the book's currency; a CurrencyAmount beside it is the quantity that the
// Amount is worth. What Daybook has no place for is counted, and what the schema hasn't is an issue.
import { type Decimal, negated, parseDecimal } from '#ledger/domain/decimal.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import { decimalText, type MinorUnits, ZERO } from '#ledger/domain/money.ts';
import { isWrittenKind, LONGEST_DESCRIPTION, LONGEST_REFERENCE } from './own-text.ts';
import { saftDetails } from './saft-details.ts';
import { child, issueAt, type LeftOut, saftAmount, saftDate, textOf } from './saft-values.ts';
import type { SourceEntry, SourceIssue, SourcePosting } from './source-item.ts';
import type { XmlElement } from './xml-elements.ts';

export interface SaftBook {
  readonly currency: string;
  /** Decimals of the currency. */
  readonly exponent: number;
  /** Whether Daybook wrote the file: then its numbers are Daybook's, and references stand with the lines. */
  readonly own: boolean;
  /** What an account's number is called in the book. */
  pathOf(account: string): string;
  /** Told of each line's amount, debit positive, and of the side on which the file has it. */
  moved(account: string, amount: bigint, side: 'debit' | 'credit'): void;
  readonly leftOut: LeftOut;
}

const LONGEST_MEMO = 500;
const TAKEN = ['TransactionID', 'TransactionDate', 'Description', 'TransactionType', 'Line'];
/** Say nothing beside a day and a type: the first follow from the day, which is the one that counts here. */
const IMPLIED = ['Period', 'PeriodYear'];
const LEFT = [
  ...['SourceID', 'VoucherType', 'VoucherDescription', 'BatchID', 'SystemEntryDate'],
  ...['GLPostingDate', 'ModificationDate', 'CustomerID', 'SupplierID', 'SystemID'],
];
const LINE_TAKEN = ['RecordID', 'AccountID', 'Description', 'DebitAmount', 'CreditAmount'];
const LINE_DETAILS = ['CustomerID', 'SupplierID', 'ReferenceNumber', 'DueDate', 'Analysis'];
const LINE_LEFT = [
  ...['ValueDate', 'SourceDocumentID', 'TaxInformation', 'CID', 'Quantity', 'CrossReference'],
  ...['SystemEntryTime', 'OwnerID'],
];

/** @returns the entry, or everything that is wrong with it */
export function saftEntry(of: XmlElement, book: SaftBook): SourceEntry | SourceIssue[] {
  const issues = strangeChildren(of, [...TAKEN, ...IMPLIED, ...LEFT]);
  if (!book.own) countLeft(of, LEFT, 'Transaction', book.leftOut);
  const date = saftDate(textOf(of, 'TransactionDate'));
  if (date === null) {
    const message = `“${textOf(of, 'TransactionDate').slice(0, 40)}” in TransactionDate is no day such as 2026-03-31.`;
    issues.push(issueAt(child(of, 'TransactionDate') ?? of, 'date-malformed', message));
  }
  const said = textOf(of, 'Description');
  const lines = of.children.filter(({ name }) => name === 'Line');
  const postings: SourcePosting[] = [];
  let sum = 0n;
  for (const line of lines) {
    const read = saftLine(line, said, book);
    if (Array.isArray(read)) issues.push(...read);
    else {
      postings.push(read.posting);
      sum += read.amount;
    }
  }
  const reference = referenceOf(of, lines, book.own);
  if (issues.length === 0) issues.push(...imbalance(of, sum, lines.length, book.exponent));
  if (issues.length > 0 || date === null) return issues;
  const description = (said || reference || 'Imported entry').slice(0, LONGEST_DESCRIPTION);
  return {
    type: 'entry',
    line: of.line,
    date,
    kind: kindOf(of, book),
    reference,
    description,
    postings,
  };
}

function imbalance(of: XmlElement, sum: bigint, lines: number, exponent: number): SourceIssue[] {
  const which = `Transaction ${textOf(of, 'TransactionID')}`;
  if (sum !== 0n) {
    const message = `${which} adds up to ${decimalText(sum, exponent)} instead of zero.`;
    return [issueAt(of, 'out-of-balance', message)];
  }
  if (lines > 1) return [];
  return [issueAt(of, 'too-few-lines', `${which} has fewer than two lines.`)];
}

function referenceOf(of: XmlElement, lines: readonly XmlElement[], own: boolean): string {
  const text = own ? lines[0] && textOf(lines[0], 'SourceDocumentID') : textOf(of, 'TransactionID');
  return (text ?? '').slice(0, LONGEST_REFERENCE);
}

/** Daybook writes every kind but the ordinary one; types of other programs say nothing of closings. */
function kindOf(of: XmlElement, { leftOut, own }: SaftBook): EntryKind | null {
  const type = textOf(of, 'TransactionType').toLowerCase();
  if (isWrittenKind(type)) return type;
  if (!['', 'normal'].includes(type)) leftOut.add('Transaction/TransactionType', of);
  return own ? 'ordinary' : null;
}

function saftLine(
  of: XmlElement,
  said: string,
  book: SaftBook,
): { posting: SourcePosting; amount: bigint } | SourceIssue[] {
  const issues = strangeChildren(of, [...LINE_TAKEN, ...LINE_DETAILS, ...LINE_LEFT]);
  const left = book.own ? LINE_LEFT.filter((name) => name !== 'SourceDocumentID') : LINE_LEFT;
  countLeft(of, left, 'Line', book.leftOut);
  const account = textOf(of, 'AccountID');
  if (account === '') issues.push(issueAt(of, 'account-missing', 'The line has no AccountID.'));
  const amount = lineAmount(of, book);
  if ('code' in amount) return [...issues, amount];
  if (issues.length > 0) return issues;
  const description = textOf(of, 'Description');
  book.moved(account, amount.amount, amount.side);
  const details = saftDetails(of, amount.amount, book);
  return {
    amount: amount.amount,
    posting: {
      line: of.line,
      account: book.pathOf(account),
      amount: (amount.units ? ZERO : amount.amount) as MinorUnits,
      memo: description === said ? '' : description.slice(0, LONGEST_MEMO),
      ...(amount.units && { units: amount.units }),
      ...(details && { details, detailsIfKnown: true as const }),
    },
  };
}

interface LineAmount {
  readonly amount: bigint;
  readonly side: 'debit' | 'credit';
  readonly units?: SourcePosting['units'];
}

/** Debit positive. An amount below zero counts on the other side. */
function lineAmount(of: XmlElement, book: SaftBook): LineAmount | SourceIssue {
  const sides = of.children.filter(({ name }) => /^(Debit|Credit)Amount$/.test(name));
  const [side] = sides;
  const written = side && child(side, 'Amount');
  if (!side || !written || sides.length > 1) {
    const message = 'The line needs either a DebitAmount or a CreditAmount, with an Amount.';
    return issueAt(of, 'amount-missing', message);
  }
  const read = saftAmount(written, book.exponent);
  if (typeof read !== 'bigint') return read;
  const debit = side.name === 'DebitAmount';
  const amount = debit ? read : -read;
  const plain = { amount, side: debit ? 'debit' : 'credit' } as const;
  const unit = textOf(side, 'CurrencyCode');
  if (unit === '' || unit === book.currency) return plain;
  const quantity = parseDecimal(textOf(side, 'CurrencyAmount'));
  if (!/^[A-Z]{3}$/.test(unit) || quantity === null) {
    const message = `“${textOf(side, 'CurrencyAmount').slice(0, 40)} ${unit.slice(0, 9)}” is no amount of a currency.`;
    return issueAt(side, 'amount-malformed', message);
  }
  if (amount === 0n || quantity.digits === 0n) {
    // Nothing of the currency or of its worth: what counts is the amount.
    if (quantity.digits !== 0n) book.leftOut.add('CurrencyAmount of an Amount of zero', side);
    return plain;
  }
  return { ...plain, units: inCurrency(unit, quantity, amount, book) };
}

/** The quantity stands on the amount's side, and is worth the amount in all: ExchangeRate says the same, rounded. */
function inCurrency(
  unit: string,
  quantity: Decimal,
  amount: bigint,
  book: SaftBook,
): NonNullable<SourcePosting['units']> {
  const size = quantity.digits < 0n ? negated(quantity) : quantity;
  const worth = { digits: amount < 0n ? -amount : amount, scale: book.exponent };
  return {
    unit,
    quantity: amount < 0n ? negated(size) : size,
    price: { of: 'all', unit: book.currency, value: worth },
  };
}

function strangeChildren(of: XmlElement, known: readonly string[]): SourceIssue[] {
  return of.children
    .filter(({ name }) => !known.includes(name))
    .map((own) =>
      issueAt(own, 'not-understood', `${own.name.slice(0, 60)} in ${of.name} is not understood.`),
    );
}

function countLeft(of: XmlElement, left: readonly string[], kind: string, leftOut: LeftOut): void {
  for (const own of of.children) {
    if (left.includes(own.name)) leftOut.add(`${kind}/${own.name}`, own);
  }
}
