// What stands in a page's address after the `?`: text of a bounded length, dates, page numbers. Nothing there is trusted.
import { parseDate } from '#ledger/domain/calendar.ts';

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const LONGEST = 200;

/** A value that was given once, or an empty text. */
export async function searchReader(params: SearchParams): Promise<(name: string) => string> {
  const given = await params;
  return (name) => {
    const value = given[name];
    return typeof value === 'string' ? value.slice(0, LONGEST) : '';
  };
}

/** A page number from 1; 1 for anything else. */
export const pageNumber = (text: string): number => (/^[1-9]\d{0,5}$/.test(text) ? +text : 1);

/** A month `YYYY-MM` or nothing. */
export const monthOrNothing = (text: string): string =>
  /^\d{4}-\d{2}$/.test(text) && parseDate(`${text}-01`) ? text : '';

/** A day, or nothing. */
export const dayOrNothing = (text: string): string => parseDate(text) ?? '';

/** The address of a list with the filters that were given. */
export function filteredAddress(base: string, filters: Readonly<Record<string, string>>): string {
  const given = Object.entries(filters).filter(([, value]) => value !== '');
  return given.length === 0 ? base : `${base}?${new URLSearchParams(given)}`;
}
