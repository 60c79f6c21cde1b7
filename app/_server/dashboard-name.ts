// The dashboard as the overview is filtered, by the name that reports have in addresses.
import type { Chosen } from './key-figures.ts';
import { rooms } from './rooms.ts';

/** Null where there can be no such document: names that an address brought may be anything. */
export function dashboardName({ dimension, group }: Chosen): string | null {
  const { listedReport, viewName } = rooms();
  const only = dimension || group ? { value: dimension || null, group: group || null } : null;
  const name = viewName('dashboard', {
    ...{ compare: null, budget: false, zeros: false, closing: false, only },
  });
  return listedReport(name) ? name : null;
}
