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
  PartyAdded: 'Customers and suppliers added',
  PartyChanged: 'Customers and suppliers changed',
  AccountDesignated: 'Control accounts',
  AccountClassified: 'Cash flow of accounts',
  AccountTagged: 'Tags of accounts',
  StatementLayoutSet: 'Layouts of statements',
  DimensionDefined: 'Dimensions',
  DimensionValueAdded: 'Values of dimensions added',
  DimensionValueChanged: 'Values of dimensions changed',
  DimensionsRequired: 'Dimensions required',
  TaxCodeDefined: 'Tax codes',
  TaxCodeChanged: 'Tax codes changed',
  TaxRateSet: 'Tax rates',
  BudgetSet: 'Budgets',
  DatesLocked: 'Locks',
  DatesReopened: 'Days opened again',
  DatesSealed: 'Days locked for good',
  MemberAdded: 'Members added',
  MemberRoleChanged: 'Roles changed',
  MemberRemoved: 'Members removed',
  GroupMemberAdded: 'Books added to the group',
  GroupMemberChanged: 'Books of the group changed',
  GroupMemberRemoved: 'Books removed from the group',
  MemberBalancesTaken: 'Balances of the group’s books taken',
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
    case 'PartyAdded':
      return `Added customer or supplier ${say('code')}`;
    case 'PartyChanged':
      return content['closed'] ? 'Closed a customer or supplier' : 'Changed a customer or supplier';
    case 'AccountDesignated':
      return content['controls'] === null
        ? `Made ${account ?? ''} an ordinary account`
        : `Made ${account ?? ''} the control account of ${say('controls')}`;
    case 'AccountClassified':
      return `Counts ${account ?? ''} in the cash flow ${content['cashFlow'] === null ? 'by its type' : `as ${say('cashFlow')}`}`;
    case 'AccountTagged':
      return `Tagged ${account ?? ''}: ${(content['tags'] as readonly string[]).join(', ') || 'nothing'}`;
    case 'StatementLayoutSet': {
      const { length } = content['lines'] as readonly unknown[];
      return `Laid out the ${say('statement').replace('-', ' ')} in ${length} lines`;
    }
    case 'DimensionDefined':
      return `Defined the dimension ${say('code')}, ${say('name')}`;
    case 'DimensionValueAdded':
      return `Added ${say('code')}, ${say('name')}, to a dimension`;
    case 'DimensionValueChanged':
      return content['closed']
        ? `Closed ${say('name')} of a dimension`
        : `Called a dimension’s value ${say('name')}`;
    case 'DimensionsRequired':
      return (content['dimensions'] as readonly number[]).length > 0
        ? `Made dimensions required on ${account ?? ''}`
        : `Made no dimension required on ${account ?? ''}`;
    case 'TaxCodeDefined':
      return `Defined the tax code ${say('code')}, ${say('name')}`;
    case 'TaxCodeChanged':
      return content['closed']
        ? `Closed the tax code ${say('name')}`
        : `Changed the tax code ${say('name')}`;
    case 'TaxRateSet':
      return `Set a tax rate from ${say('from')}: ${say('rate')} %`;
    case 'BudgetSet': {
      const { length } = content['amounts'] as readonly unknown[];
      return `Budgeted ${length} ${length === 1 ? 'amount' : 'amounts'}`;
    }
    case 'DatesReopened':
      return `Opened ${content['lockedThrough'] === null ? 'all days' : `the days after ${say('lockedThrough')}`} again: ${say('reason')}`;
    case 'DatesSealed':
      return `Locked all days through ${say('sealedThrough')} for good`;
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
    case 'GroupMemberAdded':
      return `Added ${say('name')} to the group`;
    case 'GroupMemberChanged':
      return `Changed ${say('name')} in the group`;
    case 'GroupMemberRemoved':
      return `Removed book ${say('book')} from the group`;
    case 'MemberBalancesTaken': {
      const { length } = content['balances'] as readonly unknown[];
      return `Took ${length} ${length === 1 ? 'balance' : 'balances'} of book ${say('book')} at its event ${say('memberPosition')}`;
    }
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
