// Reads the cells of one CSV row: its entry's date, kind, reference and description, and its posting.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { ENTRY_KINDS, type EntryKind } from '#ledger/domain/journal-entry.ts';
import type { MinorUnits } from '#ledger/domain/money.ts';
import { readDate } from '#ledger/domain/read-date.ts';
import { type DecimalSign, readFigure } from '#ledger/domain/read-figure.ts';
import type { CsvField } from './csv-columns.ts';
import type { CsvRow } from './csv-rows.ts';
import { inOneLine, LONGEST_NAME } from './own-text.ts';
import type { ReadOptions, SourceIssue, SourcePosting } from './source-item.ts';

export interface ReadRow {
  readonly date: CalendarDate;
  /** Null: the row doesn’t say. */
  readonly kind: EntryKind | null;
  readonly reference: string;
  readonly description: string;
  readonly posting: SourcePosting;
  /** What the row calls its customer or supplier. */
  readonly party?: { readonly code: string; readonly name: string };
}

interface Wrong {
  readonly field: CsvField;
  readonly code: string;
  readonly message: string;
}

const DETAILS: readonly CsvField[] = ['party', 'invoice', 'due', 'taxCode'];

export class CsvRowReader {
  private readonly columns: ReadonlyMap<CsvField, number>;
  private readonly dimensions: ReadonlyMap<string, number>;
  private readonly hasDetails: boolean;
  private readonly sign: DecimalSign;
  private readonly options: ReadOptions;
  private readonly places: Readonly<Record<CsvField, number>>;
  private readonly amounts: readonly CsvField[];
  /** The day read last: rows come in order of their days as a rule. */
  private day: { text: string; date: CalendarDate | null } = { text: '', date: null };

  constructor(
    columns: ReadonlyMap<CsvField, number>,
    dimensions: ReadonlyMap<string, number>,
    sign: DecimalSign,
    options: ReadOptions,
  ) {
    this.dimensions = dimensions;
    this.hasDetails = dimensions.size > 0 || DETAILS.some((field) => columns.has(field));
    this.columns = columns;
    this.sign = sign;
    this.options = options;
    const place = (field: CsvField) => columns.get(field) ?? -1;
    this.places = {
      date: place('date'),
      reference: place('reference'),
      description: place('description'),
      account: place('account'),
      debit: place('debit'),
      credit: place('credit'),
      amount: place('amount'),
      memo: place('memo'),
      kind: place('kind'),
      party: place('party'),
      partyName: place('partyName'),
      invoice: place('invoice'),
      due: place('due'),
      taxCode: place('taxCode'),
      taxPart: place('taxPart'),
    };
    this.amounts = columns.has('debit') ? ['debit', 'credit'] : ['amount'];
  }

  /** @returns what the row says, or what is wrong with it */
  read({ cells, line }: CsvRow): ReadRow | SourceIssue {
    const date = this.dateOf(cells);
    if (!date) {
      const message = `“${this.cell(cells, 'date')}” is not a date such as 2026-03-31.`;
      return this.issue(line, { field: 'date', code: 'date-malformed', message });
    }
    const kind = (this.cell(cells, 'kind') || null) as EntryKind | null;
    if (kind !== null && (!ENTRY_KINDS.includes(kind) || kind === 'reversal')) {
      const message = `“${kind}” is not ordinary, opening, adjusting or closing.`;
      return this.issue(line, { field: 'kind', code: 'kind-unknown', message });
    }
    const account = this.cell(cells, 'account');
    if (account === '') {
      const message = 'The row names no account.';
      return this.issue(line, { field: 'account', code: 'account-missing', message });
    }
    const amount = this.amount(cells);
    if (typeof amount !== 'bigint') return this.issue(line, amount);
    const reference = this.cell(cells, 'reference');
    const description = this.cell(cells, 'description') || reference || 'Imported entry';
    const details = this.hasDetails ? this.details(cells) : {};
    if ('code' in details) return this.issue(line, details);
    const posting = { line, account, amount, memo: this.cell(cells, 'memo'), ...details };
    return { date, kind, reference, description, posting, ...this.named(cells) };
  }

  private named(cells: readonly string[]): Pick<ReadRow, 'party'> {
    if (this.places.partyName < 0) return {};
    const code = this.cell(cells, 'party');
    const name = inOneLine(this.cell(cells, 'partyName')).slice(0, LONGEST_NAME);
    return code === '' || name === '' ? {} : { party: { code, name } };
  }

  private cell(cells: readonly string[], field: CsvField): string {
    return cells[this.places[field]]?.trim() ?? '';
  }

  /** What the line says beside its account and amount, or what is wrong with it. */
  private details(cells: readonly string[]): Pick<SourcePosting, 'details'> | Wrong {
    const due = this.cell(cells, 'due');
    const dueDate = due === '' ? '' : readDate(due, this.options.locale);
    if (dueDate === null) {
      const message = `“${due}” is not a date such as 2026-03-31.`;
      return { field: 'due', code: 'date-malformed', message };
    }
    const part = this.cell(cells, 'taxPart') || undefined;
    if (part !== undefined && part !== 'base' && part !== 'tax') {
      const message = `“${part}” is not base (what was taxed) or tax.`;
      return { field: 'taxPart', code: 'tax-part-unknown', message };
    }
    const dimensions = [...this.dimensions]
      .map(([code, at]) => [code, cells[at]?.trim() ?? ''] as const)
      .filter(([, value]) => value !== '');
    const [party, document] = [this.cell(cells, 'party'), this.cell(cells, 'invoice')];
    const taxCode = this.cell(cells, 'taxCode');
    if (!party && !document && !dueDate && !taxCode && dimensions.length === 0) return {};
    const named = { party, document, dueDate, dimensions: Object.fromEntries(dimensions) };
    return { details: { ...named, taxCode, taxPart: part } };
  }

  private issue(line: number, { code, field, message }: Wrong): SourceIssue {
    return { type: 'issue', line, column: (this.columns.get(field) ?? 0) + 1, code, message };
  }

  private dateOf(cells: readonly string[]): CalendarDate | null {
    if (this.places.date < 0) return this.options.openingDate ?? null;
    const text = this.cell(cells, 'date');
    if (text !== this.day.text) this.day = { text, date: readDate(text, this.options.locale) };
    return this.day.date;
  }

  /** Debit minus credit, or the signed amount. */
  private amount(cells: readonly string[]): MinorUnits | Wrong {
    let total: bigint | null = null;
    for (const field of this.amounts) {
      const text = this.cell(cells, field);
      if (text === '') continue;
      const amount = readFigure(text, this.options.exponent, this.sign);
      if (typeof amount !== 'bigint') {
        const why = {
          'not-a-number': 'is not an amount',
          'too-many-decimals': `has more than ${this.options.exponent} decimals`,
          'too-large': 'has more than 18 digits',
        }[amount];
        return { field, code: `amount-${amount}`, message: `“${text}” ${why}.` };
      }
      total = (total ?? 0n) + (field === 'credit' ? -amount : amount);
    }
    if (total !== null) return total as MinorUnits;
    return {
      field: this.amounts[0]!,
      code: 'amount-missing',
      message: 'The row has no amount.',
    };
  }
}
