// Dates, moments and the locale that figures follow: the same choices as on paper, so that screen and PDF agree.

/** The book's locale with Latin digits; English where the tag isn't one. */
export function localeOf(tag: string): string {
  try {
    return new Intl.Locale(tag, {
      numberingSystem: 'latn',
      calendar: 'gregory',
    }).toString();
  } catch {
    return 'en-GB';
  }
}

const noon = (date: string) => new Date(`${date}T12:00:00Z`);

/** A day in digits, as in a column. */
export const dayText = (date: string, locale: string): string =>
  new Intl.DateTimeFormat(localeOf(locale), {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  }).format(noon(date));

/** A day in words, as in a title. */
export const longDayText = (date: string, locale: string): string =>
  new Intl.DateTimeFormat(localeOf(locale), {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(noon(date));

/** A moment on the book's clock. @param iso ISO 8601 in UTC */
export const momentText = (iso: string, locale: string, timeZone: string): string =>
  new Intl.DateTimeFormat(localeOf(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(iso));

/** `2026-03` → March 2026. */
export const monthText = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(localeOf(locale), {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(noon(`${month}-15`));

/** `2026-03` → March 2026, `2026-Q1` → Q1 2026, `2026` → Year 2026. */
export function periodText(key: string, locale: string): string {
  if (/^\d{4}$/.test(key)) return `Year ${key}`;
  const quarter = /^(\d{4})-(Q\d)$/.exec(key);
  return quarter ? `${quarter[2]} ${quarter[1]}` : monthText(key, locale);
}

/** `2026-03` → Mar 2026. */
export const monthOfYearText = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(localeOf(locale), {
    ...{ month: 'short', year: 'numeric', timeZone: 'UTC' },
  }).format(noon(`${month}-15`));

/** `2026-03` → Mar. */
export const shortMonthText = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(localeOf(locale), {
    month: 'short',
    timeZone: 'UTC',
  }).format(noon(`${month}-15`));
