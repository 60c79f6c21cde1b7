// Customers, suppliers and values of dimensions that a file names and the book hasn't: proposed under reserved ids while the
// file is read, added when the import is posted. Only what a line names is added, as with accounts.
import type pg from 'pg';
import type { Controls } from '#ledger/domain/account.ts';
import { type DimensionValue, type Party, valueKey } from '#ledger/domain/line-details.ts';
import { explain } from '#ledger/domain/refusal-sentences.ts';
import type { SourceParty, SourceValue } from '#ledger/formats/source-item.ts';
import { ACCOUNT_CODE } from './input-shapes.ts';
import type { NewDimension, NewMasters, NewParty, NewValue } from './new-masters.ts';

export interface MasterChoice {
  readonly createParties: boolean;
  /** Values of dimensions, and dimensions that the book hasn't. */
  readonly createValues: boolean;
}

/** Why nothing can be added under a name of the file. */
export interface MasterFault {
  readonly code: string;
  readonly message: string;
}

const IDS_AT_ONCE = 50;
const ROLES = { receivables: 'customer', payables: 'supplier' } as const;

export class ImportMasters {
  readonly choice: MasterChoice;
  readonly #client: pg.ClientBase;
  /** Of the book, by code. */
  readonly #dimensions: Map<string, { readonly id: number; readonly name: string }>;
  readonly #declaredParties = new Map<string, SourceParty>();
  readonly #declaredValues = new Map<string, SourceValue>();
  readonly #twice = new Map<string, MasterFault>();
  readonly #newParties: NewParty[] = [];
  readonly #newDimensions: NewDimension[] = [];
  readonly #newValues: NewValue[] = [];
  readonly #ids = new Map<string, number[]>();

  private constructor(
    client: pg.ClientBase,
    choice: MasterChoice,
    dimensions: Map<string, { readonly id: number; readonly name: string }>,
  ) {
    this.#client = client;
    this.choice = choice;
    this.#dimensions = dimensions;
  }

  static async of(
    client: pg.ClientBase,
    book: number,
    choice: MasterChoice,
  ): Promise<ImportMasters> {
    const { rows } = await client.query<{ id: number; code: string; name: string }>(
      'select id, code, name from dimensions where book_id = $1',
      [book],
    );
    const { createParties, createValues } = choice;
    const dimensions = new Map(rows.map(({ code, ...row }) => [code, row]));
    return new ImportMasters(client, { createParties, createValues }, dimensions);
  }

  /** Remembers what the file calls somebody or something. */
  declare(item: SourceParty | SourceValue): void {
    if (item.type === 'dimension-value') {
      const key = valueKey(item.dimension, item.code);
      if (!this.#declaredValues.has(key)) this.#declaredValues.set(key, item);
      return;
    }
    const { code, line, name, role } = item;
    const before = this.#declaredParties.get(code);
    if (!before) this.#declaredParties.set(code, item);
    else if (before.role !== role && before.name !== name) {
      const message = `The ${before.role ?? 'party'} ${before.name} (line ${before.line}) and the ${role ?? 'party'} ${name} (line ${line}) both have the code ${code}, which here only one of them can have. Add one of them with another code in the file, or import without adding customers and suppliers.`;
      this.#twice.set(code, { code: 'party-code-twice', message });
    }
  }

  /** @param controls what the account of the line that names it controls */
  async party(
    code: string,
    line: number,
    controls: Controls | null,
  ): Promise<Party | { readonly fault: MasterFault }> {
    const twice = this.#twice.get(code);
    if (twice) return { fault: twice };
    if (!ACCOUNT_CODE.test(code)) return malformed({ code: 'party-code-malformed', party: code });
    const declared = this.#declaredParties.get(code);
    const role = declared?.role ?? (controls && ROLES[controls]);
    const id = await this.#nextId('parties');
    this.#newParties.push({ id, code, name: declared?.name ?? code, role, line });
    return { id, code, closed: false };
  }

  /** Adds the dimension as well where the book hasn't it. */
  async value(
    dimension: string,
    code: string,
    line: number,
  ): Promise<DimensionValue | { readonly fault: MasterFault }> {
    for (const own of [dimension, code]) {
      if (!ACCOUNT_CODE.test(own))
        return malformed({ code: 'dimension-code-malformed', dimension: own });
    }
    const declared = this.#declaredValues.get(valueKey(dimension, code));
    const of = await this.#dimension(dimension, declared?.dimensionName ?? dimension, line);
    const id = await this.#nextId('dimension_values');
    const name = declared?.name ?? code;
    this.#newValues.push({ id, dimension: of.id, dimensionName: of.name, code, name, line });
    return { id, dimension: of.id, closed: false };
  }

  proposed(): NewMasters {
    return {
      parties: this.#newParties,
      dimensions: this.#newDimensions,
      values: this.#newValues,
    };
  }

  async #dimension(code: string, name: string, line: number) {
    const known = this.#dimensions.get(code);
    if (known) return known;
    const fresh = { id: await this.#nextId('dimensions'), name };
    this.#dimensions.set(code, fresh);
    this.#newDimensions.push({ ...fresh, code, line });
    return fresh;
  }

  async #nextId(table: 'parties' | 'dimensions' | 'dimension_values'): Promise<number> {
    const kept = this.#ids.get(table) ?? [];
    const next = kept.shift();
    if (next !== undefined) return next;
    const { rows } = await this.#client.query<{ id: number }>(
      `select nextval('${table}_id_seq')::int as id from generate_series(1, $1)`,
      [IDS_AT_ONCE],
    );
    const [first, ...others] = rows.map(({ id }) => id);
    this.#ids.set(table, others);
    return first!;
  }
}

const malformed = (refusal: Parameters<typeof explain>[0]): { readonly fault: MasterFault } => ({
  fault: { code: refusal.code, message: explain(refusal).detail },
});
