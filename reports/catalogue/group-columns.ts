// The columns of a consolidation: what each entity stands at and earned, what is eliminated, and the sum of both. Amounts are
// debit minus credit, in minor units of the group's currency; debits equal credits in every column.
import { type AccountId, isResultAccount } from '#ledger/domain/account.ts';
import { addMonths, type Month } from '#ledger/domain/calendar.ts';
import { type BookLedger, net, yearStart } from './book-ledger.ts';
import type { Entity, PlacedAccount } from './group-entities.ts';

type Sums = ReadonlyMap<AccountId, bigint>;

/** By row, and the part of it that is intercompany. */
interface Amounts {
  readonly all: Sums;
  readonly intercompany: Sums;
}

/** What stands at a month's end. */
export interface SheetColumn {
  /** Accounts of the balance sheet, by row. */
  readonly standing: Sums;
  /** What translation left (IAS 21.41). */
  readonly reserve: bigint;
  readonly earlierResult: bigint;
  readonly result: bigint;
  /** What intercompany accounts don't cancel. */
  readonly difference: bigint;
}

/** What was earned in some months. */
export interface ResultColumn {
  /** Accounts of income and expenses, by row. */
  readonly moved: Sums;
  readonly difference: bigint;
}

const add = (sums: Map<AccountId, bigint>, row: AccountId, amount: bigint): void => {
  if (amount !== 0n) sums.set(row, (sums.get(row) ?? 0n) + amount);
};

const total = (sums: Sums): bigint => [...sums.values()].reduce((all, own) => all + own, 0n);

const negated = (sums: Sums): Sums =>
  new Map([...sums].map(([row, amount]) => [row, -amount] as const));

function amountsOf(
  accounts: readonly PlacedAccount[],
  amount: (account: PlacedAccount) => bigint,
): Amounts {
  const [all, intercompany] = [new Map<AccountId, bigint>(), new Map<AccountId, bigint>()];
  for (const account of accounts) {
    const own = amount(account);
    add(all, account.row, own);
    if (account.intercompany) add(intercompany, account.row, own);
  }
  return { all, intercompany };
}

const isResult = ({ type }: PlacedAccount): boolean => isResultAccount(type);

/** What an entity's accounts of the balance sheet stand at; the group's own year says which closing entries count. */
function standingsOf(entity: Entity, month: Month, start: Month): Amounts {
  const { atClosing, flows, table } = entity;
  const until = addMonths(month, 1);
  return amountsOf(
    entity.accounts.filter((account) => !isResult(account)),
    ({ id, type }) => {
      if (type === 'equity') return net(flows.between(id, null, until, 'without-closing'));
      const earlier = net(table.between(id, null, start, 'all'));
      return atClosing(earlier + net(table.between(id, start, until, 'without-closing')), month);
    },
  );
}

const movementsOf = ({ accounts, flows }: Entity, from: Month | null, until: Month): Amounts =>
  amountsOf(accounts.filter(isResult), ({ id }) =>
    net(flows.between(id, from, until, 'without-closing')),
  );

/** What closing entries of earlier years moved on assets and liabilities, if any did: the other side of it is equity. */
function closedOnAssets(
  { accounts, atClosing, table }: Entity,
  month: Month,
  start: Month,
): bigint {
  return accounts
    .filter((account) => !isResult(account) && account.type !== 'equity')
    .reduce((sum, { id }) => {
      const all = net(table.between(id, null, start, 'all'));
      return sum + atClosing(all - net(table.between(id, null, start, 'without-closing')), month);
    }, 0n);
}

function sheetOf(entity: Entity, month: Month, start: Month, { all: standing }: Amounts) {
  const earlierResult =
    total(movementsOf(entity, null, start).all) - closedOnAssets(entity, month, start);
  const result = total(movementsOf(entity, start, addMonths(month, 1)).all);
  const reserve = -(total(standing) + earlierResult + result);
  return { standing, reserve, earlierResult, result, difference: 0n };
}

/** Each entity's column in order, then the eliminations. */
export interface Columns<Column> {
  readonly entities: readonly Column[];
  readonly eliminations: Column;
  readonly consolidated: Column;
}

/** At a month's end. Named accounts are eliminated in full; what that leaves stays visible. */
export function sheetAt(
  { facts }: BookLedger,
  entities: readonly Entity[],
  month: Month,
): Columns<SheetColumn> {
  const start = yearStart(facts, month);
  const standings = entities.map((entity) => standingsOf(entity, month, start));
  const columns = entities.map((entity, at) => sheetOf(entity, month, start, standings[at]!));
  const intercompany = addSums(standings.map((own) => own.intercompany));
  const eliminations = {
    ...{ standing: negated(intercompany), reserve: 0n, earlierResult: 0n, result: 0n },
    difference: total(intercompany),
  };
  return {
    ...{ entities: columns, eliminations },
    consolidated: addSheets([...columns, eliminations]),
  };
}

/** In the months from `from` up to, not including, `until`. */
export function resultIn(
  entities: readonly Entity[],
  from: Month,
  until: Month,
): Columns<ResultColumn> {
  const movements = entities.map((entity) => movementsOf(entity, from, until));
  const columns = movements.map(({ all: moved }) => ({ moved, difference: 0n }));
  const intercompany = addSums(movements.map((own) => own.intercompany));
  const eliminations = { moved: negated(intercompany), difference: total(intercompany) };
  return {
    ...{ entities: columns, eliminations },
    consolidated: addResults([...columns, eliminations]),
  };
}

function addSums(parts: readonly Sums[]): Sums {
  const sums = new Map<AccountId, bigint>();
  for (const part of parts) for (const [row, amount] of part) add(sums, row, amount);
  return sums;
}

const sumOf = <Column>(columns: readonly Column[], amount: (column: Column) => bigint): bigint =>
  columns.reduce((sum, column) => sum + amount(column), 0n);

export const addSheets = (columns: readonly SheetColumn[]): SheetColumn => ({
  standing: addSums(columns.map(({ standing }) => standing)),
  reserve: sumOf(columns, ({ reserve }) => reserve),
  earlierResult: sumOf(columns, ({ earlierResult }) => earlierResult),
  result: sumOf(columns, ({ result }) => result),
  difference: sumOf(columns, ({ difference }) => difference),
});

export const addResults = (columns: readonly ResultColumn[]): ResultColumn => ({
  moved: addSums(columns.map(({ moved }) => moved)),
  difference: sumOf(columns, ({ difference }) => difference),
});
