// Who draws a file, agreed between processes: at most one drawing of an address at a time and one in two seconds,
// however many ask; and which files people download, so that they can be drawn ahead.
import type { Collections, DrawingDocument } from './collections.ts';

/** Which file: a report of a book and period in a format. */
export interface FileAddress {
  readonly book: number;
  readonly report: string;
  readonly period: string;
  readonly format: string;
}

/** `mine`: draw it now. Else somebody draws or has just drawn this address: `digest` names what. */
export type Claim =
  | {
      readonly mine: true;
      /** What was finished before, and how long ago its drawing began. */
      readonly before: { readonly file: FinishedFile; readonly agoMs: number } | null;
    }
  | {
      readonly mine: false;
      readonly digest: string;
      /** Milliseconds until the address may be claimed anew, if nobody else does. */
      readonly againInMs: number;
      readonly finished: FinishedFile | null;
    };

export interface FinishedFile {
  readonly digest: string;
  readonly template: string;
  /** Position of the document that it shows. */
  readonly position: number;
  /** A pack: digests of its reports. */
  readonly parts?: readonly string[];
}

export interface Drawings {
  /** @param restMs time from the start of one drawing of the address to the next. */
  claim(address: FileAddress, digest: string, restMs: number): Promise<Claim>;
  /** Says that the drawing goes on; without that a claim lapses in a few seconds. */
  goesOn(address: FileAddress, digest: string): Promise<void>;
  finish(address: FileAddress, file: FinishedFile): Promise<void>;
  /** Gives a claim back: the drawing failed, or there was nothing to draw. */
  giveUp(address: FileAddress, digest: string): Promise<void>;
  /** Somebody downloaded it. */
  noteDemand(address: FileAddress): Promise<void>;
  /** Keys (`report/period.format`) of what people download of a book. */
  demanded(book: number): Promise<ReadonlySet<string>>;
}

const LEASE_MS = 5_000;
const DUPLICATE_KEY = 11_000;
/** Claims and demand are advice: losing one in a crash costs a drawing. */
const LIGHTLY = { writeConcern: { w: 1, journal: false } } as const;

export const fileKey = ({ report, period, format }: Omit<FileAddress, 'book'>): string =>
  `${report}/${period}.${format}`;

const idOf = (address: FileAddress): string => `${address.book}/${fileKey(address)}`;

export function drawings(all: Collections): Drawings {
  return {
    claim: (address, digest, restMs) => claim(all, address, digest, restMs),
    async goesOn(address, digest) {
      const until = new Date(Date.now() + LEASE_MS);
      await all.drawings.updateOne({ _id: idOf(address), digest }, { $set: { until } }, LIGHTLY);
    },
    async finish(address, finished) {
      await all.drawings.updateOne(
        { _id: idOf(address), digest: finished.digest },
        { $set: { finished, until: new Date(0) } },
        LIGHTLY,
      );
    },
    async giveUp(address, digest) {
      await all.drawings.updateOne(
        { _id: idOf(address), digest },
        { $set: { until: new Date(0), startedAt: new Date(0) } },
        LIGHTLY,
      );
    },
    async noteDemand(address) {
      const set = { book: address.book, at: new Date() };
      await all.demand.updateOne(
        { _id: idOf(address) },
        { $set: set },
        { upsert: true, ...LIGHTLY },
      );
    },
    async demanded(book) {
      const found = await all.demand.find({ book }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id.slice(_id.indexOf('/') + 1)));
    },
  };
}

async function claim(
  all: Collections,
  address: FileAddress,
  digest: string,
  restMs: number,
): Promise<Claim> {
  const now = Date.now();
  const _id = idOf(address);
  try {
    const before = await all.drawings.findOneAndUpdate(
      { _id, startedAt: { $lte: new Date(now - restMs) }, until: { $lte: new Date(now) } },
      {
        $set: {
          book: address.book,
          digest,
          startedAt: new Date(now),
          until: new Date(now + LEASE_MS),
        },
      },
      { upsert: true, returnDocument: 'before', ...LIGHTLY },
    );
    const { finished: file, startedAt } = before ?? {};
    return {
      mine: true,
      before: file && startedAt ? { file, agoMs: now - startedAt.getTime() } : null,
    };
  } catch (fault) {
    if ((fault as { code?: number }).code !== DUPLICATE_KEY) throw fault;
  }
  const other = await all.drawings.findOne({ _id });
  return other ? taken(other, now, restMs) : { mine: false, digest, againInMs: 0, finished: null };
}

const taken = (other: DrawingDocument, now: number, restMs: number): Claim => ({
  mine: false,
  digest: other.digest,
  againInMs: Math.max(other.startedAt.getTime() + restMs, other.until.getTime()) - now,
  finished: other.finished ?? null,
});
