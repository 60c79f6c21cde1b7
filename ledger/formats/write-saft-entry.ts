// An entry of a book as a Transaction of a SAF-T file: its number is TransactionID, its reference each Line's
// SourceDocumentID, its kind TransactionType; a reversal names the entry that it takes back in CrossReference.
import { isCurrencyCode } from '#ledger/domain/currency.ts';
import {
  type Decimal,
  parseDecimal,
  plainDecimal,
  roundedQuotient,
} from '#ledger/domain/decimal.ts';
import { kindToWrite } from './own-text.ts';
import { analysisTypes, type PartyKind, partyKinds } from './write-saft-masters.ts';
import { saftTaxes } from './write-saft-taxes.ts';
import type { WrittenBook, WrittenEntry } from './written-book.ts';
import type { WrittenMasters } from './written-masters.ts';
import { CutTexts, comment, element, elementIf, nested } from './xml-text.ts';

type Line = WrittenEntry['lines'][number];

interface Names {
  readonly accounts: ReadonlyMap<number, string>;
  readonly dimensions: ReadonlyMap<string, string>;
  partyKind(account: number): PartyKind;
}

const CURRENCY_DECIMALS = 2;
const QUANTITY_DECIMALS = 6;
const RATE_DECIMALS = 8;
const RATE_DIGITS = 18;

/** Writes entries of the book one by one. */
export function saftEntryWriter(
  book: WrittenBook,
  masters: WrittenMasters,
): (entry: WrittenEntry) => string {
  const names: Names = {
    accounts: new Map(book.accounts.map(({ code, id }) => [id, code])),
    dimensions: analysisTypes(masters.dimensions.map(({ code }) => code)),
    partyKind: partyKinds(book, masters),
  };
  return (entry) => transaction(entry, names);
}

function transaction(entry: WrittenEntry, names: Names): string {
  const { date, description, lines, number, recordedAt } = entry;
  const cut = new CutTexts();
  const said = cut.fit('description', description, 256);
  const kind = kindToWrite(entry);
  const taxes = saftTaxes(lines);
  return `${[
    '<Transaction>',
    comment(cut.whole),
    element('TransactionID', `${number}`),
    element('Period', `${+date.slice(5, 7)}`),
    element('PeriodYear', date.slice(0, 4)),
    element('TransactionDate', date),
    element('TransactionType', kind === 'ordinary' ? 'normal' : kind),
    element('Description', said),
    element('SystemEntryDate', recordedAt.slice(0, 10)),
    element('GLPostingDate', date),
    ...lines.map((line, at) => `\n${lineText(line, at + 1, entry, names, taxes[at]!)}`),
    '\n</Transaction>',
  ].join('')}\n`;
}

function lineText(
  line: Line,
  nth: number,
  { description, recordedAt, reference, reverses }: WrittenEntry,
  names: Names,
  tax: ReturnType<typeof saftTaxes>[number],
): string {
  const { account, details, memo } = line;
  const cut = new CutTexts();
  const source = cut.fit('reference', reference, 35);
  const document = cut.fit('document', details?.document ?? '', 35);
  // An entry's own description is cut, and told, once.
  const said = memo === '' ? new CutTexts() : cut;
  const words = said.fit('memo', memo || description, 256);
  const money = lineMoney(line);
  const dimensions = Object.entries(details?.dimensions ?? {});
  const cutTypes = dimensions.filter(([code]) => names.dimensions.get(code) !== code);
  const untold = {
    ...cut.whole,
    ...money.untold,
    ...tax.untold,
    ...(cutTypes.length > 0 && { dimensions: Object.fromEntries(cutTypes) }),
  };
  return nested(
    'Line',
    comment(untold),
    element('RecordID', `${nth}`),
    element('AccountID', names.accounts.get(account)!),
    ...dimensions.map(([code, value]) =>
      nested(
        'Analysis',
        element('AnalysisType', names.dimensions.get(code)!),
        element('AnalysisID', value),
      ),
    ),
    elementIf('SourceDocumentID', source),
    elementIf(`${names.partyKind(account)}ID`, details?.party),
    element('Description', words),
    money.amount,
    tax.information,
    elementIf('ReferenceNumber', document),
    elementIf('DueDate', details?.dueDate),
    elementIf('Quantity', money.quantity),
    elementIf('CrossReference', reverses === null ? null : `${reverses}`),
    element('SystemEntryTime', recordedAt),
  );
}

interface LineMoney {
  readonly amount: string;
  /** Of what no currency's amount can hold. */
  readonly quantity: string | null;
  readonly untold: Readonly<Record<string, unknown>>;
}

/** Commodities, and currencies of more than two decimals where they are used, stand in Quantity and the comment. */
function lineMoney({ amount, units }: Line): LineMoney {
  const side = amount.startsWith('-') ? 'CreditAmount' : 'DebitAmount';
  const size = amount.replace('-', '');
  const own = element('Amount', size);
  if (!units) return { amount: nested(side, own), quantity: null, untold: {} };
  const { cost, quantity: text, unit } = units;
  const quantity = parseDecimal(text)!;
  const untold = cost ? { cost: `${cost.quantity} ${cost.unit}` } : {};
  if (!isCurrencyCode(unit) || quantity.scale > CURRENCY_DECIMALS) {
    return {
      amount: nested(side, own),
      quantity: quantity.scale > QUANTITY_DECIMALS ? null : plainDecimal(quantity),
      untold: { unit, quantity: text, ...untold },
    };
  }
  const currency = [
    element('CurrencyCode', unit),
    element('CurrencyAmount', plainDecimal(quantity)),
    elementIf('ExchangeRate', exchangeRate(parseDecimal(size)!, quantity)),
  ];
  return { amount: nested(side, own, ...currency), quantity: null, untold };
}

/** Base currency for one, rounded to the schema's eight decimals; null where there is none, or it is too long for it. */
function exchangeRate(amount: Decimal, quantity: Decimal): string | null {
  if (amount.digits === 0n || quantity.digits === 0n) return null;
  const dividend = amount.digits * 10n ** BigInt(RATE_DECIMALS + quantity.scale);
  const digits = roundedQuotient(dividend, quantity.digits * 10n ** BigInt(amount.scale));
  if (digits === 0n || `${digits}`.length > RATE_DIGITS) return null;
  return plainDecimal({ digits, scale: RATE_DECIMALS });
}
