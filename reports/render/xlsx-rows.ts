// The rows of a sheet as XML: the title block and the heads above, the report's rows, the notes below. They are ours,
// because hucre's stream knows one style per column and no formulas, and its workbooks keep every cell in memory.
import { hasBalances, type ReportBody, type ReportRow } from '#reports/catalogue/report.ts';
import type { Figures } from './figures.ts';
import { datesOf, detailsOf, nameOf, originOf, standingOf, wordsBelow } from './title-words.ts';
import { isExact, numberCell, placesOf, serialDay, textCell } from './xlsx-cells.ts';
import type { SheetColumn } from './xlsx-columns.ts';
import { type AroundRole, styleName } from './xlsx-styles.ts';
import { type Formulas, SheetSums } from './xlsx-sums.ts';

/** What the rows of a report's sheets are written from. */
export interface SheetLayout {
  readonly body: ReportBody;
  readonly digest: string;
  readonly figures: Figures;
  readonly columns: readonly SheetColumn[];
}

const TITLE_HEIGHT = 30;
/** Room above a heading, as on paper. */
const HEADING_HEIGHT = 22;
const ENTRY = /^\d{1,15}$/;

/** What stands above the column heads, line by line. */
export function titleBlock({ body, digest, figures }: SheetLayout): [AroundRole, string][] {
  const details = detailsOf(body.book);
  return [
    ['book', nameOf(body.book)],
    ...(details === '' ? [] : [['small', details] satisfies [AroundRole, string]]),
    ['title', body.title],
    ['dates', datesOf(body, figures)],
    ['small', standingOf(body)],
    ['small', originOf(body, digest, figures)],
  ];
}

const customHeight = (points: number): string => ` ht="${points}" customHeight="1"`;

const heightOf = ({ kind, level }: ReportRow): string =>
  kind === 'heading' && level === 0 ? customHeight(HEADING_HEIGHT) : '';

export class SheetRows {
  readonly #layout: SheetLayout;
  readonly #styles: ReadonlyMap<string, number>;
  readonly #sums: SheetSums;
  /** Statements and journals set names in by their level; a ledger has its accounts' names at the margin. */
  readonly #indents: boolean;
  #at = 0;

  /** @param styles the sheet's styles by name. */
  constructor(layout: SheetLayout, styles: ReadonlyMap<string, number>) {
    const { body, columns } = layout;
    this.#layout = layout;
    this.#styles = styles;
    this.#sums = new SheetSums(body, columns);
    this.#indents = !hasBalances(body);
  }

  /** How many rows the present sheet has. */
  get length(): number {
    return this.#at;
  }

  /** What stands above the rows of every sheet. */
  begin(): string {
    if (this.#at > 0) this.#sums.turn();
    this.#at = 0;
    const titles = titleBlock(this.#layout).map(([role, text]) => this.#lone(role, text));
    this.#at++;
    const at = ++this.#at;
    const heads = this.#layout.columns.map(({ letter, label, kind }) =>
      textCell(`${letter}${at}`, this.#style(kind === 'amount' ? 'amount-head' : 'head'), label),
    );
    return `${titles.join('')}<row r="${at}">${heads.join('')}</row>`;
  }

  row(row: ReportRow): string {
    const at = ++this.#at;
    const formulas = this.#sums.next(row, at);
    const cells = this.#isBanner(row)
      ? this.#banner(row, at)
      : this.#layout.columns.map((column) => this.#cell(row, column, at, formulas)).join('');
    return `<row r="${at}"${heightOf(row)}>${cells}</row>`;
  }

  /** What stands below the last row. */
  below(): string {
    this.#at++;
    const { body, figures } = this.#layout;
    return wordsBelow(body, figures)
      .map((words) => this.#lone('small', words))
      .join('');
  }

  #lone(role: AroundRole, text: string): string {
    const at = ++this.#at;
    const height = role === 'title' ? customHeight(TITLE_HEIGHT) : '';
    return `<row r="${at}"${height}>${textCell(`A${at}`, this.#style(role), text)}</row>`;
  }

  /** The head of an account's lines runs over the columns of days and numbers, as on paper. */
  #isBanner({ kind, entry }: ReportRow): boolean {
    return !this.#indents && kind === 'heading' && entry === undefined;
  }

  #banner({ kind, account, name }: ReportRow, at: number): string {
    const text = account === null ? name : `${account}  ${name}`;
    return textCell(`A${at}`, this.#style(styleName('name', kind)), text);
  }

  #cell(row: ReportRow, column: SheetColumn, at: number, formulas: Formulas): string {
    const { key, kind, letter } = column;
    const place = `${letter}${at}`;
    if (key === 'name') {
      const level = this.#indents ? row.level : 0;
      return textCell(place, this.#style(styleName('name', row.kind, level)), row.name);
    }
    const value = (kind === 'code' ? row.account : row.values[key]) ?? '';
    if (value === '') return '';
    const { figures } = this.#layout;
    const style = this.#style(styleName(kind, row.kind, kind === 'amount' ? placesOf(value) : 0));
    if (kind === 'amount') {
      return isExact(value)
        ? numberCell(place, style, value, formulas.get(key))
        : textCell(place, this.#style(styleName('digits', row.kind)), figures.amount(value));
    }
    if (kind === 'date') {
      const day = serialDay(value);
      return day === null
        ? textCell(place, style, figures.day(value))
        : numberCell(place, style, day);
    }
    return kind === 'entry' && ENTRY.test(value)
      ? numberCell(place, style, value)
      : textCell(place, style, value);
  }

  #style(name: string): number {
    const style = this.#styles.get(name);
    if (style === undefined) throw new Error(`the sheet has no style "${name}"`);
    return style;
  }
}
