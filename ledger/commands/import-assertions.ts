// Balances that a file asserts, checked over the book's posted lines and the import's staged ones together, and the
// padding entries of Beancount, whose amounts follow from them.
import type pg from 'pg';
import type { AccountId } from '#ledger/domain/account.ts';
import { type Decimal, negated, plainDecimal, plus } from '#ledger/domain/decimal.ts';
import type { SourceAssertion, SourceIssue } from '#ledger/formats/source-item.ts';

/** An assertion with its place: after which posting of which entry of the file. */
export interface PlacedAssertion extends SourceAssertion {
  /** Ordinal of the entry read last, 0 before the first. */
  readonly ordinal: number;
}

/** What is known of the units that are asserted. */
export interface AssertedUnits {
  readonly base: string;
  /** Decimals of a unit, the base currency's too. */
  decimals(unit: string): number;
}

const VISIBLE = "(p.import_id is null or i.state = 'posted' or p.import_id = $2)";
const UP_TO_HERE = '(s.ordinal is null or s.ordinal < $4 or (s.ordinal = $4 and p.line <= $5))';

/** What counts, per moment: $3 is the day, $4 and $5 the place in the file. */
const MOMENTS: Readonly<Record<SourceAssertion['after'], string>> = {
  'day-start': 'p.entry_date < $3::date and $4::int is not null and $5::int is not null',
  'day-order': `(p.entry_date < $3::date or (p.entry_date = $3::date and ${UP_TO_HERE}))`,
  'file-order': `$3::date is not null and ${UP_TO_HERE}`,
};

/** What accounts hold at the assertion's moment, by unit (null: the base currency): debit minus credit in its decimals. */
async function heldAt(
  client: pg.ClientBase,
  importId: number,
  accounts: readonly AccountId[],
  { after, date, ordinal, posting }: PlacedAssertion,
): Promise<Map<string | null, bigint>> {
  if (accounts.length === 0) return new Map();
  const { rows } = await client.query<{ unit: string | null; balance: string }>(
    `select p.unit, sum(p.side * coalesce(p.quantity, p.amount))::text as balance
     from postings p left join imports i on i.id = p.import_id
     left join journal_entries s on s.id = p.entry_id and s.import_id = $2
     where p.account_id = any($1::int[]) and ${VISIBLE} and ${MOMENTS[after]} group by p.unit`,
    [accounts, importId, date, ordinal, posting + 1],
  );
  return new Map(rows.map(({ unit, balance }) => [unit, BigInt(balance)]));
}

/** The balance of the asserted unit (debit minus credit) at the assertion's moment. */
export async function balanceAt(
  client: pg.ClientBase,
  importId: number,
  accounts: readonly AccountId[],
  assertion: PlacedAssertion,
  units: AssertedUnits,
): Promise<Decimal> {
  const held = await heldAt(client, importId, accounts, assertion);
  const { unit } = assertion;
  const digits = held.get(unit === units.base ? null : unit) ?? 0n;
  return { digits, scale: units.decimals(unit) };
}

/** @returns the issue of an assertion that doesn't hold, or null */
export async function checkAssertion(
  client: pg.ClientBase,
  importId: number,
  accounts: readonly AccountId[],
  assertion: PlacedAssertion,
  units: AssertedUnits,
): Promise<SourceIssue | null> {
  const { account, alone, amount, date, line, tolerance, unit } = assertion;
  const issue = (message: string): SourceIssue => ({
    ...{ type: 'issue', line, column: 1, code: 'assertion-failed', message },
  });
  const balance = await balanceAt(client, importId, accounts, assertion, units);
  const written = (value: Decimal) => `${plainDecimal(value)} ${unit}`;
  if (exceeds(plus(balance, negated(amount)), tolerance)) {
    return issue(
      `The balance of ${account} at ${date} is ${written(balance)}, but the file asserts ${written(amount)}.`,
    );
  }
  if (!alone) return null;
  const own = unit === units.base ? null : unit;
  const held = await heldAt(client, importId, accounts, assertion);
  const other = [...held].find(([found, digits]) => found !== own && digits !== 0n);
  if (!other) return null;
  const holding = { digits: other[1], scale: units.decimals(other[0] ?? units.base) };
  return issue(
    `${account} holds ${plainDecimal(holding)} ${other[0] ?? units.base} too at ${date}, but the file asserts ${written(amount)} alone.`,
  );
}

/** Whether a difference is larger than a tolerance, whatever its sign. */
export const exceeds = (difference: Decimal, tolerance: Decimal): boolean =>
  plus(difference.digits < 0n ? negated(difference) : difference, negated(tolerance)).digits > 0n;
