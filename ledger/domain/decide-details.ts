// What an asked line says beside its account and amount, against the book: its party, its item, its dimensions.
import type { AccountId } from './account.ts';
import { type CalendarDate, parseDate } from './calendar.ts';
import {
  type DimensionValue,
  type LineDetails,
  type LineTax,
  LONGEST_DOCUMENT,
  type Party,
  valueKey,
} from './line-details.ts';
import { PLAIN_TEXT } from './plain-text.ts';
import type { Refusal } from './refusals.ts';
import type { TaxOnDay } from './tax-code.ts';

export interface AskedDetails {
  /** The party's code. */
  readonly party?: string | undefined;
  /** Number of the invoice that the line opens or settles. */
  readonly document?: string | undefined;
  /** When it is to be paid, `2026-03-31`. */
  readonly dueDate?: string | undefined;
  /** Codes of values by codes of dimensions. */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** Code of the tax on the line. */
  readonly taxCode?: string | undefined;
  /** Whether the amount is without its tax (so if left out) or with it. */
  readonly taxFrom?: 'net' | 'gross' | undefined;
  /** Where the tax is worked out already: which part of it the line is. */
  readonly taxPart?: LineTax['part'] | undefined;
}

/** What the book says that details are decided by. */
export interface DetailFacts {
  /** By code. */
  readonly parties: ReadonlyMap<string, Party>;
  /** By `valueKey`. */
  readonly dimensionValues: ReadonlyMap<string, DimensionValue>;
  /** A tax code on the day of an entry; null when the book has none of this code. */
  taxOn(code: string, date: CalendarDate): TaxOnDay | null;
  /** Dimensions of which lines on an account must name a value, with their codes. */
  readonly requiredDimensions: ReadonlyMap<
    AccountId,
    readonly { readonly id: number; readonly code: string }[]
  >;
}

/** @returns null for a line that says nothing more */
export function decideDetails(
  asked: AskedDetails,
  index: number,
  account: AccountId,
  date: CalendarDate,
  facts: DetailFacts,
): LineDetails | Refusal | null {
  const party = partyOf(asked, index, facts);
  if (party && 'code' in party && !('id' in party)) return party;
  const due = dueOf(asked, index);
  if (due !== null && typeof due !== 'string') return due;
  const dimensions = dimensionsOf(asked, index, account, facts);
  if ('code' in dimensions) return dimensions;
  const tax = taxOf(asked, index, date, facts);
  if (tax && !('part' in tax)) return tax;
  const document = asked.document ?? '';
  if (document.length > LONGEST_DOCUMENT || !PLAIN_TEXT.test(document)) {
    return { code: 'document-malformed', field: `lines.${index}.document` };
  }
  if (party === null && document === '' && dimensions.length === 0 && !tax) return null;
  return {
    party: party === null ? null : (party as Party).id,
    document,
    due,
    dimensions,
    tax,
  };
}

function taxOf(
  { taxCode, taxPart = 'base' }: AskedDetails,
  index: number,
  date: CalendarDate,
  facts: DetailFacts,
): LineTax | Refusal | null {
  if (!taxCode) return null;
  const field = `lines.${index}.taxCode`;
  const found = facts.taxOn(taxCode, date);
  if (!found) return { code: 'tax-code-unknown', field, taxCode };
  if (found.closed) return { code: 'tax-code-closed', field, taxCode };
  return { code: found.id, part: taxPart };
}

function partyOf(
  { party: code }: AskedDetails,
  index: number,
  { parties }: DetailFacts,
): Party | Refusal | null {
  if (code === undefined || code === '') return null;
  const field = `lines.${index}.party`;
  const party = parties.get(code);
  if (!party) return { code: 'party-unknown', field, party: code };
  return party.closed ? { code: 'party-closed', field, party: code } : party;
}

function dueOf(
  { document, dueDate, party }: AskedDetails,
  index: number,
): CalendarDate | Refusal | null {
  if (dueDate === undefined || dueDate === '') return null;
  const field = `lines.${index}.dueDate`;
  const due = parseDate(dueDate);
  if (due === null) return { code: 'date-malformed', field, date: dueDate };
  return document || party ? due : { code: 'due-without-item', field };
}

function dimensionsOf(
  { dimensions = {} }: AskedDetails,
  index: number,
  account: AccountId,
  { dimensionValues, requiredDimensions }: DetailFacts,
): readonly number[] | Refusal {
  const named: DimensionValue[] = [];
  for (const [dimension, value] of Object.entries(dimensions)) {
    if (value === '') continue;
    const field = `lines.${index}.dimensions.${dimension}`;
    const found = dimensionValues.get(valueKey(dimension, value));
    if (!found) return { code: 'dimension-value-unknown', field, dimension, value };
    if (found.closed) return { code: 'dimension-value-closed', field, dimension, value };
    named.push(found);
  }
  const missing = requiredDimensions
    .get(account)
    ?.find(({ id }) => !named.some(({ dimension }) => dimension === id));
  if (missing) {
    const field = `lines.${index}.dimensions.${missing.code}`;
    return { code: 'dimension-missing', field, dimension: missing.code };
  }
  return named.map(({ id }) => id).sort((a, b) => a - b);
}
