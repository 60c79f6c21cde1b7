// Documents of what a ledger holds now, without keeping the thousand others of its book: what is compared with other programs
// is the same (`as-known.int.spec.ts` holds both against each other), and a hundred books don't take an hour.
import { parsePeriod } from '#ledger/domain/calendar.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { OpenBook } from '#tests/ledger/open-book.ts';
import { inKnownBook } from '#workers/as-known.ts';

/** @returns documents in the order in which they are wanted */
export async function documentsNow(
  { bookId, store }: Pick<OpenBook, 'bookId' | 'store'>,
  wanted: readonly (readonly [report: string, period: string])[],
): Promise<ReportBody[]> {
  const { rows } = await store.pool.query<{ head: number }>(
    'select head from books where id = $1',
    [bookId],
  );
  const found = await inKnownBook(store, bookId, rows[0]!.head, async ({ ledger, report }) => {
    const bodies: ReportBody[] = [];
    for (const [name, key] of wanted) {
      bodies.push((await report(name, parsePeriod(ledger.facts.calendar, key)!)).body);
    }
    return bodies;
  });
  return found!;
}
