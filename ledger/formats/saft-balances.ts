// The balances that a SAF-T file states beside its transactions: opening ones become an entry, closing ones and control
// totals are held against what the transactions come to. A file that contradicts itself is refused with each difference,
// unless an account is named for the opening one; then each difference is told.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { decimalText, type MinorUnits } from '#ledger/domain/money.ts';
import { issueAt, saftAmount } from './saft-values.ts';
import type { SourceIssue, SourceItem, SourcePosting } from './source-item.ts';
import type { XmlElement } from './xml-elements.ts';

export interface SaftBalanceOptions {
  /** Decimals of the book's currency. */
  readonly exponent: number;
  /** Code of the account that takes what the opening balances lack. */
  readonly openingDifference?: string;
}

interface Stated {
  readonly at: XmlElement;
  readonly opening: bigint;
  readonly closing: bigint;
  moved: bigint;
}

interface Difference {
  readonly at: XmlElement;
  readonly message: string;
}

export class SaftBalances {
  readonly #options: SaftBalanceOptions;
  readonly #accounts = new Map<string, Stated>();
  readonly #totals = { debit: 0n, credit: 0n };
  readonly #differences: Difference[] = [];
  #transactions = 0n;

  constructor(options: SaftBalanceOptions) {
    this.#options = options;
  }

  /** The balances of an Account. @returns what is wrong with them */
  take(account: string, of: XmlElement): SourceIssue[] {
    const [opening, closing] = ['Opening', 'Closing'].map((which) => this.#stated(of, which));
    const faults = [opening, closing].filter((own) => typeof own === 'object');
    if (typeof opening === 'bigint' && typeof closing === 'bigint') {
      this.#accounts.set(account, { at: of, opening, closing, moved: 0n });
    }
    return faults;
  }

  /** Debit positive; none counts as zero. */
  #stated(of: XmlElement, which: string): bigint | SourceIssue {
    const debit = of.children.find(({ name }) => name === `${which}DebitBalance`);
    const credit = of.children.find(({ name }) => name === `${which}CreditBalance`);
    if (!debit && !credit) return 0n;
    if (debit && credit) {
      const message = `The account has two balances: ${debit.name} and ${credit.name}.`;
      return issueAt(credit, 'balance-twice', message);
    }
    const read = saftAmount((debit ?? credit)!, this.#options.exponent);
    return typeof read === 'bigint' && credit ? -read : read;
  }

  moved(account: string, amount: bigint, side: 'debit' | 'credit'): void {
    const stated = this.#accounts.get(account);
    if (stated) stated.moved += amount;
    this.#totals[side] += side === 'debit' ? amount : -amount;
  }

  counted(): void {
    this.#transactions += 1n;
  }

  /** The opening entry, if there are opening balances and they can be one. @param date null where the file has no first day */
  openingEntry(date: CalendarDate | null, pathOf: (account: string) => string): SourceItem[] {
    const opened = [...this.#accounts].filter(([, { opening }]) => opening !== 0n);
    const [first] = opened;
    if (!first) return [];
    const at = first[1].at;
    if (date === null) {
      const message =
        'The file has opening balances and no first day (SelectionCriteria): give the opening day.';
      return [issueAt(at, 'opening-date-missing', message)];
    }
    const postings: SourcePosting[] = opened.map(([account, { at: own, opening }]) => ({
      ...{ line: own.line, account: pathOf(account), amount: opening as MinorUnits, memo: '' },
    }));
    const sum = opened.reduce((total, [, { opening }]) => total + opening, 0n);
    if (sum !== 0n) {
      const { openingDifference: account } = this.#options;
      this.#differ(at, this.#openingMessage(opened.map(([, { opening }]) => opening)));
      if (account === undefined) return [];
      const memo = 'Difference of the opening balances';
      const amount = -sum as MinorUnits;
      postings.push({ line: at.line, account: pathOf(account), amount, memo });
    }
    const description = 'Opening balances';
    const entry = { type: 'entry', line: at.line, date, kind: 'opening', reference: '' } as const;
    const again = `The opening balances become an entry of ${date}. Where the book has them already, from an earlier file, they would stand in it twice.`;
    return [
      { ...entry, description, postings },
      { type: 'note', line: at.line, message: again },
    ];
  }

  #openingMessage(openings: readonly bigint[]): string {
    const debit = openings.reduce((sum, own) => (own > 0n ? sum + own : sum), 0n);
    const credit = openings.reduce((sum, own) => (own < 0n ? sum - own : sum), 0n);
    return `The opening balances are ${this.#text(debit)} debit and ${this.#text(credit)} credit, a difference of ${this.#text(debit - credit)}.`;
  }

  /** Holds a control total against the transactions. @param of NumberOfEntries, TotalDebit or TotalCredit */
  check(of: XmlElement): void {
    const counted = of.name === 'NumberOfEntries';
    const read = saftAmount(of, counted ? 0 : this.#options.exponent);
    const found = counted
      ? this.#transactions
      : this.#totals[of.name === 'TotalDebit' ? 'debit' : 'credit'];
    if (read === found) return;
    const said = counted ? `${found} transactions` : this.#text(found);
    this.#differ(of, `${of.name} is ${of.text.trim().slice(0, 40)}, but the file has ${said}.`);
  }

  /** Every difference, at the end: as issues, or as notes where an account is named. */
  differences(): SourceItem[] {
    for (const [account, { at, closing, moved, opening }] of this.#accounts) {
      const sum = opening + moved;
      if (sum === closing) continue;
      const message = `Account ${account} opens with ${this.#text(opening)} and moves by ${this.#text(moved)}, which is ${this.#text(sum)}, but the file closes it with ${this.#text(closing)}: a difference of ${this.#text(sum - closing)}.`;
      this.#differ(at, message);
    }
    const { openingDifference } = this.#options;
    if (openingDifference !== undefined) {
      return this.#differences.map(({ at, message }) => ({
        ...{ type: 'note', line: at.line, message: `The file contradicts itself: ${message}` },
      }));
    }
    const way = 'Correct it, or name the account that takes the opening difference.';
    return this.#differences.map(({ at, message }) =>
      issueAt(at, 'saft-contradiction', `The file contradicts itself: ${message} ${way}`),
    );
  }

  #differ(at: XmlElement, message: string): void {
    this.#differences.push({ at, message });
  }

  /** Debit positive, as the preview shows amounts. */
  #text(amount: bigint): string {
    return decimalText(amount, this.#options.exponent);
  }
}
