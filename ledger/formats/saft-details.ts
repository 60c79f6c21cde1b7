// What a Line of a SAF-T file says beside account and amount: its customer or supplier; with one of them the ReferenceNumber
// is the number of the invoice, due at DueDate; each Analysis a value of a dimension. They are asked of the book by code.
import type { AskedDetails } from '#ledger/domain/decide-details.ts';
import { exactUnits, parseDecimal } from '#ledger/domain/decimal.ts';
import type { SaftBook } from './saft-entry.ts';
import { child, saftDate, textOf } from './saft-values.ts';
import type { XmlElement } from './xml-elements.ts';

/** @param amount of the line, debit positive, in minor units. @returns null for a line that says nothing more */
export function saftDetails(of: XmlElement, amount: bigint, book: SaftBook): AskedDetails | null {
  const { leftOut } = book;
  const customer = textOf(of, 'CustomerID');
  const supplier = textOf(of, 'SupplierID');
  if (customer !== '' && supplier !== '') leftOut.add('SupplierID beside a CustomerID', of);
  const party = customer || supplier;
  const dimensions = dimensionsOf(of, amount, book);
  const due = textOf(of, 'DueDate');
  const dueDate = saftDate(due) ?? due;
  const document = textOf(of, 'ReferenceNumber');
  if (party === '') {
    for (const name of ['ReferenceNumber', 'DueDate']) {
      const own = child(of, name);
      if (own) leftOut.add(`${name} of a Line without customer and supplier`, own);
    }
  }
  const named = Object.keys(dimensions).length > 0;
  if (party === '' && !named) return null;
  return {
    ...(party !== '' && { party }),
    ...(party !== '' && document !== '' && { document }),
    ...(party !== '' && dueDate !== '' && { dueDate }),
    ...(named && { dimensions }),
  };
}

/** Values that the whole line counts under; a share of a line has no place. */
function dimensionsOf(of: XmlElement, amount: bigint, book: SaftBook): Record<string, string> {
  const dimensions: Record<string, string> = {};
  for (const own of of.children) {
    if (own.name !== 'Analysis') continue;
    const [type, value] = [textOf(own, 'AnalysisType'), textOf(own, 'AnalysisID')];
    const whole = isWhole(own, amount, book.exponent);
    if (type === '' || value === '' || Object.hasOwn(dimensions, type) || !whole) {
      book.leftOut.add('Analysis of a part of its Line, or a second one of its type', own);
    } else dimensions[type] = value;
  }
  return dimensions;
}

function isWhole(analysis: XmlElement, amount: bigint, exponent: number): boolean {
  const share = analysis.children.find(({ name }) => /^(Debit|Credit)?AnalysisAmount$/.test(name));
  if (!share) return true;
  const read = parseDecimal(textOf(share, 'Amount'));
  const size = read && exactUnits(read, exponent);
  return size === amount || size === -amount;
}
