// Which reports a book has: groups have those that consolidate besides.
import type { ListedReport } from '#reports/catalogue/registry.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { rooms } from './rooms.ts';

/** In the order of the list. */
export const reportsOf = ({ isGroup }: Pick<BookCopy, 'isGroup'>): readonly ListedReport[] =>
  rooms().reports.filter(({ groups }) => isGroup || !groups);
