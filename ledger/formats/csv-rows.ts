// The rows of a CSV file with their lines: delimiter and decimal sign are recognised from its beginning.
import { pipeline, Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
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

/** @throws CsvFault for what isn't CSV, with its line */
export async function* csvRows(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  // The parser hands the fault of either stream to its reader.
  pipeline(Readable.from(text), parser, () => undefined);
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: Info;
    }>) {
      line = info.lines;
      yield { line, cells: record };
    }
  } catch (cause) {
    const at = (cause as CsvError & { lines?: number }).lines ?? line;
    if (!String((cause as CsvError).code).startsWith('CSV_')) throw cause;
    throw new CsvFault(at, cause);
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
