// What an audit file says before the entries, read in the snapshot of the export: the company, sums and closing balances,
// parties, dimensions and tax codes.
import type pg from 'pg';
import { decimalText } from '#ledger/domain/money.ts';
import type { WrittenMasters } from '#ledger/formats/written-masters.ts';
import { dimensions, parties, taxCodes } from './line-facts.ts';

type Company = WrittenMasters['company'] &
  Pick<WrittenMasters, 'writtenOn' | 'from' | 'to' | 'entries'>;

const COMPANY = `
  select b.legal_name as "legalName", b.registration_number as "registrationNumber", b.address,
    (now() at time zone b.time_zone)::date::text as "writtenOn",
    least(b.start_date, e.first)::text as from, greatest(b.start_date, e.last)::text as to, e.entries
  from books b, lateral (select count(*)::int as entries, min(entry_date) as first, max(entry_date) as last
    from posted_entries where book_id = b.id) e
  where b.id = $1`;
const STANDING = `
  select a.id, a.controls, coalesce(sum(s.debit), 0)::text as debit, coalesce(sum(s.credit), 0)::text as credit
  from accounts a left join account_balances s on s.account_id = a.id
  where a.book_id = $1 group by a.id, a.controls`;
const PARTY_BALANCES = `
  select p.code, i.account_id as account, (sum(i.debit) - sum(i.credit))::text as balance
  from items i join parties p on p.id = i.party_id
  where i.book_id = $1 group by p.code, i.account_id order by p.code, i.account_id`;

interface Standing {
  readonly id: number;
  readonly controls: 'receivables' | 'payables' | null;
  readonly debit: string;
  readonly credit: string;
}

/** @param client in the export's snapshot. @param exponent decimals of the base currency */
export async function readMasters(
  client: pg.ClientBase,
  book: number,
  exponent: number,
): Promise<WrittenMasters> {
  const text = (amount: bigint) => decimalText(amount, exponent);
  const found = await client.query<Company>(COMPANY, [book]);
  const { address, legalName, registrationNumber, ...span } = found.rows[0]!;
  const { rows: accounts } = await client.query<Standing>(STANDING, [book]);
  const sumOf = (side: 'debit' | 'credit') =>
    text(accounts.reduce((sum, account) => sum + BigInt(account[side]), 0n));
  const balances = await partyBalances(client, book, text);
  return {
    ...span,
    company: { address, legalName, registrationNumber },
    ...{ debit: sumOf('debit'), credit: sumOf('credit') },
    standing: new Map(
      accounts.map(({ controls, credit, debit, id }) => [
        id,
        { controls, balance: text(BigInt(debit) - BigInt(credit)) },
      ]),
    ),
    parties: (await parties(client, book)).map((party) => ({
      ...party,
      balances: balances.get(party.code) ?? [],
    })),
    dimensions: await dimensions(client, book),
    taxCodes: await taxCodes(client, book),
  };
}

async function partyBalances(client: pg.ClientBase, book: number, text: (of: bigint) => string) {
  const { rows } = await client.query<{ code: string; account: number; balance: string }>(
    PARTY_BALANCES,
    [book],
  );
  const byParty = new Map<string, { account: number; balance: string }[]>();
  for (const { account, balance, code } of rows) {
    const own = byParty.get(code) ?? [];
    own.push({ account, balance: text(BigInt(balance)) });
    byParty.set(code, own);
  }
  return byParty;
}
