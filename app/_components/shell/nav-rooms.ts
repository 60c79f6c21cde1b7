// The rooms of a book's side bar, their addresses, keys and who may see them.
import { type Action, isPermitted, type Role } from '#ledger/domain/permissions.ts';

export interface NavRoom {
  readonly path: string;
  readonly label: string;
  /** `g` and then this key goes there. */
  readonly key: string;
  readonly icon:
    | 'home'
    | 'entry'
    | 'journal'
    | 'accounts'
    | 'currencies'
    | 'parties'
    | 'dimensions'
    | 'taxes'
    | 'budget'
    | 'imports'
    | 'reports'
    | 'verify'
    | 'history'
    | 'group'
    | 'members'
    | 'settings'
    | 'system';
}

const ROOMS: readonly (NavRoom & { readonly action: Action })[] = [
  {
    path: '',
    label: 'Overview',
    key: 'o',
    icon: 'home',
    action: 'report.read',
  },
  {
    path: 'entries/new',
    label: 'New entry',
    key: 'n',
    icon: 'entry',
    action: 'entry.post',
  },
  {
    path: 'journal',
    label: 'Journal',
    key: 'j',
    icon: 'journal',
    action: 'journal.read',
  },
  {
    path: 'accounts',
    label: 'Accounts',
    key: 'a',
    icon: 'accounts',
    action: 'account.read',
  },
  {
    path: 'currencies',
    label: 'Currencies',
    key: 'c',
    icon: 'currencies',
    action: 'account.read',
  },
  {
    path: 'parties',
    label: 'Customers, suppliers',
    key: 'p',
    icon: 'parties',
    action: 'account.read',
  },
  {
    path: 'dimensions',
    label: 'Dimensions',
    key: 'd',
    icon: 'dimensions',
    action: 'account.read',
  },
  {
    path: 'taxes',
    label: 'Taxes',
    key: 't',
    icon: 'taxes',
    action: 'account.read',
  },
  {
    path: 'budget',
    label: 'Budget',
    key: 'b',
    icon: 'budget',
    action: 'report.read',
  },
  {
    path: 'imports',
    label: 'Imports',
    key: 'i',
    icon: 'imports',
    action: 'import.read',
  },
  {
    path: 'reports',
    label: 'Reports',
    key: 'r',
    icon: 'reports',
    action: 'report.read',
  },
  {
    path: 'verify',
    label: 'Verify',
    key: 'v',
    icon: 'verify',
    action: 'report.read',
  },
  {
    path: 'history',
    label: 'History',
    key: 'h',
    icon: 'history',
    action: 'history.read',
  },
  {
    path: 'group',
    label: 'Group',
    key: 'g',
    icon: 'group',
    action: 'group.read',
  },
  {
    path: 'members',
    label: 'Members',
    key: 'm',
    icon: 'members',
    action: 'member.read',
  },
  {
    path: 'settings',
    label: 'Settings',
    key: 's',
    icon: 'settings',
    action: 'book.read',
  },
  {
    path: 'system',
    label: 'System',
    key: 'y',
    icon: 'system',
    action: 'system.read',
  },
];

/** The rooms that a role may enter, in the order of the side bar. */
export const roomsOfRole = (role: Role): NavRoom[] =>
  ROOMS.filter((room) => isPermitted(role, room.action)).map(({ action: _, ...room }) => room);
