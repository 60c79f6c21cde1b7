// A consolidated figure taken apart: what each account of each book adds to it, in that book's currency, and what that is in
// the group's at the rate that holds for it. The parts add up to the figure; each is the sum of lines of its book.
import type { Account } from '#ledger/domain/account.ts';
import { addMonths, type Month, monthsBetween } from '#ledger/domain/calendar.ts';
import { plainDecimal, roundedQuotient } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { net } from './book-ledger.ts';
import { type Entity, entitiesOf, type GroupLedger } from './group-entities.ts';
import { averageRate, closingRate, type GroupMember } from './group-members.ts';
import type { LinesBehind } from './lines-behind.ts';
import type { MonthTable } from './month-table.ts';

export interface FigurePart {
  /** The member that it is of; null: the group's own entries. */
  readonly member: GroupMember | null;
  readonly account: Account;
  /** The month that its rate is of: of the average, or of the month's end; null where nothing is translated. */
  readonly month: Month | null;
  /** As it counts in the figure, in minor units of the book's currency. */
  readonly amount: bigint;
  /** Units of the group's currency for one; empty where nothing is translated. */
  readonly rate: string;
  /** The amount in minor units of the group's currency. */
  readonly counts: bigint;
  /** The lines of its book that it is the sum of. */
  readonly lines: LinesBehind;
}

/** Decimals of an average rate, as it is printed. */
const AVERAGE_DECIMALS = 6;

/** @param behind of a consolidated figure; parts come in its order, then by account and month, without those of nothing */
export function partsOf(ledger: GroupLedger, behind: readonly LinesBehind[]): FigurePart[] {
  const { all } = entitiesOf(ledger);
  return behind.flatMap((lines) => {
    const book = lines.member?.book ?? null;
    const entity = all.find((own) => own.book === book)!;
    const member = ledger.group.members.find((own) => own.book === book) ?? null;
    const accounts = new Map(
      (member?.accounts ?? ledger.accounts).map((account) => [account.id, account]),
    );
    return lines.accounts.flatMap((id) =>
      ofAccount(ledger, entity, { ...lines, accounts: [id] }).map(
        (part): FigurePart => ({ ...part, member, account: accounts.get(id)! }),
      ),
    );
  });
}

type OwnPart = Omit<FigurePart, 'member' | 'account'>;

function ofAccount(
  { group }: GroupLedger,
  { atClosing, currency, flows, table }: Entity,
  lines: LinesBehind,
): OwnPart[] {
  const sign = BigInt(lines.sign);
  const rates = lines.member?.rates ?? null;
  const amount = sign * movedBy(table, lines);
  if (amount === 0n && rates !== 'averages') return [];
  if (rates === null) return [{ lines, amount, month: null, rate: '', counts: amount }];
  if (rates !== 'averages') {
    const rate = plainDecimal(closingRate(group, currency, rates)!.text);
    return [{ lines, amount, month: rates, rate, counts: atClosing(amount, rates) }];
  }
  const from = lines.from ?? table.first;
  const months = from < lines.until ? monthsBetween(from, addMonths(lines.until, -1)) : [];
  return months.flatMap((month): OwnPart[] => {
    const own = { ...lines, from: month, until: addMonths(month, 1) };
    const moved = sign * movedBy(table, own);
    if (moved === 0n) return [];
    const { dividend, divisor } = averageRate(group, currency, month)!;
    const rate = roundedQuotient(dividend * 10n ** BigInt(AVERAGE_DECIMALS), divisor);
    const counts = sign * movedBy(flows, own);
    return [
      { lines: own, amount: moved, month, rate: decimalText(rate, AVERAGE_DECIMALS), counts },
    ];
  });
}

/** What an account moved, debits less credits, as far as its lines count. */
function movedBy(
  table: MonthTable,
  { accounts: [account], closing, closingBefore, from, until }: LinesBehind,
): bigint {
  const all = (first: Month | null, end: Month) => net(table.between(account!, first, end, 'all'));
  const ordinary = (first: Month | null, end: Month) =>
    net(table.between(account!, first, end, 'without-closing'));
  if (closing) return all(from, until) - ordinary(from, until);
  if (closingBefore === null || closingBefore >= until) return all(from, until);
  if (from !== null && from >= closingBefore) return ordinary(from, until);
  return all(from, closingBefore) + ordinary(closingBefore, until);
}
