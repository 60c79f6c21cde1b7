// Which reports a book has: groups have those that consolidate besides.
import type { ListedReport } from '#reports/catalogue/registry.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { rooms } from './rooms.ts';

/** In the order of the list. */
export const reportsOf = ({ isGroup }: Pick<BookCopy, 'isGroup'>): readonly ListedReport[] =>
  rooms().reports.filter(({ groups }) => isGroup || !groups);

/** A report of the book, or a view of one, by its name; undefined where it has none. */
export function listedIn(
  { isGroup }: Pick<BookCopy, 'isGroup'>,
  name: string,
): ListedReport | undefined {
  const listed = rooms().listedReport(name);
  return listed && (isGroup || !listed.groups) ? listed : undefined;
}
