// Customers, suppliers and values of analysis types in the tables of a SAF-T file: code and name of what lines may name.
import { inOneLine, LONGEST_NAME } from './own-text.ts';
import { textOf } from './saft-values.ts';
import type { SourceParty, SourceValue } from './source-item.ts';
import type { XmlElement } from './xml-elements.ts';

const ROLES = { Customer: 'customer', Supplier: 'supplier' } as const;

/** @returns nothing for a row without a code */
export function saftMaster(of: XmlElement): (SourceParty | SourceValue)[] {
  const { line } = of;
  const named = (element: string, code: string) =>
    inOneLine(textOf(of, element)).slice(0, LONGEST_NAME) || code;
  if (of.name === 'Customer' || of.name === 'Supplier') {
    const code = textOf(of, `${of.name}ID`);
    const role = ROLES[of.name];
    return code === '' ? [] : [{ type: 'party', line, code, name: named('Name', code), role }];
  }
  const [dimension, code] = [textOf(of, 'AnalysisType'), textOf(of, 'AnalysisID')];
  if (dimension === '' || code === '') return [];
  const dimensionName = named('AnalysisTypeDescription', dimension);
  const name = named('AnalysisIDDescription', code);
  return [{ type: 'dimension-value', line, dimension, dimensionName, code, name }];
}
