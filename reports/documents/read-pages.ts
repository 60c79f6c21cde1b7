// Reading paged reports: headers, nodes and pages in order, each fetched when it is reached. Every stretch says how
// many rows and what sums lie under it, so a screen's page n is found by walking down past the others, unread.
import {
  journalRows,
  ledgerRows,
  rowsAbove,
  rowsBelow,
  totalRow,
} from '#reports/catalogue/paged-rows.ts';
import { minor, type NodeBody, type PageBody } from '#reports/catalogue/pages.ts';
import type {
  AccountName,
  Part,
  ReportBody,
  ReportRow,
  StretchRef,
} from '#reports/catalogue/report.ts';
import type { ReportPage } from './reader.ts';

/** Texts of bodies by digest, in one request; missing ones are left out. */
export type ReadTexts = (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** A screen's page has the stretches that begin within so many rows: never half a one. */
const ROWS_PER_PAGE = 500;
/** Nodes or pages asked for at once. */
const MOST_AT_ONCE = 32;
const MOST_ROWS_AT_ONCE = 1_000;

/** Rows that are there, or a stretch to be read; `start` counts the report's rows before it. */
type Unit = { readonly start: number; readonly rows: readonly ReportRow[] } | Unread;

interface Unread {
  readonly start: number;
  readonly stretch: StretchRef;
  readonly part: Part;
  /** Balance before its first line, in the account's natural sign. */
  readonly opening: bigint;
}

/** Row numbers from which and before which units begin. */
interface Range {
  readonly from: number;
  readonly until: number;
}

/** All rows of a body in order. Pages not stored any more are a fault: the header should have gone before them. */
export async function* rowBatches(
  read: ReadTexts,
  body: ReportBody,
): AsyncIterable<readonly ReportRow[]> {
  yield* batchesIn(read, body, { from: 0, until: Number.POSITIVE_INFINITY });
}

export async function pageOfReport(
  read: ReadTexts,
  body: ReportBody,
  page: number,
): Promise<ReportPage | null> {
  if (!body.parts) return page === 1 ? { rows: body.rows, page: 1, pages: 1 } : null;
  const pages = Math.ceil(unitsOf(body).rows / ROWS_PER_PAGE);
  if (page > pages) return null;
  const range = { from: (page - 1) * ROWS_PER_PAGE, until: page * ROWS_PER_PAGE };
  const rows: ReportRow[] = [];
  for await (const batch of batchesIn(read, body, range)) rows.push(...batch);
  return { rows, page, pages };
}

async function* batchesIn(
  read: ReadTexts,
  body: ReportBody,
  range: Range,
): AsyncIterable<readonly ReportRow[]> {
  if (!body.parts) {
    yield body.rows;
    return;
  }
  const accounts = new Map((body.accounts ?? []).map((name) => [name[0], name]));
  let units = unitsOf(body).units.filter((unit) => mayBegin(unit, range));
  while (units.length > 0) {
    units = await opened(read, body, units, range);
    const ready = readyUnits(units);
    if (ready.length > 0) yield await rowsOf(read, body, accounts, ready);
    units = units.slice(ready.length);
  }
}

/** A report's units from its header, and how many rows it has. */
function unitsOf(body: ReportBody): { units: Unit[]; rows: number } {
  const units: Unit[] = [];
  let start = 0;
  const put = (rows: readonly ReportRow[]) => {
    if (rows.length > 0) units.push({ start, rows });
    start += rows.length;
  };
  for (const part of body.parts!) {
    put(rowsAbove(body, part));
    const { stretch } = part;
    if (stretch) {
      units.push({ start, stretch, part, opening: minor(part.opening, body.exponent) });
      start += stretch.rows;
    }
    put(rowsBelow(body, part));
  }
  put([totalRow(body)]);
  return { units, rows: start };
}

const isUnread = (unit: Unit): unit is Unread => 'stretch' in unit;
const isNode = (unit: Unit): boolean => isUnread(unit) && unit.stretch.level > 0;

/** Whether a unit, or anything under it, begins in the range. */
const mayBegin = (unit: Unit, { from, until }: Range): boolean =>
  unit.start < until &&
  (isUnread(unit) && isNode(unit) ? unit.start + unit.stretch.rows > from : unit.start >= from);

/** The units with the nodes among the next ones replaced by what lies under them. */
async function opened(
  read: ReadTexts,
  body: ReportBody,
  units: readonly Unit[],
  range: Range,
): Promise<Unit[]> {
  let next = units.slice(0, MOST_AT_ONCE);
  const rest = units.slice(MOST_AT_ONCE);
  while (next[0] && isNode(next[0])) {
    const nodes = next.filter(isUnread).filter(isNode).slice(0, MOST_AT_ONCE);
    const texts = await read(nodes.map(({ stretch }) => stretch.digest));
    next = next.flatMap((unit) =>
      isUnread(unit) && nodes.includes(unit)
        ? under(body, unit, found(texts, unit.stretch, body)).filter((own) => mayBegin(own, range))
        : [unit],
    );
  }
  return [...next, ...rest];
}

function under(body: ReportBody, node: Unread, text: string): Unit[] {
  let { start, opening } = node;
  return (JSON.parse(text) as NodeBody).stretches.map((stretch) => {
    const unit = { start, stretch, part: node.part, opening };
    const grown = minor(stretch.debit, body.exponent) - minor(stretch.credit, body.exponent);
    start += stretch.rows;
    opening += node.part.normal === 'debit' ? grown : -grown;
    return unit;
  });
}

/** The first units that need no node read, as many as go into a batch. */
function readyUnits(units: readonly Unit[]): Unit[] {
  const ready: Unit[] = [];
  let rows = 0;
  for (const unit of units) {
    if (isNode(unit)) break;
    rows += isUnread(unit) ? unit.stretch.rows : unit.rows.length;
    if (ready.length > 0 && (rows > MOST_ROWS_AT_ONCE || ready.length >= MOST_AT_ONCE)) break;
    ready.push(unit);
  }
  return ready;
}

async function rowsOf(
  read: ReadTexts,
  body: ReportBody,
  accounts: ReadonlyMap<number, AccountName>,
  units: readonly Unit[],
): Promise<readonly ReportRow[]> {
  const texts = await read(units.flatMap((unit) => (isUnread(unit) ? [unit.stretch.digest] : [])));
  return units.flatMap((unit) => {
    if (!isUnread(unit)) return unit.rows;
    const { entries } = JSON.parse(found(texts, unit.stretch, body)) as PageBody;
    return unit.part.of === null
      ? journalRows(entries, accounts)
      : ledgerRows(entries, body.exponent, unit.part.normal, unit.opening);
  });
}

function found(
  texts: ReadonlyMap<string, string>,
  { digest }: StretchRef,
  body: ReportBody,
): string {
  const text = texts.get(digest);
  if (!text) throw new Error(`page ${digest} of ${body.report} ${body.period.key} is missing`);
  return text;
}
