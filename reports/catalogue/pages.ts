// Cutting long reports into pages, and long lists of pages into nodes. Both follow the content: whether a cut lies
// before an entry depends on the entry's number alone, so an entry slipped in between rewrites the pages of its own
// segment (the entries from one cut to the next) and the nodes above it, wherever it stands and however long the list.
import { decimalText } from '#ledger/domain/money.ts';
import { SCHEMA_VERSION, type StretchRef } from './report.ts';
import { type Sealed, seal } from './seal.ts';

/** A posting: account, +1 debit or −1 credit, the amount as decimal text, the memo; for statements document and due date. */
export type PageLine = readonly [
  account: number,
  side: number,
  amount: string,
  memo: string,
  document?: string,
  due?: string,
];

/** A journal entry with those of its lines that a page shows; `continued` 1: it began on the page before. */
export type PageEntry = readonly [
  date: string,
  entry: number,
  description: string,
  reference: string,
  continued: 0 | 1,
  lines: readonly PageLine[],
];

/** A page as stored. Book and place are part of it, so no two share a page: what one leaves behind isn't the other's. */
export interface PageBody {
  readonly schemaVersion: number;
  readonly book: number;
  readonly of: string;
  readonly entries: readonly PageEntry[];
}

/** A node as stored. */
export interface NodeBody {
  readonly schemaVersion: number;
  readonly book: number;
  readonly of: string;
  readonly stretches: readonly StretchRef[];
}

/** A stretch with its sums as figures. */
export interface Stretch {
  readonly ref: StretchRef;
  readonly debit: bigint;
  readonly credit: bigint;
}

/** What lies under a stretch: the entries of a page or the stretches of a node. */
export type Content = readonly PageEntry[] | readonly Stretch[];

/** Told of each page and node that was made. */
export type Keep = (sealed: Sealed, content: Content) => void;

export interface Cutting {
  readonly book: number;
  /** Whose lines they are. */
  readonly of: string;
  readonly exponent: number;
  /** Journals show a heading above an entry's lines. */
  readonly headings: boolean;
  readonly keep: Keep;
}

const MOST_ROWS = 250;
/** One entry in 64 begins a segment; one cut in 32 begins a node, one of those in 32 a node of nodes, and so on. */
const SEGMENT_BITS = 6;
const NODE_BITS = 5;

/**
 * How strong a cut lies before an entry: 0 none, 1 begins a segment, 2 also a node, 3 also a node of nodes …
 * The number is mixed first (MurmurHash3's finaliser): plain divisibility would never cut an account that is posted
 * to by, say, every hundredth entry.
 */
export function cutOf(entry: number): number {
  let h = entry | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h = (h ^ (h >>> 16)) >>> 0;
  const zeros = h === 0 ? 32 : 31 - Math.clz32(h & -h);
  return zeros < SEGMENT_BITS ? 0 : 1 + Math.floor((zeros - SEGMENT_BITS) / NODE_BITS);
}

/** Cuts whole entries, in order, into pages: at content cuts, and within a segment when a page is full. */
export class PageCutter {
  readonly #cutting: Cutting;
  readonly #pages: Stretch[] = [];
  #entries: PageEntry[] = [];
  #rows = 0;

  constructor(cutting: Cutting) {
    this.#cutting = cutting;
  }

  add(entry: PageEntry): void {
    const [date, number, description, reference, , lines] = entry;
    const heading = this.#cutting.headings ? 1 : 0;
    const full = this.#rows + heading + 1 > MOST_ROWS;
    if (this.#entries.length > 0 && (full || cutOf(number) > 0)) this.#close();
    let room = MOST_ROWS - this.#rows - heading;
    if (lines.length <= room) {
      this.#entries.push(entry);
      this.#rows += heading + lines.length;
      return;
    }
    for (let start = 0; start < lines.length; ) {
      const own = lines.slice(start, start + room);
      this.#entries.push([date, number, description, reference, start === 0 ? 0 : 1, own]);
      this.#rows += own.length + (start === 0 ? heading : 0);
      start += own.length;
      if (start < lines.length) this.#close();
      room = MOST_ROWS;
    }
  }

  /** The pages of all that was added. */
  finish(): Stretch[] {
    if (this.#entries.length > 0) this.#close();
    return this.#pages;
  }

  #close(): void {
    this.#pages.push(sealPage(this.#cutting, this.#entries, this.#rows));
    this.#entries = [];
    this.#rows = 0;
  }
}

/** Several stretches under one: nodes over them, and nodes over those, until one is left. @returns null for none. */
export function climb(cutting: Cutting, stretches: readonly Stretch[]): Stretch | null {
  let list = stretches;
  while (list.length > 1) list = groupNodes(cutting, list);
  return list[0] ?? null;
}

/** Nodes over stretches of one level: each begins where a cut is stronger than that level's. */
export function groupNodes(cutting: Cutting, stretches: readonly Stretch[]): Stretch[] {
  const level = stretches[0]!.ref.level + 1;
  const groups: Stretch[][] = [];
  for (const stretch of stretches) {
    const group = groups.at(-1);
    if (!group || stretch.ref.cut > level) groups.push([stretch]);
    else group.push(stretch);
  }
  return groups.map((group) => sealNode(cutting, group));
}

/** One stretch over those of a period's months, in order. */
export function sealNode(
  { book, exponent, keep, of }: Cutting,
  stretches: readonly Stretch[],
): Stretch {
  const refs = stretches.map(({ ref }) => ref);
  const body: NodeBody = { schemaVersion: SCHEMA_VERSION, book, of, stretches: refs };
  const sealed = seal(body);
  keep(sealed, stretches);
  const debit = stretches.reduce((sum, stretch) => sum + stretch.debit, 0n);
  const credit = stretches.reduce((sum, stretch) => sum + stretch.credit, 0n);
  const { date, entry, cut } = refs[0]!;
  const ref = {
    digest: sealed.digest,
    level: 1 + refs.reduce((level, own) => Math.max(level, own.level), 0),
    rows: refs.reduce((sum, own) => sum + own.rows, 0),
    lines: refs.reduce((sum, own) => sum + own.lines, 0),
    debit: decimalText(debit, exponent),
    credit: decimalText(credit, exponent),
    ...{ date, entry, cut },
  };
  return { ref, debit, credit };
}

function sealPage(
  { book, exponent, keep, of }: Cutting,
  entries: readonly PageEntry[],
  rows: number,
): Stretch {
  const body: PageBody = { schemaVersion: SCHEMA_VERSION, book, of, entries };
  const sealed = seal(body);
  keep(sealed, entries);
  const [debit, credit] = sums(entries, exponent);
  const [date, entry, , , continued] = entries[0]!;
  const ref = {
    digest: sealed.digest,
    level: 0,
    rows,
    lines: entries.reduce((sum, [, , , , , lines]) => sum + lines.length, 0),
    debit: decimalText(debit, exponent),
    credit: decimalText(credit, exponent),
    ...{ date, entry, cut: continued ? 0 : cutOf(entry) },
  };
  return { ref, debit, credit };
}

function sums(entries: readonly PageEntry[], exponent: number): [bigint, bigint] {
  let [debit, credit] = [0n, 0n];
  for (const [, , , , , lines] of entries) {
    for (const [, side, amount] of lines) {
      if (side > 0) debit += minor(amount, exponent);
      else credit += minor(amount, exponent);
    }
  }
  return [debit, credit];
}

/** A stretch as a header or node names it, its sums read. */
export const stretchOf = (ref: StretchRef, exponent: number): Stretch => ({
  ref,
  debit: minor(ref.debit, exponent),
  credit: minor(ref.credit, exponent),
});

/** Reads an amount that the catalogue wrote, with all its decimals; nothing stands for zero. */
export function minor(text: string | undefined, exponent: number): bigint {
  if (text === undefined || text === '') return 0n;
  const point = exponent === 0 ? text.length : text.length - exponent - 1;
  if (exponent > 0 && text[point] !== '.') throw new Error(`not an amount of ours: ${text}`);
  return BigInt(text.slice(0, point) + text.slice(point + 1));
}
