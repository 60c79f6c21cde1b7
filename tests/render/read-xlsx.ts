// Reads a workbook back without the library that helped to write it: the archive by fflate, cells from the XML as it
// stands, numbers digit by digit.
import { strFromU8, unzipSync } from 'fflate';

export interface ReadCell {
  readonly style: number;
  /** What it says: text as written, a number's digits. */
  readonly value: string;
  readonly isText: boolean;
  readonly formula: string | null;
}

export interface ReadSheet {
  readonly name: string;
  readonly xml: string;
  /** By place, as in `B12`. */
  readonly cells: ReadonlyMap<string, ReadCell>;
}

export interface ReadWorkbook {
  readonly files: Readonly<Record<string, string>>;
  readonly sheets: readonly ReadSheet[];
}

const CELL = /<c r="([A-Z]+\d+)" s="(\d+)"( t="inlineStr")?>(.*?)<\/c>/gs;
const NAMED: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** The parts of a workbook, and its sheets with their cells. */
export function readXlsx(bytes: Uint8Array): ReadWorkbook {
  const files = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]),
  );
  const names = [...files['xl/workbook.xml']!.matchAll(/<sheet name="([^"]*)"/g)];
  const sheets = names.map(([, name], at) => {
    const xml = files[`xl/worksheets/sheet${at + 1}.xml`]!;
    return { name: name!, xml, cells: cellsOf(xml) };
  });
  return { files, sheets };
}

function cellsOf(xml: string): Map<string, ReadCell> {
  const cells = new Map<string, ReadCell>();
  for (const [, place, style, isText, inner] of xml.matchAll(CELL)) {
    const value = /<(?:v|t)(?: [^>]*)?>(.*?)<\/(?:v|t)>/s.exec(inner!)![1]!;
    const formula = /<f>(.*?)<\/f>/.exec(inner!)?.[1] ?? null;
    const words = value
      .replace(/&(amp|lt|gt);/g, (name) => NAMED[name]!)
      .replace(/_x([0-9A-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
    cells.set(place!, {
      style: +style!,
      value: isText ? words : value,
      isText: isText !== undefined,
      formula,
    });
  }
  return cells;
}

/** Where the column heads stand. */
export const headRow = ({ xml }: ReadSheet): number => +/ySplit="(\d+)"/.exec(xml)![1]!;

/** The heads of a sheet's columns with their letters, from the left. */
export function headLetters(sheet: ReadSheet): [head: string, letter: string][] {
  const row = `${headRow(sheet)}`;
  const heads = [...sheet.cells].filter(([place]) => place.replace(/^[A-Z]+/, '') === row);
  return heads.map(([place, { value }]) => [value, place.slice(0, -row.length)]);
}

/** The letters of a sheet's columns by their heads. */
export const lettersOf = (sheet: ReadSheet): Map<string, string> => new Map(headLetters(sheet));

/** How a cell's style says that figures are written. */
export function formatOf({ files }: ReadWorkbook, { style }: ReadCell): string | null {
  const styles = files['xl/styles.xml']!;
  const own = [.../<cellXfs.*?<\/cellXfs>/s.exec(styles)![0].matchAll(/<xf [^>]*>/g)][style]![0];
  const id = /numFmtId="(\d+)"/.exec(own)![1]!;
  return new RegExp(`<numFmt numFmtId="${id}" formatCode="([^"]*)"`).exec(styles)?.[1] ?? null;
}

/** What a formula of SUM, + and - comes to, in exact whole units. @param valueAt what a cell holds; 0 when it is empty. */
export function evaluate(formula: string, valueAt: (place: string) => bigint): bigint {
  let rest = formula;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
    return match;
  };
  const term = (): bigint => {
    if (take(/^SUM\(/)) {
      let sum = term();
      while (take(/^,/)) sum += term();
      if (!take(/^\)/)) throw new Error(`no end of SUM in ${formula}`);
      return sum;
    }
    const [, letter, from, to] = take(/^([A-Z]+)(\d+)(?::\1(\d+))?/) ?? [];
    if (!letter) throw new Error(`cannot evaluate ${formula} at ${rest}`);
    let sum = 0n;
    for (let row = +from!; row <= +(to ?? from!); row++) sum += valueAt(`${letter}${row}`);
    return sum;
  };
  let result = term();
  for (let sign = take(/^[+-]/); sign; sign = take(/^[+-]/)) {
    result += sign[0] === '+' ? term() : -term();
  }
  if (rest !== '') throw new Error(`cannot evaluate ${formula} at ${rest}`);
  return result;
}
