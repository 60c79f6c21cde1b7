// The workbook around the rows: hucre writes styles, sheets, print set-up and document information for a specimen row
// with one cell of every style; the rows are put in the specimen's place. Equal input gives equal bytes: the times are
// the event's.
import { type CellStyle, writeXlsx } from 'hucre/xlsx';
import { paperOf } from './figures.ts';
import { nameOf, originOf } from './title-words.ts';
import { plainWords } from './xlsx-cells.ts';
import { type SheetLayout, titleBlock } from './xlsx-rows.ts';
import { PLAIN_FONT, sheetStyles } from './xlsx-styles.ts';
import { type PackedPart, readZip, textOf } from './zip-file.ts';

export interface SheetShell {
  readonly path: string;
  /** The sheet's XML before and after its rows. */
  readonly before: string;
  readonly after: string;
}

export interface Shell {
  /** Everything but the sheets. */
  readonly parts: readonly PackedPart[];
  readonly sheets: readonly SheetShell[];
  /** Numbers of the styles by their names. */
  readonly styles: ReadonlyMap<string, number>;
}

const WIDEST_UPRIGHT = 95;

/** Rows above the report's first: the title block, an empty one, and the column heads. */
export const rowsAbove = (layout: SheetLayout): number => titleBlock(layout).length + 2;

/** The workbook of a report with so many sheets, their rows still to come. */
export async function makeShell(layout: SheetLayout, sheets: number): Promise<Shell> {
  const { body, digest } = layout;
  const styles = sheetStyles(body);
  const names = Array.from({ length: sheets }, (_, at) => sheetName(layout, at));
  const recorded = new Date(body.recordedAt);
  const above = rowsAbove(layout);
  const bytes = await writeXlsx({
    defaultFont: PLAIN_FONT,
    properties: {
      title: plainWords(`${body.title} ${body.period.key} · ${nameOf(body.book)}`),
      creator: plainWords(nameOf(body.book)),
      subject: `Ledger position ${body.position}`,
      keywords: digest,
      created: recorded,
      modified: recorded,
    },
    // hucre's own way of repeating rows forgets the quotes that a name with a space needs.
    namedRanges: names.map((name) => ({
      name: '_xlnm.Print_Titles',
      range: `'${name}'!$${above}:$${above}`,
      scope: name,
    })),
    sheets: names.map((name) => ({ name, ...sheetAround(layout, styles) })),
  });
  const parts = readZip(bytes);
  const isSheet = ({ path }: PackedPart) => path.startsWith('xl/worksheets/');
  const texts = parts.filter(isSheet).map((part) => ({ path: part.path, text: textOf(part) }));
  return {
    parts: parts.filter((part) => !isSheet(part)),
    sheets: texts.map(({ path, text }) => ({ path, ...aroundRows(text, layout) })),
    styles: numbersOf(styles, texts[0]!.text),
  };
}

/** Excel takes 31 letters, and some signs not at all; a number of two digits has room behind. */
const sheetName = ({ body }: SheetLayout, at: number): string => {
  const title = body.title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 28);
  return at === 0 ? title : `${title} ${at + 1}`;
};

function sheetAround(layout: SheetLayout, styles: ReadonlyMap<string, CellStyle>) {
  const { body, digest, figures, columns } = layout;
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return {
    columns: columns.map((column) => ({ width: column.width })),
    cells: new Map([...styles.values()].map((style, at) => [`0,${at}`, { style }])),
    freezePane: { rows: rowsAbove(layout) },
    view: { showGridLines: false },
    pageSetup: {
      paperSize: paperOf(body.book.locale) === 'A4' ? ('a4' as const) : ('letter' as const),
      orientation: width > WIDEST_UPRIGHT ? ('landscape' as const) : ('portrait' as const),
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    },
    headerFooter: { oddFooter: `&L&8${originOf(body, digest, figures)}&R&8Page &P of &N` },
  };
}

/** The specimen's XML without the specimen, and without the size that it gave the sheet. */
function aroundRows(xml: string, { columns }: SheetLayout): Omit<SheetShell, 'path'> {
  const [before, after, ...more] = xml.split(/<row .*<\/row>/s);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error('a sheet has no specimen row');
  }
  // Codes of accounts are text on purpose.
  const ignored = `<ignoredErrors><ignoredError sqref="A1:${columns.at(-1)!.letter}1048576" numberStoredAsText="1"/></ignoredErrors>`;
  return {
    before: before.replace(/<dimension [^>]*>/, ''),
    after: after.replace('</worksheet>', `${ignored}</worksheet>`),
  };
}

/** The specimen has one cell for each style, in order. */
function numbersOf(styles: ReadonlyMap<string, CellStyle>, xml: string): Map<string, number> {
  const row = /<row .*<\/row>/s.exec(xml)?.[0] ?? '';
  const numbers = [...row.matchAll(/<c r="[A-Z]+1" s="(\d+)"\/>/g)].map(([, style]) => +style!);
  if (numbers.length !== styles.size) throw new Error('a style has no specimen');
  return new Map([...styles.keys()].map((name, at) => [name, numbers[at]!]));
}
