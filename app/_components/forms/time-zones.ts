// The time zones that the server knows, with the one in use among them. Lists of zones and locales are made on the
// server and handed to forms: a browser's own would differ, and the page with them.

export const timeZones = (own: string): string[] =>
  [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
