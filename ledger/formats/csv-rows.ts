// The rows of a CSV file with their lines: delimiter and decimal sign are recognised from its beginning. Blocks of lines
// without quotes are split at their signs, which costs far less than csv-parse; it reads all others.
import type { Info } from 'csv-parse';
import { CsvError, parse } from 'csv-parse/sync';
import { type DecimalSign, signShownBy } from '#ledger/domain/read-figure.ts';

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvStyle {
  readonly delimiter: string;
  readonly decimalSign: DecimalSign;
}

const DELIMITERS = [',', ';', '\t', '|'];
const SNIFFED = 65_536;
const LONGEST_ROW = 1_000_000;
const [NEWLINE, RETURN, QUOTE] = [10, 13, 34];

/** Reads enough of the text to know its style. @returns the style, and the whole text again */
export async function sniff(
  text: AsyncIterable<string>,
): Promise<{ style: CsvStyle; text: AsyncIterable<string> }> {
  const chunks = text[Symbol.asyncIterator]();
  let start = '';
  while (start.length < SNIFFED) {
    const next = await chunks.next();
    if (next.done) break;
    start += next.value;
  }
  async function* whole(): AsyncGenerator<string> {
    yield start;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { style: styleOf(start), text: whole() };
}

function styleOf(start: string): CsvStyle {
  const [header = ''] = start.split(/\r?\n/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
  return { delimiter, decimalSign: decimalSignOf(start, delimiter) };
}

/** The sign that most figures show; where none does, a comma in files whose cells a semicolon parts. */
function decimalSignOf(start: string, delimiter: string): DecimalSign {
  const shown = { '.': 0, ',': 0 };
  for (const cell of start.split(
    delimiter === ','
      ? /[\n"]|,(?=\S)/
      : new RegExp(`["\n${delimiter === '|' ? '\\|' : delimiter}]`),
  )) {
    const figure = cell.trim();
    if (!/^[(+-]?\d[\d\s.,'’\u00a0\u202f]*[)-]?$/.test(figure)) continue;
    const sign = signShownBy(figure);
    // Two dots are a date far more often than grouping.
    if (sign && !/^\d{1,2}\.\d{1,2}\.\d{4}$/.test(figure)) shown[sign]++;
  }
  if (shown['.'] === shown[',']) return delimiter === ';' ? ',' : '.';
  return shown[','] > shown['.'] ? ',' : '.';
}

/**
 * Rows in blocks, as many as a piece of the text ends; empty lines are left out.
 * @throws CsvFault for what isn't CSV, with its line
 */
export async function* csvRows(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRow[]> {
  let rest = '';
  let lines = 0;
  let quoted = false;
  for await (const piece of text) {
    const read = readPiece(
      lines === 0 && rest === '' ? piece.replace(/^\ufeff/, '') : piece,
      quoted,
    );
    quoted = read.quoted;
    if (read.end === 0) {
      rest += read.piece;
      if (rest.length > LONGEST_ROW) throw new CsvFault(lines + 1, null);
      continue;
    }
    const block = rowsOf(rest + read.piece.slice(0, read.end), delimiter, lines);
    rest = read.piece.slice(read.end);
    lines = block.lines;
    yield block.rows;
  }
  if (quoted) throw new CsvFault(lines + 1, null);
  yield rowsOf(rest, delimiter, lines).rows;
}

/** Finds where the last row of a piece ends. @param quoted whether a quote is open at its beginning, and at its end */
function readPiece(
  piece: string,
  quoted: boolean,
): { piece: string; end: number; quoted: boolean } {
  if (!quoted && isPlain(piece)) return { piece, end: piece.lastIndexOf('\n') + 1, quoted };
  let [end, open] = [0, quoted];
  for (let at = 0; at < piece.length; at++) {
    const sign = piece.charCodeAt(at);
    if (sign === QUOTE) open = !open;
    else if (open) continue;
    else if (sign === NEWLINE) end = at + 1;
    // The half of a CR LF that a piece ends with ends no row yet.
    else if (sign === RETURN && at + 1 < piece.length && piece.charCodeAt(at + 1) !== NEWLINE) {
      end = at + 1;
    }
  }
  return { piece, end, quoted: open };
}

const isPlain = (text: string): boolean =>
  !text.includes('"') && (!text.includes('\r') || !/\r(?!\n)/.test(text));

/** @param before lines before these. @returns the rows, and the lines before those that follow */
function rowsOf(
  text: string,
  delimiter: string,
  before: number,
): { rows: CsvRow[]; lines: number } {
  if (!isPlain(text)) {
    const lines = before + (text.match(/\r\n|\r|\n/g)?.length ?? 0);
    return { rows: parsedRows(text, delimiter, before), lines };
  }
  const rows: CsvRow[] = [];
  const lines = text.split('\n');
  for (let nth = 0; nth < lines.length; nth++) {
    const line = lines[nth]!.endsWith('\r') ? lines[nth]!.slice(0, -1) : lines[nth]!;
    if (line !== '') rows.push({ line: before + nth + 1, cells: line.split(delimiter) });
  }
  return { rows, lines: before + lines.length - 1 };
}

function parsedRows(text: string, delimiter: string, before: number): CsvRow[] {
  const options = {
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  } as const;
  try {
    const rows = parse(text, options) as unknown as { record: string[]; info: Info }[];
    return rows.map(({ info, record }) => ({ line: before + info.lines, cells: record }));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new CsvFault(before + ((cause as CsvError & { lines?: number }).lines ?? 1), cause);
  }
}

/** A file that isn't CSV, and from which line on. */
export class CsvFault extends Error {
  readonly line: number;
  constructor(line: number, cause: unknown) {
    super('The row cannot be read as CSV: check its quotes.', { cause });
    this.line = line;
  }
}
