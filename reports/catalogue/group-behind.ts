// What stands behind consolidated figures: the lines of the group's own entries and those of its members, each with what
// translates it. It is the arithmetic of `group-columns.ts`, told as lines.
import { isResultAccount } from '#ledger/domain/account.ts';
import { addMonths, type Month } from '#ledger/domain/calendar.ts';
import { type BookLedger, EARLIER_RESULT, RESULT_OF_YEAR, yearStart } from './book-ledger.ts';
import { type Entity, entitiesOf, type PlacedAccount } from './group-entities.ts';
import { INTERCOMPANY_DIFFERENCE, TRANSLATION_RESERVE } from './group-rows.ts';
import {
  BEFORE_ANY,
  type Figure,
  isDeducted,
  type LinesBehind,
  type MemberBehind,
} from './lines-behind.ts';

/** Which accounts of entities count in a column: all of them, those that are eliminated, or those that are left. */
export type Counted = 'all' | 'eliminated' | 'left';

/** Of what a column is the sum. */
export interface ColumnBehind {
  readonly entities: readonly Entity[];
  readonly counted: Counted;
}

/** All entities, as consolidated documents add them up. */
export const consolidatedColumn = (ledger: Figure['book']): ColumnBehind => ({
  entities: entitiesOf(ledger).all,
  counted: 'left',
});

type Sign = 1 | -1;

const picked: Readonly<Record<Counted, (account: PlacedAccount) => boolean>> = {
  all: () => true,
  eliminated: ({ intercompany }) => intercompany,
  left: ({ intercompany }) => !intercompany,
};

const ofResult = ({ type }: PlacedAccount): boolean => isResultAccount(type);
const isForeign = ({ currency }: Entity, { facts }: Pick<BookLedger, 'facts'>): boolean =>
  currency !== facts.currency;

/** Behind a line of a balance sheet at a month's end. */
export function sheetBehind(
  figure: Figure,
  month: Month,
  column: ColumnBehind,
): LinesBehind[] | null {
  const { book, row } = figure;
  const start = yearStart(book.facts, month);
  const { counted, entities } = column;
  const group = new GroupLines(book);
  const until = addMonths(month, 1);
  if (row.accountId !== undefined) {
    const type = entitiesOf(book).rows.find(({ id }) => id === row.accountId)!.type;
    const natural = type === 'asset' ? 1 : -1;
    return ofRow(column, row.accountId).flatMap(([entity, accounts]) =>
      group.standing(entity, accounts, month, signed(natural, counted)),
    );
  }
  if (row.name === INTERCOMPANY_DIFFERENCE)
    return entities.flatMap((entity) =>
      group.standing(entity, balances(entity).filter(picked.eliminated), month, -1),
    );
  if (counted === 'eliminated') return null;
  if (row.name === RESULT_OF_YEAR)
    return entities.flatMap((entity) => group.moved(entity, results(entity), start, until, -1));
  if (row.name === EARLIER_RESULT)
    return entities.flatMap((entity) => group.earlier(entity, month, -1));
  if (row.name !== TRANSLATION_RESERVE) return null;
  return entities
    .filter((entity) => isForeign(entity, book))
    .flatMap((entity) => [
      ...group.standing(entity, balances(entity), month, 1),
      ...group.earlier(entity, month, 1),
      ...group.moved(entity, results(entity), start, until, 1),
    ]);
}

/** Behind a line of an income statement of some months, the last included. */
export function resultOfGroupBehind(
  { at, body, book, row }: Figure,
  { from, to }: { readonly from: Month; readonly to: Month },
  column: ColumnBehind,
): LinesBehind[] | null {
  const group = new GroupLines(book);
  const until = addMonths(to, 1);
  if (row.accountId !== undefined) {
    const natural = isDeducted(body, at) ? 1 : -1;
    return ofRow(column, row.accountId).flatMap(([entity, accounts]) =>
      group.moved(entity, accounts, from, until, signed(natural, column.counted)),
    );
  }
  if (row.name !== INTERCOMPANY_DIFFERENCE) return null;
  return column.entities.flatMap((entity) =>
    group.moved(entity, results(entity).filter(picked.eliminated), from, until, -1),
  );
}

/** What is eliminated counts the other way round. */
const signed = (natural: Sign, counted: Counted): Sign =>
  counted === 'eliminated' ? (natural === 1 ? -1 : 1) : natural;

const balances = ({ accounts }: Entity) => accounts.filter((own) => !ofResult(own));
const results = ({ accounts }: Entity) => accounts.filter(ofResult);

/** Accounts that stand in a row and count, by entity. */
const ofRow = (
  { counted, entities }: ColumnBehind,
  row: number,
): (readonly [Entity, readonly PlacedAccount[]])[] =>
  entities.map((entity) => [
    entity,
    entity.accounts.filter((own) => own.row === row && picked[counted](own)),
  ]);

/** Lines of entities, each with what translates them. */
class GroupLines {
  readonly #book: Figure['book'];

  constructor(book: Figure['book']) {
    this.#book = book;
  }

  /** What stands on accounts of the balance sheet: equity as it moved, the others at the rate of the month's end. */
  standing(
    entity: Entity,
    accounts: readonly PlacedAccount[],
    month: Month,
    sign: Sign,
  ): LinesBehind[] {
    const isEquity = ({ type }: PlacedAccount) => type === 'equity';
    const [from, until] = [null, addMonths(month, 1)];
    const closingBefore = yearStart(this.#book.facts, month);
    const others = accounts.filter((own) => !isEquity(own));
    return [
      ...this.#lines(entity, others, month, { sign, from, until, closingBefore }),
      ...this.moved(entity, accounts.filter(isEquity), from, until, sign),
    ];
  }

  /** What accounts moved, closing entries left out, at the averages of the months. */
  moved(
    entity: Entity,
    accounts: readonly PlacedAccount[],
    from: Month | null,
    until: Month,
    sign: Sign,
  ): LinesBehind[] {
    const closingBefore = from ?? BEFORE_ANY;
    return this.#lines(entity, accounts, 'averages', { sign, from, until, closingBefore });
  }

  /** Results of the years before the month's, less what closing entries took to assets and liabilities. */
  earlier(entity: Entity, month: Month, sign: Sign): LinesBehind[] {
    const until = yearStart(this.#book.facts, month);
    const others = balances(entity).filter(({ type }) => type !== 'equity');
    const closed = { from: null, until, closingBefore: null, closing: true } as const;
    return [
      ...this.moved(entity, results(entity), null, until, sign),
      ...this.#lines(entity, others, month, { sign: sign === 1 ? -1 : 1, ...closed }),
    ];
  }

  #lines(
    entity: Entity,
    accounts: readonly PlacedAccount[],
    rates: Month | 'averages',
    of: Omit<LinesBehind, 'accounts' | 'member'>,
  ): LinesBehind[] {
    if (accounts.length === 0) return [];
    const ids = accounts.map(({ id }) => id);
    if (entity.book === null) return [{ ...of, accounts: ids }];
    const translated = isForeign(entity, this.#book) ? rates : null;
    const member: MemberBehind = { book: entity.book, rates: translated };
    return [{ ...of, accounts: ids, member }];
  }
}
