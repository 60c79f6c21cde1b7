// An event in words.
import type { RecordedRate } from '#ledger/domain/events.ts';
import type { HistoryRow } from '#ledger/queries/history.ts';

/** Kinds of events, as the filter offers them. */
export const EVENT_KINDS: Readonly<Record<string, string>> = {
  JournalEntryPosted: 'Entries',
  ImportPosted: 'Imports',
  AccountOpened: 'Accounts opened',
  AccountRenamed: 'Accounts renamed',
  AccountRecoded: 'Accounts re-coded',
  AccountRetyped: 'Accounts re-typed',
  AccountClosed: 'Accounts closed',
  UnitDefined: 'Units defined',
  RatesRecorded: 'Rates recorded',
  DatesLocked: 'Locks',
  MemberAdded: 'Members added',
  MemberRoleChanged: 'Roles changed',
  MemberRemoved: 'Members removed',
  BookCreated: 'Book created',
  BookSettingsChanged: 'Settings',
};

/** @param people names by user id */
export function eventText(row: HistoryRow, people: ReadonlyMap<number, string>): string {
  const { account, content, type } = row;
  const say = (key: string) => String(content[key] ?? '');
  const person = () => people.get(content['user'] as number) ?? `user ${say('user')}`;
  switch (type) {
    case 'JournalEntryPosted':
      return `Entry ${say('number')} of ${say('date')}: ${say('description')}`;
    case 'ImportPosted':
      return `Import ${say('import')}: entries ${say('firstNumber')} and on, ${say('entries')} entries with ${say('postings')} postings`;
    case 'AccountOpened':
      return `Opened ${say('code')} ${say('path')}, ${say('accountType')}`;
    case 'AccountRenamed':
      return `Renamed ${account ?? ''} to ${say('path')}`;
    case 'AccountRecoded':
      return `Gave ${account ?? ''} the code ${say('code')}`;
    case 'AccountRetyped':
      return `Made ${account ?? ''} an account of type ${say('accountType')}`;
    case 'AccountClosed':
      return `Closed ${account ?? ''}`;
    case 'UnitDefined':
      return `Defined the unit ${say('unit')} with ${say('decimals')} decimals`;
    case 'RatesRecorded':
      return ratesText(content['rates'] as readonly RecordedRate[]);
    case 'DatesLocked':
      return content['lockedThrough'] === null
        ? 'Unlocked all days'
        : `Locked all days through ${say('lockedThrough')}`;
    case 'MemberAdded':
      return `Added ${person()} as ${say('role')}`;
    case 'MemberRoleChanged':
      return `Made ${person()} ${say('role')}`;
    case 'MemberRemoved':
      return `Removed ${person()}`;
    case 'BookCreated':
      return `Created the book, ${say('baseCurrency')} from ${say('startDate')}`;
    default:
      return 'Changed the settings';
  }
}

function ratesText(rates: readonly RecordedRate[]): string {
  const [first] = rates;
  return rates.length === 1 && first
    ? `Recorded the rate of ${first.unit} from ${first.day}: ${first.rate}`
    : `Recorded ${rates.length} rates`;
}
