// What must hold of documents before readers see them. A broken invariant is a bug of ours or a damaged ledger: the set
// isn't moved and the fault says which invariant, which document, which figure and by how much.
import { type Controls, normalSide } from '#ledger/domain/account.ts';
import type { Period } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { BookLedger } from './book-ledger.ts';
import { minor } from './pages.ts';
import type { ReportBody, ReportRow } from './report.ts';
import type { Checked, PeriodSet, ReportDefinition } from './report-definition.ts';

/** A figure of a document that isn't what it must be. Amounts are decimal texts. */
export interface Violation {
  /** Name of the invariant. */
  readonly invariant: string;
  readonly report: string;
  readonly period: string;
  /** Which figure, in words. */
  readonly figure: string;
  readonly found: string;
  readonly expected: string;
  readonly difference: string;
  /** Currency or other measure of the amounts. */
  readonly unit: string;
}

/** How the figures of a check are counted: the currency's minor units unless it says otherwise. */
interface Measure {
  readonly decimals: number;
  readonly unit: string;
}

type WrongFigure = Omit<Violation, 'invariant' | 'report' | 'period'>;

/** One figure that is wrong; `checkSet` adds whose it is. */
class WrongFigureFault extends Error {
  override readonly name = 'WrongFigureFault';
  readonly figure: WrongFigure;

  constructor(figure: WrongFigure) {
    super(figure.figure);
    this.figure = figure;
  }
}

/** Documents of a set contradict each other, or themselves. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(violations.map(violationText).join('; '));
    this.violations = violations;
  }
}

const violationText = (violation: Violation): string => {
  const { difference, expected, figure, found, period, report, unit } = violation;
  return `${report} ${period}: ${figure}: ${found} against ${expected} ${unit}, ${difference} apart`;
};

/**
 * Checks the invariants of the reports in a set, all of them even when one is broken.
 * @returns names of those checked: where a set lacks what one is held against, it isn't
 * @throws BrokenInvariant
 */
export function checkSet(
  reports: readonly ReportDefinition[],
  ledger: BookLedger,
  period: Period,
  set: PeriodSet,
): string[] {
  const checked: string[] = [];
  const violations: Violation[] = [];
  for (const { invariants, name: report } of reports) {
    const body = set[report];
    if (!body) continue;
    for (const { against, check, name } of invariants) {
      const other = against === undefined ? body : set[against];
      if (!other) continue;
      const wrong = wrongFigure(check, { ledger, period, body, other });
      if (wrong) violations.push({ invariant: name, report, period: period.key, ...wrong });
      checked.push(name);
    }
  }
  if (violations.length > 0) throw new BrokenInvariant(violations);
  return checked;
}

function wrongFigure(check: (checked: Checked) => void, checked: Checked): WrongFigure | null {
  try {
    check(checked);
    return null;
  } catch (fault) {
    if (fault instanceof WrongFigureFault) return fault.figure;
    throw fault;
  }
}

/** A total of a document, in minor units. */
export const controlTotal = (body: ReportBody, side: 'debit' | 'credit'): bigint =>
  minor(body.controlTotals[side], body.exponent);

/** A figure of a row, in minor units. */
export const figureOf = (body: ReportBody, row: ReportRow, key: string): bigint =>
  minor(row.values[key], body.exponent);

/** The row of this name that is no account's: a total or a line. @throws when there is none, which fails the check */
export function rowNamed(body: ReportBody, name: string): ReportRow {
  // Headings and subtotals bear names that users gave.
  const row = body.rows.findLast(
    ({ kind, account, name: own }) =>
      account === null && own === name && (kind === 'total' || kind === 'line'),
  );
  return row ?? missing(body, `row "${name}"`);
}

/** A sum of ours at the margin, where accounts and headings never stand. @throws when there is none, which fails the check */
export function sumNamed(body: ReportBody, name: string): ReportRow {
  const row = body.rows.findLast((own) => own.level === 0 && own.name === name);
  return row ?? missing(body, `sum "${name}"`);
}

/** The sums at the margin. */
export const marginSums = ({ rows }: ReportBody): readonly ReportRow[] =>
  rows.filter(({ kind, level }) => level === 0 && (kind === 'subtotal' || kind === 'total'));

function missing(body: ReportBody, what: string): never {
  const none = { found: 'none', expected: 'one', difference: '1', unit: '' };
  throw new WrongFigureFault({ figure: `${body.report} has a ${what}`, ...none });
}

/** Fails the check unless two figures are the same. @param measure default: minor units of the book's currency */
export function mustEqual(
  body: ReportBody,
  figure: string,
  found: bigint,
  expected: bigint,
  measure: Measure = { decimals: body.exponent, unit: body.currency },
): void {
  if (found === expected) return;
  const text = (amount: bigint) => decimalText(amount, measure.decimals);
  throw new WrongFigureFault({
    ...{ figure, found: text(found), expected: text(expected) },
    ...{ difference: text(found - expected), unit: measure.unit },
  });
}

/** Several invariants of a set read the same trial balance. */
const closings = new WeakMap<ReportBody, ReadonlyMap<number, bigint>>();

/** Closing balances of the accounts in a trial balance, debit minus credit in minor units; those that it leaves out are zero. */
export function closingsIn(balance: ReportBody): ReadonlyMap<number, bigint> {
  const known = closings.get(balance);
  if (known) return known;
  const found = new Map<number, bigint>();
  for (const row of balance.rows) {
    if (row.kind !== 'line' || row.accountId === undefined) continue;
    const debit = figureOf(balance, row, 'closingDebit');
    found.set(row.accountId, debit - figureOf(balance, row, 'closingCredit'));
  }
  closings.set(balance, found);
  return found;
}

/**
 * Holds a sum against the control accounts in the period's trial balance, and fails the check where it differs.
 * @param found minor units, positive on the accounts' side
 */
export function mustEqualAccounts(
  { body, ledger, other }: Checked,
  figure: string,
  found: bigint,
  controls: Controls,
): void {
  const balances = closingsIn(other);
  const sum = ledger.accounts
    .filter((account) => account.controls === controls)
    .map(({ id, type }) => (normalSide(type) === 'debit' ? 1n : -1n) * (balances.get(id) ?? 0n))
    .reduce((all, own) => all + own, 0n);
  mustEqual(body, figure, found, sum);
}
