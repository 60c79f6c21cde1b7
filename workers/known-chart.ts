// What a book was called and how it was set up at an earlier event: its settings, locks, accounts, dimensions, tax codes,
// budget, rates and members, replayed from the events until then. Names of parties stand in no event; they are today's.
import { type Account, compareCodes } from '#ledger/domain/account.ts';
import { type CalendarDate, type Month, monthOf } from '#ledger/domain/calendar.ts';
import { changesPresentation, type LedgerEvent } from '#ledger/domain/events.ts';
import { ReplayedBook } from '#ledger/verify/replay-book.ts';
import type { BookFacts, BookLedger } from '#reports/catalogue/book-ledger.ts';
import { type BudgetRow, budgetTable } from '#reports/catalogue/budget-table.ts';
import { type Group, groupOf } from '#reports/catalogue/group-members.ts';
import type { BalanceRow } from '#reports/catalogue/month-table.ts';
import { rateTable, type WrittenRate } from '#reports/catalogue/rate-table.ts';
import { memberAccounts } from './recompute-group.ts';
import { type LedgerConnection, select } from './recompute-snapshot.ts';

/** Postings come from their rows, which no event changes. */
const EVENTS = `
  select position, bytes from events
  where book_id = $1 and position <= $2 and type not in ('JournalEntryPosted', 'ImportPosted')
  order by position`;

export interface KnownChart
  extends Pick<BookLedger, 'accounts' | 'dimensions' | 'taxCodes' | 'budget' | 'group' | 'rates'> {
  readonly facts: BookFacts;
}

/** @param today the book as it stands; what no event changes is taken from it */
export async function knownChart(
  connection: LedgerConnection,
  today: BookFacts,
  position: number,
): Promise<KnownChart> {
  const replay = new ReplayedBook();
  let [presentationPosition, partiesPosition] = [0, 0];
  const rows = await select<{ position: number; bytes: Buffer }>(connection, EVENTS, [
    today.id,
    position,
  ]);
  for (const row of rows) {
    const event = JSON.parse(row.bytes.toString('utf8')) as LedgerEvent;
    const impossible = replay.apply(event, row.position);
    if (impossible) throw new Error(`event ${row.position}, ${event.type}: ${impossible}`);
    if (event.type === 'BookCreated' || changesPresentation(event))
      presentationPosition = row.position;
    if (event.type === 'PartyChanged') partiesPosition = row.position;
  }
  const { layouts, lockedThrough, settings } = replay;
  if (!settings) throw new Error(`book ${today.id} has no first event`);
  const { roundingAccount: _, ...named } = settings;
  const facts: BookFacts = {
    ...today,
    title: { ...today.title, ...named },
    lockedThrough: lockedThrough as CalendarDate | null,
    ...{ presentationPosition, partiesPosition, layouts, isGroup: replay.group.members.size > 0 },
  };
  const budget = budgetTable(monthOf(today.calendar.startDate), plannedThen(replay));
  const rates = ratesThen(replay);
  const group = groupThen(replay, today, rates);
  return { facts, budget, group, rates: rateTable(rates), ...chartOf(replay) };
}

const inOrder = <Coded extends { readonly code: string }>(coded: readonly Coded[]): Coded[] =>
  coded.toSorted((a, b) => compareCodes(a.code, b.code));

const plannedThen = (replay: ReplayedBook): BudgetRow[] =>
  [...replay.budget].map(([key, [amount, lastPosition]]) => {
    const [account = '', values = '', month = ''] = key.split('/');
    return {
      ...{ account: Number(account), month: month as Month, lastPosition },
      values: values === '' ? [] : values.split(',').map(Number),
      amount: BigInt(amount),
    };
  });

const ratesThen = ({ rates }: ReplayedBook): WrittenRate[] =>
  [...rates].map(([key, [rate, position]]) => {
    const at = key.lastIndexOf('/');
    const [unit, day] = [key.slice(0, at), key.slice(at + 1) as CalendarDate];
    return { unit, day, rate, position };
  });

function groupThen(
  { group }: ReplayedBook,
  { calendar }: BookFacts,
  rates: readonly WrittenRate[],
): Group {
  const accounts = Map.groupBy(group.accounts.values(), ({ member }) => member);
  const balances = [...group.balances].map(([key, balance]): BalanceRow => {
    const [account = '', month = '', closing = ''] = key.split('/');
    const of = { account: Number(account), month: month as Month, closing: closing === 'true' };
    return { ...of, ...balance };
  });
  const members = [...group.members].filter(([, { removed }]) => !removed);
  return groupOf(
    monthOf(calendar.startDate),
    members.map(([book, own]) => ({
      ...{ book, ...own, accounts: memberAccounts(accounts.get(book) ?? []) },
      balances: balances.filter(({ account }) => group.accounts.get(account)?.member === book),
    })),
    rates,
  );
}

function chartOf(replay: ReplayedBook): Omit<KnownChart, 'facts' | 'budget' | 'group' | 'rates'> {
  const accounts = [...replay.accounts].map(([id, own]) => ({ id, ...own }) as Account);
  const values = [...replay.dimensions.values].map(([id, own]) => ({ id, ...own }));
  const dimensions = [...replay.dimensions.defined].map(([id, [code, name]]) => ({
    ...{ code, name },
    values: inOrder(
      values
        .filter(({ dimension }) => dimension === id)
        .map((own) => ({ id: own.id, code: own.code, name: own.name, parent: own.parent })),
    ),
  }));
  const taxCodes = [...replay.taxes.codes].map(([id, own]) => {
    const { baseBox, code, kind, name, taxBox } = own;
    return { id, code, name, kind: kind as 'input' | 'output', baseBox, taxBox };
  });
  return {
    accounts: inOrder(accounts),
    dimensions: inOrder(dimensions),
    taxCodes: inOrder(taxCodes),
  };
}
