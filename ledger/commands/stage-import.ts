// Stages what a file holds, inside the caller's transaction: every entry checked and written, every fault of the file
// collected with its line. Nothing is visible until `post-import` makes it real; a rollback leaves nothing.
import type pg from 'pg';
import type { AccountType } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { type DateFacts, refuseDate } from '#ledger/domain/decide-entry.ts';
import { negated, plainDecimal, plus } from '#ledger/domain/decimal.ts';
import type { RecordedRate } from '#ledger/domain/events.ts';
import { MOST_LINES } from '#ledger/domain/journal-entry.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { explain } from '#ledger/domain/refusal-sentences.ts';
import type {
  SourceEntry,
  SourceIssue,
  SourceItem,
  SourcePad,
} from '#ledger/formats/source-item.ts';
import type { Movements } from '#ledger/store/movement-sums.ts';
import { EntryStage, type StagedDetails } from '#ledger/store/stage-entries.ts';
import type { UnitMovements } from '#ledger/store/unit-balances.ts';
import type { NewUnit } from './define-unit.ts';
import { ImportAccounts, type ProposedAccount } from './import-accounts.ts';
import {
  type AssertedUnits,
  balanceAt,
  checkAssertion,
  exceeds,
  type PlacedAssertion,
} from './import-assertions.ts';
import { ImportDetails } from './import-details.ts';
import { ImportLines, paddingOf } from './import-lines.ts';
import { concernsUnits, ImportUnits } from './import-units.ts';

export interface StageFacts extends DateFacts {
  readonly book: number;
  readonly importId: number;
  readonly currency: string;
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
    readonly lines: readonly {
      readonly account: string;
      readonly amount: string;
      /** Of a line in another unit: its quantity, the amount left empty. */
      readonly units?: string;
    }[];
  }[];
  readonly notes: readonly string[];
}

/** What an import brings besides its entries: units, rates, and its sums in units. */
export interface StagedUnits {
  readonly defined: readonly NewUnit[];
  readonly rates: readonly RecordedRate[];
  readonly sums: readonly UnitMovements[];
}

export interface Staged {
  readonly entries: number;
  readonly postings: number;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  readonly digest: string;
  readonly sums: readonly Movements[];
  readonly units: StagedUnits;
  readonly details: StagedDetails;
  readonly newAccounts: readonly ProposedAccount[];
  readonly issues: readonly Omit<SourceIssue, 'type'>[];
  readonly issueCount: number;
  readonly preview: ImportPreview;
}

const MOST_ISSUES = 1_000;
const SHOWN_ENTRIES = 20;
const SHOWN_LINES = 12;
const MOST_NOTES = 1_000;

/** @param read the file from its beginning; a file with units is read twice */
export async function stageImport(
  client: pg.ClientBase,
  facts: StageFacts,
  read: () => AsyncIterable<SourceItem>,
): Promise<Staged> {
  await client.query('savepoint staging');
  const accounts = await ImportAccounts.of(client, facts.book);
  const units = await ImportUnits.of(client, facts.book, facts);
  const details = await ImportDetails.of(client, facts.book);
  const stage = new ImportStage(client, facts, accounts, units, details);
  for await (const item of read()) {
    if (concernsUnits(item)) return stageWithUnits(client, facts, read, stage);
    await stage.take(item);
  }
  return stage.finish();
}

async function stageWithUnits(
  client: pg.ClientBase,
  facts: StageFacts,
  read: () => AsyncIterable<SourceItem>,
  begun: ImportStage,
): Promise<Staged> {
  await begun.settle();
  await client.query('rollback to savepoint staging');
  const accounts = await ImportAccounts.of(client, facts.book);
  const units = await ImportUnits.of(client, facts.book, facts);
  for await (const item of read()) units.scan(item);
  const details = await ImportDetails.of(client, facts.book);
  const stage = new ImportStage(client, facts, accounts, units, details);
  stage.heed(units.verdict());
  for await (const item of read()) await stage.take(item);
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
  private readonly details: ImportDetails;
  private readonly first: ImportPreview['first'][number][] = [];
  private readonly units: ImportUnits;
  private readonly lines: ImportLines;

  constructor(
    client: pg.ClientBase,
    facts: StageFacts,
    accounts: ImportAccounts,
    units: ImportUnits,
    details: ImportDetails,
  ) {
    this.client = client;
    this.facts = facts;
    this.accounts = accounts;
    this.units = units;
    const fault = (line: number, code: string, message: string) => this.fault(line, code, message);
    this.details = details;
    this.lines = new ImportLines(facts, accounts, units, details, fault);
    this.entries = new EntryStage(client, facts.book, facts.importId, facts.batchSize);
  }

  async take(item: SourceItem): Promise<void> {
    if (item.type === 'entry') await this.stage(item);
    else if (item.type === 'account') this.accounts.declare(item);
    else if (item.type === 'assertion')
      this.assertions.push({ ...item, ordinal: this.entries.entries });
    else if (item.type === 'pad') this.pads.push(item);
    else if (item.type === 'issue') this.refuse(item);
    else if (item.type === 'note' && this.notes.size < MOST_NOTES) this.notes.add(item.message);
  }

  /** Waits for what is being written. */
  async settle(): Promise<void> {
    await this.entries.flush();
  }

  /** Takes in what the units of the file came to. */
  heed({ issues, notes }: ReturnType<ImportUnits['verdict']>): void {
    for (const { code, line, message } of issues) this.fault(line, code, message);
    for (const note of notes) this.notes.add(note);
  }

  async finish(): Promise<Staged> {
    await this.entries.flush();
    await this.pad();
    await this.entries.flush();
    // Where an entry is at fault it isn't staged: every balance after it would be told as well.
    const whole = this.issueCount === 0;
    for (const assertion of whole ? this.assertions : []) {
      const ids = this.accounts.idsOf(assertion.account, assertion.withSubAccounts);
      const { importId } = this.facts;
      const failed = await checkAssertion(this.client, importId, ids, assertion, this.asserted());
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
      units: {
        defined: this.units.fresh(),
        rates: this.units.rates(),
        sums: this.entries.unitMovements(),
      },
      details: this.entries.detailMovements(),
      newAccounts,
      issues: this.issues.sort((a, b) => a.line - b.line),
      issueCount: this.issueCount,
      preview: {
        first: this.first,
        notes: [...this.notes, ...this.details.notes(), ...this.accounts.otherTypes()],
      },
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
    const lines = await this.lines.of(entry);
    // Once something is wrong nothing will be posted: the rest is only read for its faults.
    if (this.issueCount > before || before > 0) return;
    const { date, kind, reference, description } = entry;
    const full = this.entries.add({ date, kind, reference, description, lines });
    if (full) await this.entries.write();
  }

  private asserted(): AssertedUnits {
    return { base: this.facts.currency, decimals: (unit) => this.units.decimals(unit) };
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
      const { importId } = this.facts;
      const held = await balanceAt(this.client, importId, ids, next, this.asserted());
      const gap = plus(next.amount, negated(held));
      if (exceeds(gap, next.tolerance))
        await this.stage(paddingOf(pad, next.unit, gap, this.facts));
    }
  }

  private show({ line, date, description, reference, postings }: SourceEntry): void {
    const lines = postings
      .slice(0, SHOWN_LINES)
      .map(({ account, amount, units }) =>
        units
          ? { account, amount: '', units: `${plainDecimal(units.quantity)} ${units.unit}` }
          : { account, amount: decimalText(amount, this.facts.exponent) },
      );
    this.first.push({ line, date, description, reference, lines });
  }
}
