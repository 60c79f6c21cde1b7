// What the front door does with what the change stream tells: heads and access that it remembers, and live screens.
import type { HeadSource } from '#reports/delivery/head-source.ts';
import type { LiveFeed } from '#reports/delivery/live-feed.ts';
import type { ReportSlots } from '#reports/delivery/report-slots.ts';
import type { ChangeListener } from '#reports/documents/changes.ts';
import type { BookCopy, MembershipCopy } from '#reports/documents/reader.ts';
import type { Remembered } from '../session/remember.ts';
import type { SessionCheck } from '../session/session-check.ts';

export interface Followed {
  readonly heads: HeadSource;
  readonly slots: ReportSlots;
  readonly sessions: SessionCheck<MembershipCopy>;
  readonly books: Remembered<string, BookCopy>;
  readonly feed: LiveFeed;
  note(what: string): void;
}

export const followChanges = (
  { heads, slots, sessions, books, feed, note }: Followed,
  fault: (fault: unknown, what: string) => void,
): ChangeListener => ({
  trusted() {
    heads.cache.trust();
    // Whose access changed while nothing was heard isn't known.
    sessions.forgetAll();
    books.forgetAll();
    note('the change stream is trusted: heads are kept in memory');
  },
  distrusted(reason) {
    heads.cache.distrust();
    note(`${reason}: heads are read from MongoDB`);
  },
  moved(move) {
    slots.movedOn(move.book, heads.cache.moved(move));
    heads.woken(move.book);
    feed.woken(move.book);
  },
  bookForgotten(book) {
    heads.cache.forget(book);
    heads.woken(book);
    feed.woken(book);
  },
  bookChanged: () => books.forgetAll(),
  personChanged: sessions.forgetPerson,
  apiKeyChanged: sessions.forgetKey,
  fault: (reason) => fault(reason, 'change stream'),
});
