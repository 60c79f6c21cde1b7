// The parts of a consolidated figure, and the lines behind each in the book that it is of: those that the group took.
import { decimalText } from '#ledger/domain/money.ts';
import { type FigurePart as Part, partsOf } from '#reports/catalogue/group-parts.ts';
import type { BehindBook, LinesBehind } from '#reports/catalogue/lines-behind.ts';
import {
  type FigureLines,
  type FigureQuestion,
  linesIn,
  PER_PAGE,
  writtenLines,
} from './figure-found.ts';
import { type LedgerConnection, select } from './recompute-snapshot.ts';

/** Amounts are decimal texts as they count in the figure. */
export interface FigurePart {
  /** Its place among the parts. */
  readonly place: number;
  /** Whose it is; empty: the group's own entries. */
  readonly member: string;
  readonly account: string;
  readonly accountName: string;
  /** The month whose rate translates it; null where none does. */
  readonly month: string | null;
  /** In the currency of its book. */
  readonly amount: string;
  readonly currency: string;
  /** Empty where none is needed. */
  readonly rate: string;
  /** In the group's currency. */
  readonly counts: string;
  /** Whether the reader may see its entries. */
  readonly readable: boolean;
}

export interface FigureParts {
  readonly parts: readonly FigurePart[];
  /** What all of them come to: the figure. */
  readonly sum: string;
  readonly currency: string;
  /** Parts that there are; `parts` holds a page of them. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** @returns null where there is no such part, or its entries aren't the reader's to see */
export async function groupFigure(
  connection: LedgerConnection,
  book: BehindBook,
  question: FigureQuestion,
  behind: readonly LinesBehind[],
): Promise<FigureLines | FigureParts | null> {
  const all = partsOf(book, behind);
  if (question.part === undefined) return writtenParts(all, question);
  const part = all[question.part];
  return part && isReadable(part, question) ? partLines(connection, part, question) : null;
}

const isReadable = ({ member }: Part, { readable }: FigureQuestion): boolean =>
  member === null || readable.includes(member.book);

function writtenParts(all: readonly Part[], question: FigureQuestion): FigureParts {
  const { currency, exponent } = question.body;
  const first = (question.page - 1) * PER_PAGE;
  const parts = all.slice(first, first + PER_PAGE).map((part, at): FigurePart => {
    const { account, amount, counts, member, month, rate } = part;
    return {
      ...{ place: first + at, member: member?.name ?? '', month, rate },
      ...{ account: account.code, accountName: account.name },
      ...{ amount: decimalText(amount, member?.exponent ?? exponent) },
      ...{ currency: member?.currency ?? currency, counts: decimalText(counts, exponent) },
      readable: isReadable(part, question),
    };
  });
  const sum = all.reduce((whole, { counts }) => whole + counts, 0n);
  return {
    ...{ parts, sum: decimalText(sum, exponent), currency },
    ...{ total: all.length, page: question.page },
    pages: Math.max(1, Math.ceil(all.length / PER_PAGE)),
  };
}

async function partLines(
  connection: LedgerConnection,
  { lines, member }: Part,
  { asOf, body, bookId, page }: FigureQuestion,
): Promise<FigureLines> {
  const book = member?.book ?? bookId;
  const until = member ? await takenPosition(connection, bookId, book) : asOf;
  const found = await linesIn(connection, { bookId: book, asOf: until, page }, [lines]);
  const places = member?.exponent ?? body.exponent;
  return writtenLines(found, { book, page, places, unit: member?.currency ?? body.currency });
}

/** Until where the group took a member's balances. */
async function takenPosition(
  connection: LedgerConnection,
  group: number,
  member: number,
): Promise<number> {
  const text =
    'select member_position as position from group_members where book_id = $1 and member_id = $2';
  const [row] = await select<{ position: number }>(connection, text, [group, member]);
  return row?.position ?? 0;
}
