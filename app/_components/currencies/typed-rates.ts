// Rates as people type or paste them, one a line: unit, day, rate; parted by tabs, semicolons, commas or spaces. Pure.
import { plainDecimal } from '#ledger/domain/decimal.ts';
import { readDate } from '#ledger/domain/read-date.ts';
import { type DecimalSign, readDecimalFigure } from '#ledger/domain/read-figure.ts';

export type TypedRate = { readonly unit: string; readonly date: string; readonly rate: string };

/** @returns the rates, or what is wrong with the first line that can't be read */
export function readTypedRates(
  text: string,
  facts: { readonly locale: string; readonly sign: DecimalSign },
): { rates: TypedRate[] } | { problem: string } {
  const rates: TypedRate[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const cells = cellsOf(line);
    // A heading has no figure.
    if (cells.length === 0 || (rates.length === 0 && !/\d/.test(line))) continue;
    const [unit = '', day = '', figure = ''] = cells;
    const where = `Line ${at + 1}`;
    if (cells.length !== 3) {
      return { problem: `${where} has ${cells.length} parts: write unit, day and rate.` };
    }
    const date = readDate(day, facts.locale);
    if (date === null) return { problem: `${where}: ${day} is not a day.` };
    const rate = readDecimalFigure(figure, facts.sign);
    if (rate === null || rate.digits <= 0n) {
      return { problem: `${where}: ${figure} is not a rate above zero.` };
    }
    rates.push({ unit, date, rate: plainDecimal(rate) });
  }
  return rates.length === 0 ? { problem: 'There is no rate in it.' } : { rates };
}

function cellsOf(line: string): string[] {
  const sign = ['\t', ';', ','].find((one) => line.split(one).length === 3) ?? /\s+/;
  return line
    .trim()
    .split(sign)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    .filter((cell) => cell !== '');
}
