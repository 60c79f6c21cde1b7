// What imported lines say beside account and amount, against the parties, dimensions and tax codes that the book has. An
// import works out no tax: its lines say which are what was taxed and which the tax.
import type pg from 'pg';
import type { AccountId, Controls } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import {
  type AskedDetails,
  type DetailFacts,
  decideDetails,
} from '#ledger/domain/decide-details.ts';
import {
  type DimensionValue,
  type LineDetails,
  type Party,
  valueKey,
} from '#ledger/domain/line-details.ts';
import { explain } from '#ledger/domain/refusal-sentences.ts';
import type { TaxOnDay } from '#ledger/domain/tax-code.ts';
import type { SourcePosting } from '#ledger/formats/source-item.ts';
import type { ImportMasters, MasterFault } from './import-masters.ts';

/** Codes that a note names. */
const MOST_NAMED = 20;
const ADD_FIRST = 'Add them first to keep them.';
const UNUSABLE = 'They are closed, or no codes of 1 to 32 letters, digits, points and hyphens.';

/** The book's, and those that the import adds. */
interface GrowingFacts extends DetailFacts {
  readonly parties: Map<string, Party>;
  readonly dimensionValues: Map<string, DimensionValue>;
}

type Tell = (line: number, code: string, message: string) => void;

export class ImportDetails {
  readonly #facts: GrowingFacts;
  readonly #masters: ImportMasters;
  /** What lines name and the book hasn't, where that is no fault. */
  readonly #strange = { party: new Set<string>(), value: new Set<string>() };

  private constructor(facts: GrowingFacts, masters: ImportMasters) {
    this.#facts = facts;
    this.#masters = masters;
  }

  static async of(
    client: pg.ClientBase,
    book: number,
    masters: ImportMasters,
  ): Promise<ImportDetails> {
    const parties = await client.query<Party>(
      'select id, code, closed from parties where book_id = $1',
      [book],
    );
    const values = await client.query<DimensionValue & { key: string; code: string }>(
      `select d.code as key, v.code, v.id, v.dimension_id as dimension, v.closed
       from dimensions d join dimension_values v on v.dimension_id = d.id where d.book_id = $1`,
      [book],
    );
    const required = await client.query<{ account: AccountId; id: number; code: string }>(
      `select r.account_id as account, d.id, d.code
       from required_dimensions r join dimensions d on d.id = r.dimension_id where d.book_id = $1`,
      [book],
    );
    const codes = await client.query<Omit<TaxOnDay, 'rate'>>(
      `select c.id, c.code, a.code as account, c.closed
       from tax_codes c join accounts a on a.id = c.account_id where c.book_id = $1`,
      [book],
    );
    const taxes = new Map(codes.rows.map((tax) => [tax.code, { ...tax, rate: null }]));
    const facts = {
      parties: new Map(parties.rows.map((party) => [party.code, party])),
      dimensionValues: new Map(values.rows.map((row) => [valueKey(row.key, row.code), row])),
      taxOn: (code: string) => taxes.get(code) ?? null,
      requiredDimensions: Map.groupBy(required.rows, ({ account }) => account),
    };
    return new ImportDetails(facts, masters);
  }

  /** Whether a line names something that the import has to add first. */
  lacks({ details }: SourcePosting): boolean {
    if (!details) return false;
    return this.#lacksParty(details) || this.#missingValues(details).length > 0;
  }

  /**
   * Adds what a line names and the book hasn't. @param controls what the line's account controls
   * @returns whether all could be added; where codes may stay unknown, what can't is left out by `read`
   */
  async add(
    { details = {}, detailsIfKnown, line }: SourcePosting,
    controls: Controls | null,
    tell: Tell,
  ): Promise<boolean> {
    const faults: MasterFault[] = [];
    const { party = '' } = details;
    if (this.#lacksParty(details)) {
      const added = await this.#masters.party(party, line, controls);
      if ('fault' in added) faults.push(added.fault);
      else this.#facts.parties.set(party, added);
    }
    for (const [dimension, value] of this.#missingValues(details)) {
      const added = await this.#masters.value(dimension, value, line);
      if ('fault' in added) faults.push(added.fault);
      else this.#facts.dimensionValues.set(valueKey(dimension, value), added);
    }
    const told = faults.filter(({ code }) => !detailsIfKnown || !code.endsWith('-malformed'));
    for (const { code, message } of told) tell(line, code, message);
    return told.length === 0;
  }

  #lacksParty({ party }: AskedDetails): boolean {
    return this.#masters.choice.createParties && !!party && !this.#facts.parties.has(party);
  }

  #missingValues({ dimensions = {} }: AskedDetails): (readonly [string, string])[] {
    if (!this.#masters.choice.createValues) return [];
    return Object.entries(dimensions).filter(
      ([dimension, value]) =>
        value !== '' && !this.#facts.dimensionValues.has(valueKey(dimension, value)),
    );
  }

  /** @returns null for a line that says nothing more. @param fault told of what is wrong */
  read(
    { details: asked = {}, detailsIfKnown, line }: SourcePosting,
    account: AccountId,
    date: CalendarDate,
    fault: Tell,
  ): LineDetails | null {
    const details = detailsIfKnown ? this.#known(asked) : asked;
    const decided = decideDetails(details, 0, account, date, this.#facts);
    if (!decided || !('code' in decided)) return decided;
    fault(line, decided.code, explain(decided).detail);
    return null;
  }

  /** What was left out because the book hasn't it. */
  notes(): string[] {
    const note = (codes: ReadonlySet<string>, what: string, added: boolean) => {
      const named = [...codes].slice(0, MOST_NAMED).join(', ');
      const more = codes.size > MOST_NAMED ? ` and ${codes.size - MOST_NAMED} more` : '';
      return codes.size === 0
        ? []
        : [
            `The book has no ${what} ${named}${more}: lines go without. ${added ? UNUSABLE : ADD_FIRST}`,
          ];
    };
    const { party, value } = this.#strange;
    const { createParties, createValues } = this.#masters.choice;
    return [
      ...note(party, 'customer or supplier', createParties),
      ...note(value, 'dimension with value', createValues),
    ];
  }

  /** An invoice without its customer or supplier is nobody's. */
  #known({ document, dueDate, party, dimensions = {}, ...rest }: AskedDetails): AskedDetails {
    const known = party !== undefined && this.#facts.parties.get(party)?.closed === false;
    if (party !== undefined && !known) this.#strange.party.add(party);
    const values = Object.entries(dimensions).filter(([dimension, value]) => {
      const found = this.#facts.dimensionValues.get(valueKey(dimension, value));
      if (found?.closed !== false) this.#strange.value.add(`${dimension} ${value}`);
      return found?.closed === false;
    });
    return {
      ...rest,
      ...(known && { document, dueDate, party }),
      dimensions: Object.fromEntries(values),
    };
  }

  /** Whether a line need not be asked. */
  isPlain({ details }: SourcePosting): boolean {
    return !details && this.#facts.requiredDimensions.size === 0;
  }
}
