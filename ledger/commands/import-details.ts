// What imported lines say beside account and amount, against the parties, dimensions and tax codes that the book has. An
// import works out no tax: its lines say which are what was taxed and which the tax.
import type pg from 'pg';
import type { AccountId } from '#ledger/domain/account.ts';
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

/** Codes that a note names. */
const MOST_NAMED = 20;

export class ImportDetails {
  readonly #facts: DetailFacts;
  /** What lines name and the book hasn't, where that is no fault. */
  readonly #strange = { party: new Set<string>(), value: new Set<string>() };

  private constructor(facts: DetailFacts) {
    this.#facts = facts;
  }

  static async of(client: pg.ClientBase, book: number): Promise<ImportDetails> {
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
    return new ImportDetails({
      parties: new Map(parties.rows.map((party) => [party.code, party])),
      dimensionValues: new Map(values.rows.map((row) => [valueKey(row.key, row.code), row])),
      taxOn: (code) => taxes.get(code) ?? null,
      requiredDimensions: Map.groupBy(required.rows, ({ account }) => account),
    });
  }

  /** @returns null for a line that says nothing more. @param fault told of what is wrong */
  read(
    { details: asked = {}, detailsIfKnown, line }: SourcePosting,
    account: AccountId,
    date: CalendarDate,
    fault: (line: number, code: string, message: string) => void,
  ): LineDetails | null {
    const details = detailsIfKnown ? this.#known(asked) : asked;
    const decided = decideDetails(details, 0, account, date, this.#facts);
    if (!decided || !('code' in decided)) return decided;
    fault(line, decided.code, explain(decided).detail);
    return null;
  }

  /** What was left out because the book hasn't it. */
  notes(): string[] {
    const note = (codes: ReadonlySet<string>, what: string) => {
      const named = [...codes].slice(0, MOST_NAMED).join(', ');
      const more = codes.size > MOST_NAMED ? ` and ${codes.size - MOST_NAMED} more` : '';
      return codes.size === 0
        ? []
        : [
            `The book has no ${what} ${named}${more}: lines go without. Add them first to keep them.`,
          ];
    };
    const { party, value } = this.#strange;
    return [...note(party, 'customer or supplier'), ...note(value, 'dimension with value')];
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
