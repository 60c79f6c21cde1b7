// How the cells of a sheet look: weights and rules of the paper, figures with the currency's decimals and the book's
// negatives, days in the order of its locale. All of a report's styles are known before its rows.
import type { CellStyle } from 'hucre/xlsx';
import type { Negatives, ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { localeOf } from './figures.ts';
import { placesOf } from './xlsx-cells.ts';
import type { SheetColumn } from './xlsx-columns.ts';

/** `digits` is an amount written as text, because it has more of them than a sheet holds. */
export type CellRole = SheetColumn['kind'] | 'name' | 'digits';
/** Cells that stand around the rows. */
export type AroundRole = 'book' | 'title' | 'dates' | 'small' | 'head' | 'amount-head';

const KINDS = ['heading', 'line', 'subtotal', 'total'] as const;
const ROLES = ['name', 'code', 'text', 'date', 'entry', 'amount', 'digits'] as const;
const MOST_INDENT = 15;
export const PLAIN_FONT = { name: 'Calibri', size: 11 };
const SOFT = { rgb: '5C6670' };
const THIN = { style: 'thin' } as const;
const DOUBLE = { style: 'double' } as const;

/** Under which name a cell's style is kept. @param own level of a name, or decimals of an amount */
export const styleName = (role: CellRole, kind: ReportRow['kind'], own = 0): string =>
  `${role} ${kind} ${role === 'name' ? Math.min(own, MOST_INDENT) : own}`;

/** Every style that the cells of a report may have, by name. */
export function sheetStyles(body: ReportBody): Map<string, CellStyle> {
  const styles = new Map<string, CellStyle>(Object.entries(aroundStyles()));
  const date = dateFormat(body.book.locale);
  const places = placesIn(body);
  const deepest = body.rows.reduce((most, { level }) => Math.max(most, level), 1);
  for (const role of ROLES) {
    const levels = Array.from({ length: Math.min(deepest, MOST_INDENT) + 1 }, (_, at) => at);
    const variants = role === 'name' ? levels : role === 'amount' ? places : [0];
    for (const kind of KINDS) {
      for (const own of variants) {
        const formats = { amount: amountFormat(own, body.book.negatives), date, entry: '0' };
        const indent = role === 'name' ? own : 0;
        styles.set(styleName(role, kind, own), rowStyle(role, kind, indent, formats));
      }
    }
  }
  return styles;
}

function rowStyle(
  role: CellRole,
  kind: ReportRow['kind'],
  indent: number,
  formats: Readonly<Record<string, string>>,
): CellStyle {
  const isAmount = role === 'amount' || role === 'digits';
  const soft = role === 'code' || role === 'entry';
  const numFmt = formats[role];
  return {
    font: {
      ...PLAIN_FONT,
      ...(kind === 'line' ? {} : { bold: true }),
      ...(soft ? { color: SOFT } : {}),
    },
    alignment: isAmount ? { horizontal: 'right' } : { horizontal: 'left', indent },
    ...(numFmt === undefined ? {} : { numFmt }),
    ...(isAmount && kind === 'subtotal' ? { border: { top: THIN } } : {}),
    ...(isAmount && kind === 'total' ? { border: { top: THIN, bottom: DOUBLE } } : {}),
  };
}

function aroundStyles(): Record<AroundRole, CellStyle> {
  const head = {
    font: { ...PLAIN_FONT, bold: true, color: SOFT },
    border: { bottom: THIN },
  };
  const alignment = { vertical: 'bottom', wrapText: true } as const;
  return {
    book: { font: { ...PLAIN_FONT, size: 12, bold: true } },
    title: { font: { ...PLAIN_FONT, size: 18, bold: true } },
    dates: { font: PLAIN_FONT },
    small: { font: { ...PLAIN_FONT, size: 9, color: SOFT } },
    head: { ...head, alignment: { ...alignment, horizontal: 'left' } },
    'amount-head': { ...head, alignment: { ...alignment, horizontal: 'right' } },
  };
}

/** Decimals that amounts of the report have: the currency's, and those of other units. */
function placesIn({ columns, exponent, rows }: ReportBody): number[] {
  const amounts = columns.filter(({ kind }) => kind === 'amount');
  const texts = rows.flatMap(({ values }) => amounts.map(({ key }) => values[key] ?? ''));
  return [...new Set([exponent, ...texts.filter((text) => text !== '').map(placesOf)])];
}

/** Thousands are parted as the reader's own spreadsheet does it: a format can't say otherwise. */
function amountFormat(places: number, negatives: Negatives): string {
  const plain = places === 0 ? '#,##0' : `#,##0.${'0'.repeat(places)}`;
  return negatives === 'parentheses' ? `${plain}_);(${plain})` : plain;
}

const DAY_PARTS: Readonly<Record<string, string>> = { day: 'dd', month: 'mm', year: 'yyyy' };

/** A day in digits, in the order and with the signs of a locale. */
function dateFormat(locale: string): string {
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(localeOf(locale), digits)
    .formatToParts(0)
    .map(({ type, value }) => DAY_PARTS[type] ?? literal(value))
    .join('');
}

/** Signs between the parts, without the marks of a script's direction. */
const literal = (signs: string): string => signs.replace(/\p{Cf}/gu, '').replace(/./gu, '\\$&');
