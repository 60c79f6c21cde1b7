// The time zones that the machine knows, with the one in use among them.

export const timeZones = (own: string): string[] =>
  [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
