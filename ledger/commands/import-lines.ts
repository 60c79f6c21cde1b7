// The lines of an imported entry on the book's accounts, those in other units valued; what is wrong is told with its line.
import type { AccountId } from '#ledger/domain/account.ts';
import { ROUNDING_MEMO } from '#ledger/domain/decide-units.ts';
import { type Decimal, exactUnits, negated, plainDecimal } from '#ledger/domain/decimal.ts';
import type { Posting } from '#ledger/domain/journal-entry.ts';
import type { LineDetails } from '#ledger/domain/line-details.ts';
import { decimalText, isTooLarge, minorUnits } from '#ledger/domain/money.ts';
import type { ValueFault } from '#ledger/domain/value-lines.ts';
import type { SourceEntry, SourcePad, SourcePosting } from '#ledger/formats/source-item.ts';
import type { ImportAccounts } from './import-accounts.ts';
import type { ImportDetails } from './import-details.ts';
import { type ImportUnits, inUnits } from './import-units.ts';

export interface LineFacts {
  readonly currency: string;
  /** Decimals of the base currency. */
  readonly exponent: number;
  /** Whether accounts that the book doesn't have are opened. */
  readonly createAccounts: boolean;
}

const NEW_ROUNDING_ACCOUNT = 'Rounding differences';
const TOO_LARGE = 'The entry’s total has more than 18 digits.';

export class ImportLines {
  readonly #facts: LineFacts;
  readonly #accounts: ImportAccounts;
  readonly #units: ImportUnits;
  readonly #details: ImportDetails;
  readonly #fault: (line: number, code: string, message: string) => void;

  /** @param fault told of what is wrong, with its line in the file */
  constructor(
    facts: LineFacts,
    accounts: ImportAccounts,
    units: ImportUnits,
    details: ImportDetails,
    fault: (line: number, code: string, message: string) => void,
  ) {
    this.#facts = facts;
    this.#accounts = accounts;
    this.#units = units;
    this.#details = details;
    this.#fault = fault;
  }

  /** The postings of an entry, as far as nothing is wrong with them. */
  of(entry: SourceEntry): Promise<Posting[]> {
    return inUnits(entry) ? this.#inUnits(entry) : this.#inBase(entry);
  }

  async #inBase(entry: SourceEntry): Promise<Posting[]> {
    this.#checkTotals(entry);
    const lines: Posting[] = [];
    for (const posting of entry.postings) {
      // Nearly every line: no turn of the event loop for it.
      const known = this.#accounts.known(posting.account);
      const account = known && !known.closed ? known.id : await this.#accountOf(posting);
      if (account === null) continue;
      const { amount, memo } = posting;
      const details = this.#details.isPlain(posting)
        ? null
        : await this.#detailsOf(posting, account, entry);
      lines.push({
        account,
        side: amount < 0n ? 'credit' : 'debit',
        amount: minorUnits(amount < 0n ? -amount : amount),
        memo,
        ...(details && { details }),
      });
    }
    return lines;
  }

  /** Lines of which some are in other units, with the one that takes what rounding leaves over. */
  async #inUnits(entry: SourceEntry): Promise<Posting[]> {
    const valued = this.#units.value(entry);
    if ('code' in valued) {
      const { line, message } = sayFault(valued, entry, this.#facts);
      this.#fault(line, valued.code, message);
      return [];
    }
    const lines: Posting[] = [];
    for (const [at, { amount, debit, units }] of valued.lines.entries()) {
      const posting = entry.postings[at]!;
      const account = await this.#accountOf(posting);
      if (units && isTooLarge(units.quantity)) {
        this.#fault(posting.line, 'amount-too-large', 'The quantity has more than 18 digits.');
      }
      if (account === null) continue;
      const size = minorUnits(amount < 0n ? -amount : amount);
      const own = { account, side: debit ? 'debit' : 'credit', amount: size } as const;
      const details = await this.#detailsOf(posting, account, entry);
      const more = { ...(units && { units }), ...(details && { details }) };
      lines.push({ ...own, memo: posting.memo, ...more });
    }
    const debits = lines.reduce((sum, own) => (own.side === 'debit' ? sum + own.amount : sum), 0n);
    if (isTooLarge(debits)) this.#fault(entry.line, 'amount-too-large', TOO_LARGE);
    const { residue } = valued;
    if (residue === 0n) return lines;
    const account = await this.#roundingAccount(entry.line);
    if (account === null) return lines;
    const side = residue > 0n ? 'credit' : 'debit';
    const size = minorUnits(residue > 0n ? residue : -residue);
    return [...lines, { account, side, amount: size, memo: ROUNDING_MEMO }];
  }

  /** The book's rounding account or, where new accounts are opened, one of the import's own. */
  async #roundingAccount(line: number): Promise<AccountId | null> {
    const own = this.#units.roundingAccount;
    if (own && !own.closed) return own.id;
    if (!this.#facts.createAccounts) {
      const message =
        'Converting the entry leaves a difference over: choose a rounding account in the settings.';
      this.#fault(line, 'rounding-account-missing', message);
      return null;
    }
    const path = NEW_ROUNDING_ACCOUNT;
    this.#accounts.declare({ type: 'account', line, path, accountType: 'expense' });
    return this.#accountOf({ account: path, line, amount: minorUnits(0n), memo: '' });
  }

  async #detailsOf(
    posting: SourcePosting,
    account: AccountId,
    { date }: SourceEntry,
  ): Promise<LineDetails | null> {
    if (this.#details.isPlain(posting)) return null;
    if (this.#details.lacks(posting)) {
      const controls = this.#accounts.known(posting.account)?.controls ?? null;
      if (!(await this.#details.add(posting, controls, this.#fault))) return null;
    }
    return this.#details.read(posting, account, date, this.#fault);
  }

  #checkTotals({ line, postings }: SourceEntry): void {
    let balance = 0n;
    let debit = 0n;
    for (const { amount } of postings) {
      balance += amount;
      if (amount > 0n) debit += amount;
    }
    if (balance !== 0n) {
      const off = decimalText(balance, this.#facts.exponent);
      this.#fault(line, 'out-of-balance', `The entry adds up to ${off} instead of zero.`);
    }
    if (isTooLarge(debit)) {
      this.#fault(line, 'amount-too-large', TOO_LARGE);
    }
  }

  async #accountOf({ account, line }: SourcePosting): Promise<AccountId | null> {
    const known = this.#accounts.known(account);
    if (known?.closed) {
      this.#fault(line, 'account-closed', `Account ${known.code} ${known.path} is closed.`);
      return null;
    }
    if (known) return known.id;
    if (!this.#facts.createAccounts) {
      this.#fault(line, 'account-unknown', `The book has no account ${account}.`);
      return null;
    }
    const id = await this.#accounts.propose(account, line);
    if (id === null) {
      this.#fault(line, 'account-name-malformed', `“${account}” is no possible account name.`);
    }
    return id;
  }
}

/** The entry of a pad, at its day. @param gap what its account lacks of the unit */
export function paddingOf(
  pad: SourcePad,
  unit: string,
  gap: Decimal,
  { currency, exponent }: Pick<LineFacts, 'currency' | 'exponent'>,
): SourceEntry {
  const posting = (account: string, quantity: Decimal): SourcePosting => {
    const own = { line: pad.line, account, memo: '' };
    return unit === currency
      ? { ...own, amount: minorUnits(exactUnits(quantity, exponent)!) }
      : { ...own, amount: minorUnits(0n), units: { unit, quantity, price: null } };
  };
  return {
    type: 'entry',
    line: pad.line,
    date: pad.date,
    kind: 'ordinary',
    reference: '',
    description: `Padding for the balance of ${pad.account}: ${plainDecimal(gap)} ${unit}`,
    postings: [posting(pad.account, gap), posting(pad.source, negated(gap))],
  };
}

/** What is wrong with an entry's units, and on which line. */
function sayFault(
  fault: ValueFault,
  { line, postings }: SourceEntry,
  { exponent }: LineFacts,
): { line: number; message: string } {
  const at = (nth: number) => postings[nth]?.line ?? line;
  switch (fault.code) {
    case 'unit-unknown':
      return { line: at(fault.at), message: `Nothing says what ${fault.unit} is.` };
    case 'amount-too-many-decimals':
      return {
        line: at(fault.at),
        message: `${fault.amount} has more than the ${fault.decimals} decimals of its unit.`,
      };
    case 'amount-worthless':
      return {
        line: at(fault.at),
        message: `${fault.amount} comes to nothing in the base currency.`,
      };
    case 'unit-out-of-balance': {
      const { difference, unit } = fault;
      return {
        line,
        message: `The entry is off by ${difference} ${unit}, of which no rate is known: give a price, or a rate with a P or price directive.`,
      };
    }
    case 'out-of-balance': {
      const off = decimalText(fault.difference, exponent);
      return { line, message: `The entry adds up to ${off} instead of zero.` };
    }
  }
}
