// One reading of a file: every entry checked and written as a staged row, every fault of the file collected with its line.
import type pg from 'pg';
import type { AccountType } from '#ledger/domain/account.ts';
import type { CalendarDate, FiscalCalendar } from '#ledger/domain/calendar.ts';
import { type DateFacts, refuseDate } from '#ledger/domain/decide-entry.ts';
import { negated, plus } from '#ledger/domain/decimal.ts';
import type { RecordedRate } from '#ledger/domain/events.ts';
import { MOST_LINES } from '#ledger/domain/journal-entry.ts';
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
import { type ClosingEntry, ImportClosings, type ImportedClosings } from './import-closings.ts';
import { ImportDetails } from './import-details.ts';
import { ImportLines, paddingOf } from './import-lines.ts';
import { ImportMasters, type MasterChoice } from './import-masters.ts';
import { type ImportPreview, shownEntry } from './import-preview.ts';
import { ImportUnits } from './import-units.ts';
import type { NewMasters } from './new-masters.ts';

export interface StageFacts extends DateFacts, FiscalCalendar, MasterChoice {
  readonly book: number;
  readonly importId: number;
  readonly currency: string;
  /** Decimals of the base currency. */
  readonly exponent: number;
  readonly types: Readonly<Record<string, AccountType>>;
  /** Whether entries that bring a year’s income and expenses to zero become closing entries, or stay as the file has them. */
  readonly closingEntries: 'recognise' | 'keep-kind';
  /** Whether accounts that the book doesn't have are opened. */
  readonly createAccounts: boolean;
  /** In a preview, an account whose type nobody knows is a question and not a fault. */
  readonly preview: boolean;
  /** Postings per statement; the outcome is the same whatever it is. */
  readonly batchSize: number;
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
  readonly newMasters: NewMasters;
  readonly issues: readonly Omit<SourceIssue, 'type'>[];
  readonly issueCount: number;
  readonly preview: ImportPreview;
}

const MOST_ISSUES = 1_000;
const SHOWN_ENTRIES = 20;
const MOST_NOTES = 1_000;

/** What entries of the file are read against. */
interface Parts {
  readonly accounts: ImportAccounts;
  readonly units: ImportUnits;
  readonly masters: ImportMasters;
  readonly details: ImportDetails;
}

export class ImportStage {
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
  private readonly masters: ImportMasters;
  private readonly first: ImportPreview['first'][number][] = [];
  private readonly units: ImportUnits;
  private readonly lines: ImportLines;
  /** Ordinals. */
  private readonly closing: ReadonlySet<number>;
  private readonly candidates: ImportClosings;

  private constructor(
    client: pg.ClientBase,
    facts: StageFacts,
    { accounts, details, masters, units }: Parts,
    closing: readonly ClosingEntry[],
  ) {
    this.client = client;
    this.facts = facts;
    this.accounts = accounts;
    this.units = units;
    this.masters = masters;
    this.closing = new Set(closing.map(({ ordinal }) => ordinal));
    this.candidates = new ImportClosings(facts);
    const fault = (line: number, code: string, message: string) => this.fault(line, code, message);
    this.details = details;
    this.lines = new ImportLines(facts, accounts, units, details, fault);
    this.entries = new EntryStage(client, facts.book, facts.importId, facts.batchSize);
  }

  static async of(
    client: pg.ClientBase,
    facts: StageFacts,
    closing: readonly ClosingEntry[],
  ): Promise<ImportStage> {
    const accounts = await ImportAccounts.of(client, facts.book);
    const units = await ImportUnits.of(client, facts.book, facts);
    const masters = await ImportMasters.of(client, facts.book, facts);
    const details = await ImportDetails.of(client, facts.book, masters);
    return new ImportStage(client, facts, { accounts, units, masters, details }, closing);
  }

  async take(item: SourceItem): Promise<void> {
    if (item.type === 'entry') await this.stage(item);
    else if (item.type === 'account') this.accounts.declare(item);
    else if (item.type === 'assertion')
      this.assertions.push({ ...item, ordinal: this.entries.entries });
    else if (item.type === 'pad') this.pads.push(item);
    else if (item.type === 'party' || item.type === 'dimension-value') this.masters.declare(item);
    else if (item.type === 'issue') this.refuse(item);
    else if (item.type === 'note' && this.notes.size < MOST_NOTES) this.notes.add(item.message);
  }

  /** Waits for what is being written. */
  async settle(): Promise<void> {
    await this.entries.flush();
  }

  /** Reads the file through for its units before anything of it is taken. */
  async readUnits(items: AsyncIterable<SourceItem>): Promise<void> {
    for await (const item of items) this.units.scan(item);
    const { issues, notes } = this.units.verdict();
    for (const { code, line, message } of issues) this.fault(line, code, message);
    for (const note of notes) this.notes.add(note);
  }

  /** After the last item: writes what is left, with what follows from it. */
  async end(): Promise<void> {
    await this.entries.flush();
    await this.pad();
    await this.entries.flush();
  }

  /** Which entries close a year though they don’t say so; none where something is wrong. */
  async closings(): Promise<ImportedClosings> {
    const { book, closingEntries, types } = this.facts;
    if (this.issueCount > 0 || closingEntries === 'keep-kind' || this.candidates.isIdle)
      return { closing: [], notes: [] };
    return this.candidates.find(this.client, book, this.entries, this.accounts.types(types));
  }

  /** @param found what `closings` said when the file was read first */
  async finish(found: ImportedClosings): Promise<Staged> {
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
      newMasters: this.masters.proposed(),
      issues: this.issues.sort((a, b) => a.line - b.line),
      issueCount: this.issueCount,
      preview: {
        first: this.first,
        closing: found.closing.map(({ date, description, line }) => ({ line, date, description })),
        notes: [
          ...[...this.notes, ...found.notes],
          ...[...this.details.notes(), ...this.accounts.otherTypes()],
        ],
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
    if (this.first.length < SHOWN_ENTRIES) {
      this.first.push(shownEntry(entry, this.facts.exponent));
    }
    const before = this.issueCount;
    const wrongDate = refuseDate(entry.date, this.facts);
    if (wrongDate) this.fault(entry.line, wrongDate.code, explain(wrongDate).detail);
    if (entry.postings.length > MOST_LINES) {
      this.fault(entry.line, 'too-many-lines', `An entry may have ${MOST_LINES} lines at most.`);
    }
    const lines = await this.lines.of(entry);
    // Once something is wrong nothing will be posted: the rest is only read for its faults.
    if (this.issueCount > before || before > 0) return;
    const { date, reference, description } = entry;
    const ordinal = this.entries.entries + 1;
    const typeOf = (account: string) => this.accounts.typeOf(account, this.facts.types);
    this.candidates.note(entry, lines, ordinal, typeOf);
    const kind = this.closing.has(ordinal) ? 'closing' : (entry.kind ?? 'ordinary');
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
}
