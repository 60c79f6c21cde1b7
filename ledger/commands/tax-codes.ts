// Tax codes of a book and their rates. A rate holds from its day on; what was posted before keeps the tax it was posted
// with.
import type pg from 'pg';
import { z } from 'zod';
import { parseDate } from '#ledger/domain/calendar.ts';
import { parseDecimal, plainDecimal } from '#ledger/domain/decimal.ts';
import { MOST_PER_CENT } from '#ledger/domain/tax-code.ts';
import { refuse } from './answer.ts';
import { ACCOUNT_CODE, line, plain, requiredLine } from './input-shapes.ts';
import { accountByCode } from './load-accounts.ts';
import type { UseCase } from './run-in-book.ts';

const box = requiredLine(32);
const DEFINED = z.strictObject({
  code: plain(64),
  name: requiredLine(200),
  /** Charged on sales, or paid on purchases. */
  kind: z.enum(['output', 'input']),
  /** Code of the account that the tax is posted to. */
  account: plain(64),
  /** Boxes of the return: for what was taxed, and for the tax. */
  baseBox: box,
  taxBox: box,
});
const CHANGE = z.strictObject({
  code: plain(64),
  name: requiredLine(200).optional(),
  baseBox: box.optional(),
  taxBox: box.optional(),
  closed: z.boolean().optional(),
});
const RATE = z.strictObject({ code: plain(64), from: plain(40), rate: line(40) });

interface KnownTaxCode {
  readonly id: number;
  readonly name: string;
  readonly baseBox: string;
  readonly taxBox: string;
  readonly closed: boolean;
}

async function taxCodeByCode(client: pg.ClientBase, book: number, code: string) {
  const { rows } = await client.query<KnownTaxCode>(
    `select id, name, base_box as "baseBox", tax_box as "taxBox", closed from tax_codes
     where book_id = $1 and code = $2`,
    [book, code],
  );
  return rows[0];
}

/** Refuses `tax-code-unknown`. */
const knownTaxCode = async (client: pg.ClientBase, book: number, code: string) =>
  (await taxCodeByCode(client, book, code)) ??
  refuse({ code: 'tax-code-unknown', field: 'code', taxCode: code });

export const defineTaxCode: UseCase<z.output<typeof DEFINED>, { code: string }> = {
  name: 'defineTaxCode',
  action: 'tax.change',
  input: DEFINED,
  async decide(client, book, { account: accountCode, baseBox, code, kind, name, taxBox }) {
    if (!ACCOUNT_CODE.test(code)) {
      return refuse({ code: 'tax-code-malformed', field: 'code', taxCode: code });
    }
    if (await taxCodeByCode(client, book.id, code)) {
      return refuse({ code: 'tax-code-in-use', field: 'code', taxCode: code });
    }
    const account = await accountByCode(client, book.id, accountCode);
    const { rows } = await client.query<{ id: number }>(
      "select nextval('tax_codes_id_seq')::int as id",
    );
    const { id } = rows[0]!;
    const facts = { code, name, kind, account: account.id, baseBox, taxBox };
    return {
      events: [{ type: 'TaxCodeDefined', taxCode: id, ...facts }],
      result: { code },
      async apply(db) {
        await db.query(
          `insert into tax_codes (id, book_id, code, name, kind, account_id, base_box, tax_box)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [id, book.id, code, name, kind, account.id, baseBox, taxBox],
        );
      },
    };
  },
};

export const changeTaxCode: UseCase<z.output<typeof CHANGE>, { code: string }> = {
  name: 'changeTaxCode',
  action: 'tax.change',
  input: CHANGE,
  async decide(client, book, { code, ...to }) {
    const known = await knownTaxCode(client, book.id, code);
    const { baseBox = known.baseBox, closed = known.closed } = to;
    const { name = known.name, taxBox = known.taxBox } = to;
    const facts = { name, baseBox, taxBox, closed };
    const same = JSON.stringify({ id: known.id, ...facts }) === JSON.stringify(known);
    return {
      events: same ? [] : [{ type: 'TaxCodeChanged', taxCode: known.id, ...facts }],
      result: { code },
      async apply(db) {
        await db.query(
          'update tax_codes set name = $2, base_box = $3, tax_box = $4, closed = $5 where id = $1',
          [known.id, name, baseBox, taxBox, closed],
        );
      },
    };
  },
};

export const setTaxRate: UseCase<z.output<typeof RATE>, { code: string }> = {
  name: 'setTaxRate',
  action: 'tax.change',
  input: RATE,
  async decide(client, book, { code, from, rate: asked }) {
    const known = await knownTaxCode(client, book.id, code);
    const day = parseDate(from);
    if (day === null) return refuse({ code: 'date-malformed', field: 'from', date: from });
    const read = parseDecimal(asked);
    if (!read || read.digits < 0n || read.digits > MOST_PER_CENT * 10n ** BigInt(read.scale)) {
      return refuse({ code: 'tax-rate-malformed', field: 'rate', rate: asked });
    }
    const rate = plainDecimal(read);
    return {
      events: [{ type: 'TaxRateSet', taxCode: known.id, from: day, rate }],
      result: { code },
      async apply(db) {
        await db.query(
          `insert into tax_rates (tax_code_id, from_date, rate) values ($1, $2, $3)
           on conflict (tax_code_id, from_date) do update set rate = excluded.rate`,
          [known.id, day, rate],
        );
      },
    };
  },
};
