// What happened in a book, as it is hashed and kept for ever. Events hold ids of users, never names or addresses;
// amounts are decimal strings of minor units, since JSON has no bigint.
import type { AccountId, AccountType, CashFlow, Controls, Side } from './account.ts';
import type { CalendarDate, Month } from './calendar.ts';
import type { AccountMapping, MemberAccount, MemberBalance } from './group.ts';
import type { EntryKind } from './journal-entry.ts';
import type { LineDetails } from './line-details.ts';
import type { Role } from './permissions.ts';
import type { LayoutLine, Statement } from './statement-layout.ts';
import type { TaxKind } from './tax-code.ts';

export interface BookSettings {
  readonly name: string;
  readonly legalName: string;
  readonly registrationNumber: string;
  readonly address: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly negatives: 'minus' | 'parentheses';
  /** Takes what rounding leaves over when units are converted; events before there were any don't name it. */
  readonly roundingAccount?: AccountId | null;
}

/** What an account is planned to earn or cost in a month. */
export interface BudgetAmount {
  readonly account: AccountId;
  /** Ids of the values of dimensions that it is planned for, ascending, one per dimension at most. */
  readonly values: readonly number[];
  readonly month: Month;
  /** Minor units of the base currency, in decimal digits; above zero what income earns and expenses cost. */
  readonly amount: string;
}

export interface RecordedLine {
  readonly account: AccountId;
  readonly side: Side;
  /** Minor units of the base currency, in decimal digits. */
  readonly amount: string;
  readonly memo: string;
  /** Only on lines in another unit than the base currency. */
  readonly units?: RecordedUnits;
  /** Only on lines that say more than account and amount. */
  readonly details?: LineDetails;
}

/** As `UnitAmount`; quantities in decimal digits of the unit's own decimals. */
export interface RecordedUnits {
  readonly unit: string;
  readonly quantity: string;
  readonly rate: string | null;
  readonly cost: { readonly unit: string; readonly quantity: string } | null;
}

/** Base currency for one of a unit, from a day on. */
export interface RecordedRate {
  readonly unit: string;
  readonly day: string;
  /** A plain decimal, above zero. */
  readonly rate: string;
}

/** Version 1 of every event. */
export type LedgerEvent =
  | {
      readonly type: 'BookCreated';
      readonly slug: string;
      readonly baseCurrency: string;
      readonly startDate: string;
      readonly firstYearEnd: string;
      readonly chart: string;
      readonly settings: BookSettings;
    }
  | { readonly type: 'BookSettingsChanged'; readonly settings: BookSettings }
  | {
      readonly type: 'AccountOpened';
      readonly account: AccountId;
      readonly code: string;
      readonly name: string;
      readonly path: string;
      readonly accountType: AccountType;
    }
  | {
      readonly type: 'AccountRenamed';
      readonly account: AccountId;
      readonly name: string;
      readonly path: string;
    }
  | { readonly type: 'AccountRecoded'; readonly account: AccountId; readonly code: string }
  | {
      readonly type: 'AccountRetyped';
      readonly account: AccountId;
      readonly accountType: AccountType;
    }
  | { readonly type: 'AccountClosed'; readonly account: AccountId }
  | {
      readonly type: 'JournalEntryPosted';
      readonly number: number;
      readonly date: string;
      readonly kind: EntryKind;
      readonly closing: boolean;
      readonly reference: string;
      readonly description: string;
      readonly reverses: number | null;
      readonly lines: readonly RecordedLine[];
    }
  | {
      readonly type: 'UnitDefined';
      readonly unit: string;
      readonly decimals: number;
      readonly name: string;
    }
  | { readonly type: 'RatesRecorded'; readonly rates: readonly RecordedRate[] }
  | { readonly type: 'PartyAdded'; readonly party: number; readonly code: string }
  | { readonly type: 'PartyChanged'; readonly party: number; readonly closed: boolean }
  | {
      readonly type: 'AccountDesignated';
      readonly account: AccountId;
      readonly controls: Controls | null;
    }
  | {
      readonly type: 'AccountClassified';
      readonly account: AccountId;
      readonly cashFlow: CashFlow | null;
    }
  | {
      readonly type: 'DimensionDefined';
      readonly dimension: number;
      readonly code: string;
      readonly name: string;
    }
  | {
      readonly type: 'DimensionValueAdded';
      readonly value: number;
      readonly dimension: number;
      readonly code: string;
      readonly name: string;
      readonly parent: number | null;
    }
  | {
      readonly type: 'DimensionValueChanged';
      readonly value: number;
      readonly name: string;
      readonly closed: boolean;
    }
  | {
      readonly type: 'TaxCodeDefined';
      readonly taxCode: number;
      readonly code: string;
      readonly name: string;
      readonly kind: TaxKind;
      readonly account: AccountId;
      readonly baseBox: string;
      readonly taxBox: string;
    }
  | {
      readonly type: 'TaxCodeChanged';
      readonly taxCode: number;
      readonly name: string;
      readonly baseBox: string;
      readonly taxBox: string;
      readonly closed: boolean;
    }
  | {
      readonly type: 'TaxRateSet';
      readonly taxCode: number;
      readonly from: CalendarDate;
      /** Per cent, a plain decimal. */
      readonly rate: string;
    }
  | {
      readonly type: 'DimensionsRequired';
      readonly account: AccountId;
      readonly dimensions: readonly number[];
    }
  | {
      readonly type: 'AccountTagged';
      readonly account: AccountId;
      readonly tags: readonly string[];
    }
  | {
      readonly type: 'StatementLayoutSet';
      readonly statement: Statement;
      readonly lines: readonly LayoutLine[];
    }
  | { readonly type: 'BudgetSet'; readonly amounts: readonly BudgetAmount[] }
  | { readonly type: 'DatesLocked'; readonly lockedThrough: string | null }
  | {
      readonly type: 'DatesReopened';
      readonly lockedThrough: string | null;
      readonly reason: string;
    }
  | { readonly type: 'DatesSealed'; readonly sealedThrough: string }
  | { readonly type: 'MemberAdded'; readonly user: number; readonly role: Role }
  | { readonly type: 'MemberRoleChanged'; readonly user: number; readonly role: Role }
  | { readonly type: 'MemberRemoved'; readonly user: number }
  | {
      readonly type: 'GroupMemberAdded';
      readonly book: number;
      readonly currency: string;
      readonly name: string;
      readonly intercompany: string;
      readonly mapping: readonly AccountMapping[];
      /** By whose right to read the book its balances are taken. */
      readonly reader: number;
    }
  | {
      readonly type: 'GroupMemberChanged';
      readonly book: number;
      readonly name: string;
      readonly intercompany: string;
      readonly mapping: readonly AccountMapping[];
      readonly reader: number;
    }
  | { readonly type: 'GroupMemberRemoved'; readonly book: number }
  | {
      readonly type: 'MemberBalancesTaken';
      readonly book: number;
      /** Position of the member's last event when it was read. */
      readonly memberPosition: number;
      /** Accounts that are new to the group or called otherwise than before. */
      readonly accounts: readonly MemberAccount[];
      /** Monthly balances that moved since the last taking, each whole. */
      readonly balances: readonly MemberBalance[];
    }
  | {
      readonly type: 'ImportPosted';
      readonly import: number;
      readonly firstNumber: number;
      readonly entries: number;
      readonly postings: number;
      readonly from: string;
      readonly to: string;
      readonly digest: string;
      readonly format: string;
    };

export const EVENT_VERSION = 1;

/** Events after which every document of the book is drawn anew, since names or settings stand on it. */
export const changesPresentation = (event: LedgerEvent): boolean =>
  [
    'BookSettingsChanged',
    'AccountRenamed',
    'AccountRecoded',
    'AccountRetyped',
    'AccountClosed',
    'AccountDesignated',
    'AccountClassified',
    'AccountTagged',
    'StatementLayoutSet',
    'DimensionDefined',
    'DimensionValueChanged',
    'TaxCodeDefined',
    'TaxCodeChanged',
    'DatesLocked',
    'DatesReopened',
    'GroupMemberAdded',
    'GroupMemberChanged',
    'GroupMemberRemoved',
  ].includes(event.type);
