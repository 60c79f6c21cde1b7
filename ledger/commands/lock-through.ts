// Days that nothing more is posted on. Whoever keeps the books locks them; an owner opens them again, with a reason that
// stays in the history, or locks them for good.
import { z } from 'zod';
import { type CalendarDate, parseDate } from '#ledger/domain/calendar.ts';
import { latestDate } from '#ledger/domain/decide-entry.ts';
import { refuse } from './answer.ts';
import { plain, requiredLine } from './input-shapes.ts';
import { dateFacts, type LockedBook, type UseCase } from './run-in-book.ts';

const LOCK = z.strictObject({ date: plain(40) });
const REOPEN = z.strictObject({ date: plain(40).nullable(), reason: requiredLine(500) });

interface Lock {
  /** The last locked day; null: none is. */
  readonly lockedThrough: string | null;
}

/** Refuses `date-malformed` and `date-too-far-ahead`. */
function dayOf(text: string, book: LockedBook): CalendarDate {
  const date = parseDate(text);
  if (date === null) return refuse({ code: 'date-malformed', field: 'date', date: text });
  const latest = latestDate(dateFacts(book).today);
  if (date > latest) return refuse({ code: 'date-too-far-ahead', field: 'date', date, latest });
  return date;
}

const LOCKED = 'update books set locked_through = $2 where id = $1';

/** Locks every day up to one, that day included. */
export const lockThrough: UseCase<z.output<typeof LOCK>, Lock> = {
  name: 'lockThrough',
  action: 'book.lock',
  input: LOCK,
  async decide(_client, book, { date: asked }) {
    const date = dayOf(asked, book);
    const { locked_through: before } = book;
    if (before !== null && date < before) {
      return refuse({ code: 'lock-goes-back', field: 'date', lockedThrough: before });
    }
    return {
      events: date === before ? [] : [{ type: 'DatesLocked', lockedThrough: date }],
      result: { lockedThrough: date },
      access: { bookIds: [book.id] },
      async apply(client) {
        await client.query(LOCKED, [book.id, date]);
      },
    };
  },
};

/** Opens locked days again: those after `date`, or all. */
export const reopenDates: UseCase<z.output<typeof REOPEN>, Lock> = {
  name: 'reopenDates',
  action: 'book.reopen',
  input: REOPEN,
  async decide(_client, book, { date: asked, reason }) {
    const date = asked === null ? null : dayOf(asked, book);
    const { locked_through: before, sealed_through: sealed } = book;
    if (before === null || (date !== null && date >= before)) {
      return refuse({ code: 'nothing-to-reopen', field: 'date', lockedThrough: before });
    }
    if (sealed !== null && (date === null || date < sealed)) {
      return refuse({ code: 'dates-sealed', field: 'date', sealedThrough: sealed });
    }
    return {
      events: [{ type: 'DatesReopened', lockedThrough: date, reason }],
      result: { lockedThrough: date },
      access: { bookIds: [book.id] },
      async apply(client) {
        await client.query(LOCKED, [book.id, date]);
      },
    };
  },
};

/** Locks locked days for good. */
export const sealThrough: UseCase<z.output<typeof LOCK>, { sealedThrough: string }> = {
  name: 'sealThrough',
  action: 'book.reopen',
  input: LOCK,
  async decide(_client, book, { date: asked }) {
    const date = dayOf(asked, book);
    const { locked_through: locked, sealed_through: before } = book;
    if (locked === null || date > locked) {
      return refuse({ code: 'seal-before-lock', field: 'date', lockedThrough: locked });
    }
    if (before !== null && date < before) {
      return refuse({ code: 'dates-sealed', field: 'date', sealedThrough: before });
    }
    return {
      events: date === before ? [] : [{ type: 'DatesSealed', sealedThrough: date }],
      result: { sealedThrough: date },
      async apply(client) {
        await client.query('update books set sealed_through = $2 where id = $1', [book.id, date]);
      },
    };
  },
};
