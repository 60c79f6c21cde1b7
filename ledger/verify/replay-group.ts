// The members of a group, their accounts and balances, after its events.
import type { LedgerEvent } from '#ledger/domain/events.ts';
import type { AccountMapping, MemberAccount } from '#ledger/domain/group.ts';
import type { ReplayedBalance } from './replay-book.ts';

type GroupEvent = Extract<
  LedgerEvent,
  {
    type: 'GroupMemberAdded' | 'GroupMemberChanged' | 'GroupMemberRemoved' | 'MemberBalancesTaken';
  }
>;

export interface ReplayedMember {
  readonly currency: string;
  readonly name: string;
  readonly intercompany: string;
  readonly mapping: readonly AccountMapping[];
  readonly reader: number;
  readonly removed: boolean;
  readonly memberPosition: number;
  readonly takenPosition: number;
  readonly namedPosition: number;
}

export class ReplayedGroup {
  /** By id of the book. */
  readonly members = new Map<number, ReplayedMember>();
  /** By id of the account. */
  readonly accounts = new Map<number, MemberAccount & { readonly member: number }>();
  /** By `account/month/closing`, in minor units of the member's currency. */
  readonly balances = new Map<string, ReplayedBalance>();

  /** @returns what is impossible about the event, or null */
  apply(event: GroupEvent, position: number): string | null {
    const known = this.members.get(event.book);
    if (event.type === 'GroupMemberAdded') {
      const { currency, intercompany, mapping, name, reader } = event;
      const taken = known ?? { memberPosition: 0, takenPosition: 0, namedPosition: 0 };
      const { memberPosition, namedPosition, takenPosition } = taken;
      this.members.set(event.book, {
        ...{ currency, name, intercompany, mapping, reader, removed: false },
        ...{ memberPosition, takenPosition, namedPosition },
      });
      return null;
    }
    if (!known) return `book ${event.book} was never added to the group`;
    switch (event.type) {
      case 'GroupMemberChanged': {
        const { intercompany, mapping, name, reader } = event;
        this.members.set(event.book, { ...known, name, intercompany, mapping, reader });
        return null;
      }
      case 'GroupMemberRemoved':
        this.members.set(event.book, { ...known, removed: true });
        return null;
      case 'MemberBalancesTaken': {
        const { accounts, balances, book: member, memberPosition } = event;
        if (memberPosition < known.memberPosition) return 'it takes what was taken before';
        for (const account of accounts) this.accounts.set(account.account, { ...account, member });
        for (const { account, closing, credit, debit, month } of balances) {
          const balance = { debit: BigInt(debit), credit: BigInt(credit), lastPosition: position };
          this.balances.set(`${account}/${month}/${closing}`, balance);
        }
        const namedPosition = accounts.length > 0 ? position : known.namedPosition;
        const taken = { memberPosition, takenPosition: position, namedPosition };
        this.members.set(member, { ...known, ...taken });
        return null;
      }
    }
  }
}
