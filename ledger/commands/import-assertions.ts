// Balances that a file asserts, checked over the book's posted lines and the import's staged ones together, and the
// padding entries of Beancount, whose amounts follow from them.
import type pg from 'pg';
import type { AccountId } from '#ledger/domain/account.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { SourceAssertion, SourceIssue } from '#ledger/formats/source-item.ts';

/** An assertion with its place: after which posting of which entry of the file. */
export interface PlacedAssertion extends SourceAssertion {
  /** Ordinal of the entry read last, 0 before the first. */
  readonly ordinal: number;
}

const VISIBLE = "(p.import_id is null or i.state = 'posted' or p.import_id = $2)";
const UP_TO_HERE = '(s.ordinal is null or s.ordinal < $4 or (s.ordinal = $4 and p.line <= $5))';

/** What counts, per moment: $3 is the day, $4 and $5 the place in the file. */
const MOMENTS: Readonly<Record<SourceAssertion['after'], string>> = {
  'day-start': 'p.entry_date < $3::date and $4::int is not null and $5::int is not null',
  'day-order': `(p.entry_date < $3::date or (p.entry_date = $3::date and ${UP_TO_HERE}))`,
  'file-order': `$3::date is not null and ${UP_TO_HERE}`,
};

/** The balance (debit minus credit, minor units) at the assertion's moment. */
export async function balanceAt(
  client: pg.ClientBase,
  importId: number,
  accounts: readonly AccountId[],
  { after, date, ordinal, posting }: PlacedAssertion,
): Promise<bigint> {
  if (accounts.length === 0) return 0n;
  const { rows } = await client.query<{ balance: string }>(
    `select coalesce(sum(p.side * p.amount), 0)::text as balance
     from postings p left join imports i on i.id = p.import_id
     left join journal_entries s on s.id = p.entry_id and s.import_id = $2
     where p.account_id = any($1::int[]) and ${VISIBLE} and ${MOMENTS[after]}`,
    [accounts, importId, date, ordinal, posting + 1],
  );
  return BigInt(rows[0]!.balance);
}

/** @returns the issue of an assertion that doesn't hold, or null */
export async function checkAssertion(
  client: pg.ClientBase,
  importId: number,
  accounts: readonly AccountId[],
  assertion: PlacedAssertion,
  exponent: number,
): Promise<SourceIssue | null> {
  const balance = await balanceAt(client, importId, accounts, assertion);
  const off = balance - assertion.amount;
  if ((off < 0n ? -off : off) <= assertion.tolerance) return null;
  const { account, amount, date, line } = assertion;
  const message = `The balance of ${account} at ${date} is ${decimalText(balance, exponent)}, but the file asserts ${decimalText(amount, exponent)}.`;
  return { type: 'issue', line, column: 1, code: 'assertion-failed', message };
}
