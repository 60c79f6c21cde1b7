// A book with a dollar bank, shares and a commodity, and entries in several units as short lines.
import { accepted, type OpenBook, openBook } from './open-book.ts';

export async function openUnitBook(): Promise<OpenBook> {
  const book = await openBook();
  const accounts = [
    ['1200', 'Dollar bank', 'Assets:Dollar bank', 'asset'],
    ['1300', 'Shares', 'Assets:Shares', 'asset'],
    ['6900', 'Rounding', 'Expenses:Rounding', 'expense'],
  ];
  for (const [code, name, path, type] of accounts) {
    accepted(await book.commands.openAccount(book.call(), { code, name, path, type }));
  }
  accepted(await book.commands.defineUnit(book.call(), { code: 'VHT', decimals: 3 }));
  return book;
}

export type Line = readonly [account: string, amount: string, unit?: string, price?: string];

/** `@ 0.92` for one, `@@ 92.00` in all; amounts below zero are credits. */
export const entry = (date: string, lines: readonly Line[]) => ({
  date,
  description: 'In several units',
  lines: lines.map(([account, amount, unit, price]) => {
    const [, sign, value] = /^(@@?) (\S+)$/.exec(price ?? '') ?? [];
    return {
      account,
      side: amount.startsWith('-') ? 'credit' : 'debit',
      amount: amount.replace('-', ''),
      ...(unit && { unit }),
      ...(sign === '@' && { rate: value }),
      ...(sign === '@@' && { baseAmount: value }),
    };
  }),
});

/** Account, side, amount and what stands behind it, line by line. */
export const linesIn = async (book: OpenBook, number: number) =>
  (await book.queries.entryByNumber(book.bookId, number))!.lines.map(
    ({ account, side, amount, units }) => [
      account,
      side,
      amount,
      units && `${units.quantity} ${units.unit}`,
    ],
  );
