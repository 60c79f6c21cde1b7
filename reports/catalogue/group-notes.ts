// What a consolidated document must say beside its figures: at which rates members were translated, which of them couldn't be,
// and which accounts the group's chart lacks.
import type { Account } from '#ledger/domain/account.ts';
import { addMonths, type Month, type Period } from '#ledger/domain/calendar.ts';
import { plainDecimal } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type BookLedger, lastMonth, net } from './book-ledger.ts';
import { entitiesOf, type Unconsolidated } from './group-entities.ts';
import { closingRate } from './group-members.ts';

const MOST_ACCOUNTS = 12;

export function groupNotes(ledger: BookLedger, period: Period): string[] {
  const month = lastMonth(period);
  const { opened, unconsolidated } = entitiesOf(ledger);
  return [
    ...rateNotes(ledger, unconsolidated, month),
    ...unconsolidated.map((own) => unconsolidatedNote(ledger, own, month)),
    ...openedNotes(opened),
  ];
}

function rateNotes(
  { facts, group }: BookLedger,
  unconsolidated: readonly Unconsolidated[],
  month: Month,
): string[] {
  const left = new Set(unconsolidated.map(({ member }) => member));
  const translated = group.members.filter((member) => !left.has(member));
  const currencies = [...new Set(translated.map(({ currency }) => currency))].sort();
  return currencies.flatMap((currency) => {
    const closing = currency === facts.currency ? null : closingRate(group, currency, month);
    if (!closing) return [];
    const rate = plainDecimal(closing.text);
    return [
      `${currency}: assets and liabilities at ${rate} ${facts.currency}, the rate of ${closing.day}; income, expenses and equity at the average rates of the months in which they moved.`,
    ];
  });
}

/** Its amounts are told in its own currency, so that nobody takes it for nothing. */
function unconsolidatedNote(
  { facts }: BookLedger,
  { member, since }: Unconsolidated,
  month: Month,
): string {
  const { accounts, currency, exponent, name, table } = member;
  const until = addMonths(month, 1);
  const sum = (type: Account['type']): string => {
    const balance = accounts
      .filter((account) => account.type === type)
      .reduce((all, { id }) => all + net(table.between(id, null, until, 'without-closing')), 0n);
    return decimalText(type === 'asset' || type === 'expense' ? balance : -balance, exponent);
  };
  return `${name} isn't consolidated: there is no rate of ${currency} in ${facts.currency} by the end of ${since}. It holds, in ${currency}: assets ${sum('asset')}, liabilities ${sum('liability')}, equity ${sum('equity')}; since it began it earned ${sum('income')} and spent ${sum('expense')}.`;
}

function openedNotes(
  opened: readonly { readonly account: Account; readonly members: readonly string[] }[],
): string[] {
  if (opened.length === 0) return [];
  const named = opened
    .slice(0, MOST_ACCOUNTS)
    .map(({ account, members }) => `${account.code} ${account.name} (${members.join(', ')})`);
  const more = opened.length - named.length;
  const rest = more > 0 ? ` and ${more} more` : '';
  return [
    `The group's chart has no account of this code and type, so these stand under their own names: ${named.join(', ')}${rest}.`,
  ];
}
