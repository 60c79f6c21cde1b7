// Stages what a file holds, inside the caller's transaction: every entry checked and written, every fault of the file
// collected with its line. Nothing is visible until `post-import` makes it real; a rollback leaves nothing.
import type pg from 'pg';
import type { AccountId, AccountType } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { type DateFacts, refuseDate } from '#ledger/domain/decide-entry.ts';
import { MOST_LINES, type Posting } from '#ledger/domain/journal-entry.ts';
import { decimalText, isTooLarge, type MinorUnits, minorUnits } from '#ledger/domain/money.ts';
import { explain } from '#ledger/domain/refusal-sentences.ts';
import type {
  SourceEntry,
  SourceIssue,
  SourceItem,
  SourcePad,
  SourcePosting,
} from '#ledger/formats/source-item.ts';
import type { Movements } from '#ledger/store/movement-sums.ts';
import { EntryStage } from '#ledger/store/stage-entries.ts';
import { ImportAccounts, type ProposedAccount } from './import-accounts.ts';
import { balanceAt, checkAssertion, type PlacedAssertion } from './import-assertions.ts';

export interface StageFacts extends DateFacts {
  readonly book: number;
  readonly importId: number;
  /** Decimals of the base currency. */
  readonly exponent: number;
  readonly types: Readonly<Record<string, AccountType>>;
  /** Whether accounts that the book doesn't have are opened. */
  readonly createAccounts: boolean;
  /** In a preview, an account whose type nobody knows is a question and not a fault. */
  readonly preview: boolean;
  /** Postings per statement; the outcome is the same whatever it is. */
  readonly batchSize: number;
}

export interface ImportPreview {
  /** The first entries as they would be posted; amounts are signed decimals, debit positive. */
  readonly first: readonly {
    readonly line: number;
    readonly date: string;
    readonly description: string;
    readonly reference: string;
    readonly lines: readonly { readonly account: string; readonly amount: string }[];
  }[];
  readonly notes: readonly string[];
}

export interface Staged {
  readonly entries: number;
  readonly postings: number;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  readonly digest: string;
  readonly sums: readonly Movements[];
  readonly newAccounts: readonly ProposedAccount[];
  readonly issues: readonly Omit<SourceIssue, 'type'>[];
  readonly issueCount: number;
  readonly preview: ImportPreview;
}

const MOST_ISSUES = 1_000;
const SHOWN_ENTRIES = 20;
const SHOWN_LINES = 12;
const MOST_NOTES = 50;

export async function stageImport(
  client: pg.ClientBase,
  facts: StageFacts,
  items: AsyncIterable<SourceItem>,
): Promise<Staged> {
  const stage = new ImportStage(client, facts, await ImportAccounts.of(client, facts.book));
  for await (const item of items) await stage.take(item);
  return stage.finish();
}

class ImportStage {
  private readonly client: pg.ClientBase;
  private readonly facts: StageFacts;
  private readonly accounts: ImportAccounts;
  private readonly entries: EntryStage;
  private readonly assertions: PlacedAssertion[] = [];
  private readonly pads: SourcePad[] = [];
  private readonly issues: Omit<SourceIssue, 'type'>[] = [];
  private issueCount = 0;
  private readonly notes = new Set<string>();
  private readonly first: ImportPreview['first'][number][] = [];

  constructor(client: pg.ClientBase, facts: StageFacts, accounts: ImportAccounts) {
    this.client = client;
    this.facts = facts;
    this.accounts = accounts;
    this.entries = new EntryStage(client, facts.book, facts.importId, facts.batchSize);
  }

  async take(item: SourceItem): Promise<void> {
    if (item.type === 'entry') await this.stage(item);
    else if (item.type === 'account') this.accounts.declare(item);
    else if (item.type === 'assertion')
      this.assertions.push({ ...item, ordinal: this.entries.entries });
    else if (item.type === 'pad') this.pads.push(item);
    else if (item.type === 'issue') this.refuse(item);
    else if (this.notes.size < MOST_NOTES) this.notes.add(item.message);
  }

  async finish(): Promise<Staged> {
    await this.entries.flush();
    await this.pad();
    await this.entries.flush();
    for (const assertion of this.assertions) {
      const ids = this.accounts.idsOf(assertion.account, assertion.withSubAccounts);
      const { importId, exponent } = this.facts;
      const failed = await checkAssertion(this.client, importId, ids, assertion, exponent);
      if (failed) this.refuse(failed);
    }
    const newAccounts = this.accounts.proposed(this.facts.types);
    this.refuseAccounts(newAccounts);
    if (this.entries.entries === 0 && this.issueCount === 0) {
      this.fault(1, 'no-entries', 'The file holds no entries.');
    }
    const { entries, postings, from, to } = this.entries;
    return {
      entries,
      postings,
      from,
      to,
      digest: this.entries.digest(),
      sums: this.entries.movements(),
      newAccounts,
      issues: this.issues.sort((a, b) => a.line - b.line),
      issueCount: this.issueCount,
      preview: { first: this.first, notes: [...this.notes] },
    };
  }

  private refuse({ line, column, code, message }: Omit<SourceIssue, 'type'>): void {
    this.issueCount += 1;
    if (this.issues.length < MOST_ISSUES) this.issues.push({ line, column, code, message });
  }

  private fault(line: number, code: string, message: string): void {
    this.refuse({ line, column: 1, code, message });
  }

  private async stage(entry: SourceEntry): Promise<void> {
    if (this.first.length < SHOWN_ENTRIES) this.show(entry);
    const before = this.issueCount;
    const wrongDate = refuseDate(entry.date, this.facts);
    if (wrongDate) this.fault(entry.line, wrongDate.code, explain(wrongDate).detail);
    if (entry.postings.length > MOST_LINES) {
      this.fault(entry.line, 'too-many-lines', `An entry may have ${MOST_LINES} lines at most.`);
    }
    this.checkTotals(entry);
    const lines: Posting[] = [];
    for (const posting of entry.postings) {
      // Nearly every line: no turn of the event loop for it.
      const known = this.accounts.known(posting.account);
      const account = known && !known.closed ? known.id : await this.accountOf(posting);
      if (account === null) continue;
      const { amount, memo } = posting;
      lines.push({
        account,
        side: amount < 0n ? 'credit' : 'debit',
        amount: minorUnits(amount < 0n ? -amount : amount),
        memo,
      });
    }
    // Once something is wrong nothing will be posted: the rest is only read for its faults.
    if (this.issueCount > before || before > 0) return;
    const { date, kind, reference, description } = entry;
    const full = this.entries.add({ date, kind, reference, description, lines });
    if (full) await this.entries.write();
  }

  private checkTotals({ line, postings }: SourceEntry): void {
    let balance = 0n;
    let debit = 0n;
    for (const { amount } of postings) {
      balance += amount;
      if (amount > 0n) debit += amount;
    }
    if (balance !== 0n) {
      const off = decimalText(balance, this.facts.exponent);
      this.fault(line, 'out-of-balance', `The entry adds up to ${off} instead of zero.`);
    }
    if (isTooLarge(debit)) {
      this.fault(line, 'amount-too-large', 'The entry’s total has more than 18 digits.');
    }
  }

  private async accountOf({ account, line }: SourcePosting): Promise<AccountId | null> {
    const known = this.accounts.known(account);
    if (known?.closed) {
      this.fault(line, 'account-closed', `Account ${known.code} ${known.path} is closed.`);
      return null;
    }
    if (known) return known.id;
    if (!this.facts.createAccounts) {
      this.fault(line, 'account-unknown', `The book has no account ${account}.`);
      return null;
    }
    const id = await this.accounts.propose(account, line);
    if (id === null) {
      this.fault(line, 'account-name-malformed', `“${account}” is no possible account name.`);
    }
    return id;
  }

  private refuseAccounts(proposed: readonly ProposedAccount[]): void {
    if (this.facts.preview) return;
    for (const { path, type, line } of proposed) {
      if (type !== null) continue;
      const root = path.split(':')[0];
      const message = `Nothing says the type of ${path}. Give the type of ${root}: asset, liability, equity, income or expense.`;
      this.fault(line, 'account-type-unknown', message);
    }
  }

  /** Beancount's `pad`: the amount that makes the account's next assertion true, at the pad's day. */
  private async pad(): Promise<void> {
    const { importId, exponent } = this.facts;
    const inOrder = [...this.pads].sort((a, b) => (a.date < b.date ? -1 : 1));
    for (const pad of inOrder) {
      const next = this.assertions
        .filter(({ account, date }) => account === pad.account && date > pad.date)
        .sort((a, b) => (a.date < b.date ? -1 : 1))[0];
      if (!next) {
        this.fault(pad.line, 'pad-unused', `No balance of ${pad.account} follows this pad.`);
        continue;
      }
      await this.entries.flush();
      const ids = this.accounts.idsOf(pad.account, next.withSubAccounts);
      const gap = next.amount - (await balanceAt(this.client, importId, ids, next));
      if ((gap < 0n ? -gap : gap) <= next.tolerance) continue;
      const posting = (account: string, amount: bigint): SourcePosting => ({
        line: pad.line,
        account,
        amount: amount as MinorUnits,
        memo: '',
      });
      await this.stage({
        type: 'entry',
        line: pad.line,
        date: pad.date,
        kind: 'ordinary',
        reference: '',
        description: `Padding for the balance of ${pad.account}: ${decimalText(gap, exponent)}`,
        postings: [posting(pad.account, gap), posting(pad.source, -gap)],
      });
    }
  }

  private show({ line, date, description, reference, postings }: SourceEntry): void {
    const lines = postings.slice(0, SHOWN_LINES).map(({ account, amount }) => ({
      account,
      amount: decimalText(amount, this.facts.exponent),
    }));
    this.first.push({ line, date, description, reference, lines });
  }
}
