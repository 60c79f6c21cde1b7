// A book as SAF-T Financial of Norway, version 1.30 (Norwegian_SAF-T_Financial_Schema_v_1.30.xsd of Skatteetaten). It is
// the whole book: accounts open at zero, opening entries are transactions like others, and an account's closing balance is
// the sum of its lines. What the schema demands and the book doesn't know is said as such:
// - RegistrationNumber is the book's, empty where it has none; the contact's names and telephone are empty, its first name
//   the schema's own “NotUsed”;
// - GroupingCategory is the account's type and GroupingCode “NA”: a book knows no Norwegian groups, and its numbers needn't
//   be those of NS 4102;
// - the country is Norway, also of tax codes: the schema knows no other tax than MVA. StandardTaxCode is the schema's own
//   “NA” for codes that aren't mapped, BaseRate 100: a tax code counts the whole amount;
// - Period is the calendar month.
// What the schema has no place for, or too short a one, stands exactly in a comment as the first thing in its element;
// what isn't in the file at all is named in HeaderComment.
import manifest from '../../package.json' with { type: 'json' };
import { inOneLine } from './own-text.ts';
import { saftEntryWriter } from './write-saft-entry.ts';
import { masterFiles } from './write-saft-masters.ts';
import type { WrittenBook, WrittenEntry } from './written-book.ts';
import type { WrittenMasters } from './written-masters.ts';
import { CutTexts, comment, element, nested } from './xml-text.ts';

const DECIMALS = 2;
const MOST_DIGITS = 18;
const YEARS = ['1970', '2100'] as const;

/** Why the schema has no way to write the book, as a sentence; null where it has. */
export function saftObstacle(book: WrittenBook, masters: WrittenMasters): string | null {
  const { currency, exponent } = book;
  if (exponent > DECIMALS) {
    return `SAF-T writes amounts with ${DECIMALS} decimals, and ${currency} has ${exponent}.`;
  }
  const [first, last] = YEARS;
  if (masters.from.slice(0, 4) < first || masters.to.slice(0, 4) > last) {
    return `SAF-T knows the years ${first} to ${last}, and the book's days are ${masters.from} to ${masters.to}.`;
  }
  const digits = masters.debit.replace(/\D/g, '').length;
  return digits > MOST_DIGITS
    ? `SAF-T writes totals of ${MOST_DIGITS} digits, and all debits of the book come to ${masters.debit}.`
    : null;
}

/** The file in pieces, of a book without obstacle. @param entries in batches, in order of their dates */
export async function* writeSaft(
  book: WrittenBook,
  masters: WrittenMasters,
  entries: AsyncIterable<readonly WrittenEntry[]>,
): AsyncGenerator<string> {
  const entryText = saftEntryWriter(book, masters);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO">\n';
  yield header(book, masters);
  yield* masterFiles(book, masters);
  yield [
    '<GeneralLedgerEntries>\n',
    element('NumberOfEntries', `${masters.entries}`),
    element('TotalDebit', masters.debit),
    element('TotalCredit', masters.credit),
    '\n<Journal>',
    element('JournalID', 'GL'),
    element('Description', 'Journal'),
    element('Type', 'GL'),
    '\n',
  ].join('');
  for await (const batch of entries) yield batch.map(entryText).join('');
  yield '</Journal>\n</GeneralLedgerEntries>\n</AuditFile>\n';
}

function header(book: WrittenBook, { company, from, to, writtenOn }: WrittenMasters): string {
  const cut = new CutTexts();
  const name = cut.fit('name', company.legalName || book.name, 256);
  const number = cut.fit('registrationNumber', company.registrationNumber, 35);
  const street = cut.fit('address', inOneLine(company.address), 256);
  const person = [element('FirstName', 'NotUsed'), element('LastName', '')];
  const parts = [
    element('AuditFileVersion', '1.30'),
    element('AuditFileCountry', 'NO'),
    element('AuditFileDateCreated', writtenOn),
    element('SoftwareCompanyName', 'Daybook'),
    element('SoftwareID', 'Daybook'),
    element('SoftwareVersion', manifest.version),
    nested(
      'Company',
      comment(cut.whole),
      element('RegistrationNumber', number),
      element('Name', name),
      street === '' ? '' : nested('Address', element('StreetName', street)),
      nested('Contact', nested('ContactPerson', ...person), element('Telephone', '')),
    ),
    element('DefaultCurrencyCode', book.currency),
    nested(
      'SelectionCriteria',
      element('SelectionStartDate', from),
      element('SelectionEndDate', to),
      element('OtherCriteria', `Ledger position ${book.position}`),
    ),
    element('HeaderComment', headerComment(book)),
    element('TaxAccountingBasis', 'A'),
  ];
  return `<Header>\n${parts.join('\n')}\n</Header>\n`;
}

/** At most 256 characters. */
const headerComment = ({ rates }: WrittenBook): string =>
  `XML comments hold what SAF-T has no place for. GroupingCategory is the type of the account. Not in the file: ${rates.length} exchange rates, locked days, people and their roles, who did what.`;
