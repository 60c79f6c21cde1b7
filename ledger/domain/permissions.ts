// Who may do what in a book: one table, read by every action, route, stream and command.

export const ROLES = ['owner', 'accountant', 'manager', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

const EVERYONE = ['owner', 'accountant', 'manager', 'auditor'] as const;
const BOOKKEEPERS = ['owner', 'accountant'] as const;
const READERS = ['owner', 'accountant', 'auditor'] as const;

/** Actions of a book and the roles that may take them. */
export const PERMISSIONS = {
  'report.read': EVERYONE,
  'book.read': EVERYONE,
  'journal.read': EVERYONE,
  'account.read': EVERYONE,
  'history.read': READERS,
  'import.read': READERS,
  'member.read': READERS,
  'entry.post': BOOKKEEPERS,
  'entry.reverse': BOOKKEEPERS,
  'account.change': BOOKKEEPERS,
  'unit.change': BOOKKEEPERS,
  'party.change': BOOKKEEPERS,
  'dimension.change': BOOKKEEPERS,
  'tax.change': BOOKKEEPERS,
  'budget.change': BOOKKEEPERS,
  'import.run': BOOKKEEPERS,
  'book.lock': BOOKKEEPERS,
  'book.reopen': ['owner'],
  'book.settings': ['owner'],
  'member.change': ['owner'],
  'system.read': ['owner'],
  'group.read': READERS,
  'group.change': ['owner'],
  'api-key.own': EVERYONE,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof PERMISSIONS;

export const isPermitted = (role: Role, action: Action): boolean =>
  (PERMISSIONS[action] as readonly Role[]).includes(role);
