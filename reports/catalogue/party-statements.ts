// Statements of customers and suppliers: per control account and party the opening, the lines, the closing; lines that
// name nobody are one section more. Closing entries count here. The document names one stretch of lines per section;
// names of accounts and parties stand in it alone, so that a new name rewrites no page.
import { type Account, normalSide, type Side } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import {
  type BookLedger,
  frame,
  lastMonth,
  money,
  net,
  netClosed,
  type Stamp,
} from './book-ledger.ts';
import {
  CONTROL_TOTALS,
  controlled,
  controlNotes,
  controlsFed,
  namedParties,
  netByParty,
} from './control-accounts.ts';
import { closingsIn, figureOf, mustEqual } from './invariants.ts';
import { closingOf } from './paged-rows.ts';
import { minor, type Stretch } from './pages.ts';
import { CLOSING, NO_PARTY, partyStatementTotals } from './party-statement-totals.ts';
import type { Part, ReportBody, ReportColumn } from './report.ts';
import {
  type Checked,
  EVERY_PERIOD,
  type LinesIndex,
  type ReportDefinition,
} from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'document', label: 'Document', kind: 'text' },
  { key: 'due', label: 'Due', kind: 'date' },
  { key: 'memo', label: 'Memo', kind: 'text' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
  { key: 'balance', label: 'Balance', kind: 'amount' },
];

export const partyStatements: ReportDefinition = {
  name: 'party-statements',
  title: 'Customer and supplier statements',
  question: 'Every line of every customer and supplier with what was open before and after it.',
  paged: true,
  items: true,
  periods: EVERY_PERIOD,
  views: { compared: [CLOSING] },
  beside: partyStatementTotals,
  fed: controlsFed(CONTROL_TOTALS.map(([controls]) => controls)),
  compute,
  invariants: [
    {
      name: 'statements-have-every-line',
      sentence: 'The lines add up to what each control account moved.',
      check: hasEveryLine,
    },
    {
      name: 'statements-end-at-the-party-balances',
      sentence: 'Opening and lines of each customer and supplier end at its closing balance.',
      against: 'party-balances',
      check: endsAtPartyBalances,
    },
    {
      name: 'statements-end-at-the-trial-balance',
      sentence: 'Together they end at the control accounts of the trial balance.',
      against: 'trial-balance',
      check: endsAtTrialBalance,
    },
  ],
};

/** One party's lines on one control account. */
interface Section {
  readonly of: NonNullable<Part['of']>;
  readonly normal: Side;
  /** Debit minus credit. */
  readonly opening: bigint;
  readonly lines: Stretch | null;
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp, lines: LinesIndex): ReportBody {
  const accounts = controlled(ledger);
  const sections = accounts.flatMap((account) =>
    sectionsOf(ledger, account, period, lines.parties(period, account.id)),
  );
  const sum = (side: Side) =>
    money(
      ledger,
      sections.reduce((total, { lines: own }) => total + (own?.[side] ?? 0n), 0n),
    );
  // Each opening balance is a line too.
  const rows = sections.reduce(
    (count, { lines: own }) => count + (own?.ref.lines ?? 0),
    sections.length,
  );
  return {
    ...frame(ledger, partyStatements, period, stamp),
    columns: COLUMNS,
    rows: [],
    parts: sections.map(({ of, normal, opening, lines: own }) => ({
      of,
      opening: money(ledger, normal === 'debit' ? opening : -opening),
      normal,
      stretch: own?.ref ?? null,
    })),
    controlAccounts: accounts.map(({ id }) => id),
    controlTotals: { rows, debit: sum('debit'), credit: sum('credit') },
    notes: controlNotes(ledger),
  };
}

function sectionsOf(
  ledger: BookLedger,
  { code, id, name, path, type }: Account,
  period: Period,
  lines: ReadonlyMap<number, Stretch>,
): Section[] {
  const from = monthOf(period.from);
  const whole = net(ledger.table.between(id, null, from, 'all'));
  const openings = netByParty(ledger, id, ({ month }) => month < from, whole);
  const shown = [...new Set([...openings.keys(), ...lines.keys()])].filter(
    (party) => lines.has(party) || openings.get(party) !== 0n,
  );
  return namedParties(ledger, shown, NO_PARTY).map(({ name: party, party: partyId }) => ({
    of: { account: code, path, name: `${name} · ${party}`, accountId: id, partyId },
    normal: normalSide(type),
    opening: openings.get(partyId) ?? 0n,
    lines: lines.get(partyId) ?? null,
  }));
}

const partsByAccount = ({ parts }: ReportBody): ReadonlyMap<number, readonly Part[]> =>
  Map.groupBy(parts!, ({ of }) => of!.accountId!);

function hasEveryLine({ body, ledger, period }: Checked): void {
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  const parts = partsByAccount(body);
  for (const { code, id } of controlled(ledger)) {
    const moved = ledger.table.between(id, from, until, 'all');
    for (const side of ['debit', 'credit'] as const) {
      const found = (parts.get(id) ?? [])
        .map(({ stretch }) => minor(stretch?.[side], body.exponent))
        .reduce((sum, own) => sum + own, 0n);
      mustEqual(body, `${side}s of ${code} are what it moved`, found, moved[side]);
    }
  }
}

/** The closing of each party on each control account; the year's closing entries aren't in it. */
function endsAtPartyBalances({ body, ledger, other: balances, period }: Checked): void {
  const parts = partsByAccount(body);
  const expected = closingsByParty(balances);
  const year = monthOf(period.fiscalYear.from);
  const until = addMonths(lastMonth(period), 1);
  const isClosed = ledger.table.hasClosing(year, until);
  for (const { code, id, type } of controlled(ledger)) {
    const natural = normalSide(type) === 'debit' ? 1n : -1n;
    const closed = isClosed
      ? netByParty(
          ledger,
          id,
          ({ closing, month }) => closing && month >= year && month < until,
          netClosed(ledger, id, period),
        )
      : new Map<number, bigint>();
    const found = new Map((parts.get(id) ?? []).map((part) => [part.of!.partyId!, part]));
    const standing = expected.get(id) ?? new Map<number, bigint>();
    for (const party of new Set([...found.keys(), ...standing.keys(), ...closed.keys()])) {
      const part = found.get(party);
      const end = (part ? closingOf(body, part) : 0n) - natural * (closed.get(party) ?? 0n);
      const called = part?.of?.name ?? `party ${party} on ${code}`;
      mustEqual(body, `${called} ends at its balance`, end, standing.get(party) ?? 0n);
    }
  }
}

/** Closing figures of the list of parties, by account and party. */
function closingsByParty(balances: ReportBody): ReadonlyMap<number, ReadonlyMap<number, bigint>> {
  const accounts = new Map<number, Map<number, bigint>>();
  let own = new Map<number, bigint>();
  for (const row of balances.rows) {
    const { accountId, kind, partyId } = row;
    if (kind === 'heading') {
      own = new Map();
      accounts.set(accountId!, own);
    } else if (kind === 'line') {
      own.set(partyId!, (own.get(partyId!) ?? 0n) + figureOf(balances, row, 'closing'));
    }
  }
  return accounts;
}

function endsAtTrialBalance({ body, ledger, other: balance, period }: Checked): void {
  const closings = closingsIn(balance);
  const parts = partsByAccount(body);
  for (const { code, id, type } of controlled(ledger)) {
    const natural = normalSide(type) === 'debit' ? 1n : -1n;
    const found = (parts.get(id) ?? []).reduce((sum, part) => sum + closingOf(body, part), 0n);
    const expected = natural * ((closings.get(id) ?? 0n) + netClosed(ledger, id, period));
    mustEqual(body, `statements of ${code} end at its trial balance`, found, expected);
  }
}
