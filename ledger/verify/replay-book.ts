// What a book must look like after its events, replayed one by one: the state that the snapshot tables are held against.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { BookSettings, LedgerEvent } from '#ledger/domain/events.ts';
import type { JournalEntry, Posting } from '#ledger/domain/journal-entry.ts';
import type { Layouts } from '#ledger/domain/statement-layout.ts';
import { DetailSums } from '#ledger/store/detail-balances.ts';
import { ReplayedDimensions } from './replay-dimensions.ts';
import { ReplayedGroup } from './replay-group.ts';
import { ReplayedTaxes } from './replay-taxes.ts';

export interface ReplayedAccount {
  code: string;
  name: string;
  path: string;
  type: string;
  closed: boolean;
  controls: string | null;
  cashFlow: string | null;
  tags: readonly string[];
}

export type ReplayedParty = readonly [code: string, closed: boolean, changedPosition: number];

export interface ReplayedBalance {
  debit: bigint;
  credit: bigint;
  lastPosition: number;
}

export interface ReplayedUnitBalance extends ReplayedBalance {
  debitQuantity: bigint;
  creditQuantity: bigint;
}

/** An entry that an event or an import's row put into the book. */
export type ReplayedEntry = Pick<JournalEntry, 'date' | 'closing' | 'lines'>;

export class ReplayedBook {
  settings: BookSettings | null = null;
  lockedThrough: CalendarDate | string | null = null;
  sealedThrough: string | null = null;
  layouts: Layouts = {};
  lastNumber = 0;
  singleEntries = 0;
  readonly imports: number[] = [];
  readonly accounts = new Map<number, ReplayedAccount>();
  readonly members = new Map<number, string>();
  readonly parties = new Map<number, ReplayedParty>();
  readonly dimensions = new ReplayedDimensions();
  readonly taxes = new ReplayedTaxes();
  readonly group = new ReplayedGroup();
  /** By `account/month/closing`. */
  readonly balances = new Map<string, ReplayedBalance>();
  /** By `account/unit/month/closing`. */
  readonly unitBalances = new Map<string, ReplayedUnitBalance>();
  /** Of items, dimensions and taxes. */
  readonly details = new DetailSums();
  /** Amount and position, by `account/values/month`. */
  readonly budget = new Map<string, readonly [amount: string, position: number]>();
  /** Decimals and name, by code. */
  readonly units = new Map<string, readonly [decimals: number, name: string]>();
  /** Rate and position, by `unit/day`. */
  readonly rates = new Map<string, readonly [rate: string, position: number]>();

  /** Everything but postings, which come through `book`. @returns what is impossible about the event, or null */
  apply(event: LedgerEvent, position: number): string | null {
    switch (event.type) {
      case 'BookCreated':
      case 'BookSettingsChanged':
        this.settings = event.settings;
        return null;
      case 'AccountOpened': {
        const { account, accountType: type, code, name, path } = event;
        const classified = { closed: false, controls: null, cashFlow: null, tags: [] };
        this.accounts.set(account, { code, name, path, type, ...classified });
        return null;
      }
      case 'AccountRenamed':
        return this.change(event.account, { name: event.name, path: event.path });
      case 'AccountRecoded':
        return this.change(event.account, { code: event.code });
      case 'AccountRetyped':
        return this.change(event.account, { type: event.accountType });
      case 'AccountClosed':
        return this.change(event.account, { closed: true });
      case 'AccountDesignated':
        return this.change(event.account, { controls: event.controls });
      case 'AccountClassified':
        return this.change(event.account, { cashFlow: event.cashFlow });
      case 'AccountTagged':
        return this.change(event.account, { tags: event.tags });
      case 'StatementLayoutSet':
        this.layouts = { ...this.layouts, [event.statement]: event.lines };
        return null;
      case 'PartyAdded':
        this.parties.set(event.party, [event.code, false, 0]);
        return null;
      case 'PartyChanged': {
        const [code] = this.parties.get(event.party) ?? [];
        if (code === undefined) return `party ${event.party} was never added`;
        this.parties.set(event.party, [code, event.closed, position]);
        return null;
      }
      case 'DimensionDefined':
      case 'DimensionValueAdded':
      case 'DimensionValueChanged':
      case 'DimensionsRequired':
        return this.dimensions.apply(event);
      case 'TaxCodeDefined':
      case 'TaxCodeChanged':
      case 'TaxRateSet':
        return this.taxes.apply(event);
      case 'GroupMemberAdded':
      case 'GroupMemberChanged':
      case 'GroupMemberRemoved':
      case 'MemberBalancesTaken':
        return this.group.apply(event, position);
      case 'BudgetSet':
        for (const { account, amount, month, values } of event.amounts) {
          this.budget.set(`${account}/${values.join(',')}/${month}`, [amount, position]);
        }
        return null;
      case 'UnitDefined':
        this.units.set(event.unit, [event.decimals, event.name]);
        return null;
      case 'RatesRecorded':
        for (const { day, rate, unit } of event.rates) {
          this.rates.set(`${unit}/${day}`, [rate, position]);
        }
        return null;
      case 'DatesSealed':
        this.sealedThrough = event.sealedThrough;
        return null;
      case 'DatesLocked':
      case 'DatesReopened':
        this.lockedThrough = event.lockedThrough;
        return null;
      case 'MemberAdded':
      case 'MemberRoleChanged':
        this.members.set(event.user, event.role);
        return null;
      case 'MemberRemoved':
        this.members.delete(event.user);
        return null;
      case 'JournalEntryPosted':
        this.singleEntries += 1;
        return this.number(event.number, 1);
      case 'ImportPosted':
        this.imports.push(event.import);
        return this.number(event.firstNumber, event.entries);
    }
  }

  /** Moves the balances of an entry's accounts. */
  book(position: number, entry: ReplayedEntry): void {
    const when = `${entry.date.slice(0, 7)}/${entry.closing}`;
    for (const line of entry.lines) this.bookLine(position, line, when);
    this.details.add(entry, position);
  }

  private bookLine(
    position: number,
    { account, amount, side, units }: Posting,
    when: string,
  ): void {
    const key = `${account}/${when}`;
    const balance = this.balances.get(key) ?? { debit: 0n, credit: 0n, lastPosition: 0 };
    balance[side] += amount;
    balance.lastPosition = position;
    this.balances.set(key, balance);
    if (!units) return;
    const unitKey = `${account}/${units.unit}/${when}`;
    const none = { debit: 0n, credit: 0n, debitQuantity: 0n, creditQuantity: 0n, lastPosition: 0 };
    const held = this.unitBalances.get(unitKey) ?? none;
    held[side] += amount;
    held[`${side}Quantity`] += units.quantity;
    held.lastPosition = position;
    this.unitBalances.set(unitKey, held);
  }

  private change(account: number, to: Partial<ReplayedAccount>): string | null {
    const known = this.accounts.get(account);
    if (!known) return `account ${account} was never opened`;
    Object.assign(known, to);
    return null;
  }

  private number(first: number, count: number): string | null {
    if (first !== this.lastNumber + 1) {
      return `its first entry number is ${first}, but ${this.lastNumber + 1} is next`;
    }
    this.lastNumber += count;
    return null;
  }
}
