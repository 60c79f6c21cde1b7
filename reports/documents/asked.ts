// Documents that somebody asked for and that aren't among those that always exist: reports beside other periods, with
// accounts at zero. Whoever misses one asks here; a worker makes it and from then on keeps it current like the others.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { AskedDocument, Collections } from './collections.ts';
import type { WantedHead } from './read-heads.ts';

export interface AskedFor extends Pick<WantedHead, 'report' | 'period'> {
  /** When it was last read, as far as it was noted. */
  readonly at: Date;
  /** Whether a worker has seen to it. */
  readonly made: boolean;
}

export interface Asked {
  /** Asks for a document that isn't there. */
  ask(wanted: WantedHead): Promise<void>;
  /** Notes that a document is read: of too many, those that weren't for longest are dropped. */
  noteRead(wanted: WantedHead): Promise<void>;
  /** Books with documents that wait to be made. */
  booksWaiting(): Promise<number[]>;
  ofBook(book: number): Promise<AskedFor[]>;
  /** @param made what a worker has seen to; @param dropped what is kept no more */
  settle(book: number, made: readonly Asking[], dropped: readonly Asking[]): Promise<void>;
}

type Asking = Pick<WantedHead, 'report' | 'period'>;

const MOST_WAITING = 1_000;

const addressOf = (book: number, { period, report }: Asking): string =>
  `${book}/${report}/${period}`;

export function openAsked({ asked }: Pick<Collections, 'asked'>): Asked {
  const idsOf = (book: number, list: readonly Asking[]) => list.map((own) => addressOf(book, own));
  return {
    async ask({ book, period, report }) {
      const _id = addressOf(book, { period, report });
      const $set = { book, report, period, at: new Date(), made: false };
      await asked.updateOne({ _id }, { $set }, { upsert: true });
    },
    async noteRead({ book, ...wanted }) {
      await asked.updateOne({ _id: addressOf(book, wanted) }, { $set: { at: new Date() } });
    },
    async booksWaiting() {
      const waiting = await asked.find({ made: false }).limit(MOST_WAITING).toArray();
      return [...new Set(waiting.map(({ book }) => book))];
    },
    async ofBook(book) {
      const all: AskedDocument[] = await asked.find({ book }).toArray();
      return all.map(({ at, made, period, report }) => ({
        ...{ at, made, report },
        period: period as PeriodKey,
      }));
    },
    async settle(book, made, dropped) {
      if (made.length > 0)
        await asked.updateMany({ _id: { $in: idsOf(book, made) } }, { $set: { made: true } });
      if (dropped.length > 0) await asked.deleteMany({ _id: { $in: idsOf(book, dropped) } });
    },
  };
}
