// Durations, rates and moments of the System page in words.
import { localeOf } from '../locale.ts';

/** 84 ms, 2.4 s, 3 min, 5 h, 2 days. */
export function durationText(ms: number, locale: string): string {
  const number = (value: number, digits: number) =>
    value.toLocaleString(localeOf(locale), { maximumFractionDigits: digits });
  if (ms < 1_000) return `${number(ms, ms < 10 ? 1 : 0)} ms`;
  if (ms < 60_000) return `${number(ms / 1_000, 1)} s`;
  if (ms < 3_600_000) return `${number(ms / 60_000, 0)} min`;
  if (ms < 48 * 3_600_000) return `${number(ms / 3_600_000, 0)} h`;
  return `${number(ms / 86_400_000, 0)} days`;
}

/** At most one decimal, as in a rate. */
export const rateText = (value: number, locale: string): string =>
  value.toLocaleString(localeOf(locale), { maximumFractionDigits: 1 });

export const countText = (value: number, locale: string): string =>
  value.toLocaleString(localeOf(locale));

export const megabytesText = (bytes: number, locale: string): string =>
  `${countText(Math.round(bytes / 1_048_576), locale)} MB`;

/** A moment of today on the book's clock. @param seconds whether they are shown */
export const clockText = (
  at: number,
  { locale, timeZone }: { readonly locale: string; readonly timeZone: string },
  seconds = false,
): string =>
  new Intl.DateTimeFormat(localeOf(locale), {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    timeZone,
  }).format(at);

/** `1 change`, `2 changes`. */
export const counted = (count: number, one: string, many: string, locale: string): string =>
  `${countText(count, locale)} ${count === 1 ? one : many}`;
