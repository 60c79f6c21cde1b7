// The columns of a sheet: those of the paper, accounts' codes apart from their names, each wide enough for what it holds.
import { colToLetter } from 'hucre/xlsx';
import type { ReportBody, ReportColumn } from '#reports/catalogue/report.ts';
import type { Figures } from './figures.ts';
import { figuresIn, headerRows, headText, orderedColumns } from './report-columns.ts';

export interface SheetColumn {
  readonly key: string;
  readonly label: string;
  readonly kind: 'code' | ReportColumn['kind'];
  readonly letter: string;
  /** In letters of the sheet's type. */
  readonly width: number;
}

type Wanted = Omit<SheetColumn, 'letter'>;

const [FEWEST_NAME, MOST_NAME] = [28, 64];
const FEWEST_AMOUNT = 14;
const TEXT_WIDTHS: Readonly<Record<string, number>> = { name: 44, reference: 18, document: 18 };
const OTHER_TEXT = 32;
/** Bold figures are wider than the plain ones that widths are counted in, and a cell has a margin. */
const BOLD = 1.15;
const MARGIN = 2;

/** The columns of a report's sheet. */
export function sheetColumns(body: ReportBody, figures: Figures): SheetColumn[] {
  const wanted = orderedColumns(body).map((column): Wanted => {
    const label = headText(column.label, figures);
    return { ...column, label, width: widthOf(body, column, label, figures) };
  });
  const codes = codesOf(body);
  if (codes.length > 0) {
    const code: Wanted = {
      ...{ key: 'account', label: 'Account', kind: 'code' },
      width: roomFor(['Account', ...codes]),
    };
    wanted.splice(
      wanted.findIndex(({ key }) => key === 'name'),
      0,
      code,
    );
  }
  // Figures stand in columns of one width, as on paper.
  const widest = wanted.reduce(
    (most, { kind, width }) => (kind === 'amount' ? Math.max(most, width) : most),
    FEWEST_AMOUNT,
  );
  return wanted.map((column, at) => ({
    ...column,
    width: column.kind === 'amount' ? widest : column.width,
    label: column.key === 'name' ? column.label || 'Name' : column.label,
    letter: colToLetter(at),
  }));
}

/** Codes that stand beside a name. Those of a general ledger head their accounts' lines. */
function codesOf(body: ReportBody): string[] {
  if (body.parts) return (body.accounts ?? []).map(([, code]) => code);
  return body.rows.flatMap(({ account }) => account ?? []);
}

function widthOf(
  body: ReportBody,
  { key, kind }: ReportColumn,
  label: string,
  figures: Figures,
): number {
  if (kind === 'date') return roomFor([label, figures.day('2026-12-30')]);
  if (kind === 'entry') return roomFor([label, '00000000']);
  if (kind === 'amount') {
    return roomFor([...figuresIn(body, headerRows(body), key, figures), ...label.split(' ')]);
  }
  if (key !== 'name' || body.parts) return TEXT_WIDTHS[key] ?? OTHER_TEXT;
  const longest = roomFor(body.rows.map(({ name, level }) => `${'  '.repeat(level)}${name}`));
  return Math.min(Math.max(longest, FEWEST_NAME), MOST_NAME);
}

const roomFor = (texts: readonly string[]): number =>
  Math.ceil(texts.reduce((most, { length }) => Math.max(most, length), 0) * BOLD) + MARGIN;
