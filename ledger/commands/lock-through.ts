// Locks every day up to one, that day included, or opens them again.
import { z } from 'zod';
import { parseDate } from '#ledger/domain/calendar.ts';
import { latestDate } from '#ledger/domain/decide-entry.ts';
import { refuse } from './answer.ts';
import { plain } from './input-shapes.ts';
import { dateFacts, type UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({ date: plain(40).nullable() });

export const lockThrough: UseCase<z.output<typeof INPUT>, { lockedThrough: string | null }> = {
  name: 'lockThrough',
  action: 'book.lock',
  input: INPUT,
  async decide(_client, book, { date: asked }) {
    const date = asked === null ? null : parseDate(asked);
    if (asked !== null && date === null) {
      return refuse({ code: 'date-malformed', field: 'date', date: asked });
    }
    const latest = latestDate(dateFacts(book).today);
    if (date !== null && date > latest) {
      return refuse({ code: 'date-too-far-ahead', field: 'date', date, latest });
    }
    return {
      events: date === book.locked_through ? [] : [{ type: 'DatesLocked', lockedThrough: date }],
      result: { lockedThrough: date },
      access: { bookIds: [book.id] },
      async apply(client) {
        await client.query('update books set locked_through = $2 where id = $1', [book.id, date]);
      },
    };
  },
};
