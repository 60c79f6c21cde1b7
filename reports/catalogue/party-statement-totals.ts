// Statements of customers and suppliers beside other periods: not their lines but what these end at, by control account and
// party. Closing entries count, as in the statements. It is counted from what stands by party and month, and held against
// what the pages of the statements themselves end at.
import { normalSide } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, lastMonth, money, net } from './book-ledger.ts';
import {
  CONTROL_TOTALS,
  controlled,
  controlNotes,
  namedParties,
  netByParty,
} from './control-accounts.ts';
import { type Figure, headingOver, type LinesBehind } from './lines-behind.ts';
import { closingOf } from './paged-rows.ts';
import { lineCount, NO_ACCOUNT, type ReportColumn, type ReportRow } from './report.ts';
import type { Beside, StatedBody } from './report-definition.ts';

export const CLOSING = 'closing';

const COLUMNS: readonly ReportColumn[] = [{ key: CLOSING, label: 'Closing', kind: 'amount' }];

/** What names nobody. */
export const NO_PARTY = 'No party';

/** What a party's lines on an account end at, in the account's natural sign. */
interface Closing {
  readonly party: number;
  readonly name: string;
  readonly closing: bigint;
}

export const partyStatementTotals: Beside = {
  compute: (ledger, periods) => periods.map((period) => compute(ledger, period)),
  of(body, ledger) {
    const parts = Map.groupBy(body.parts!, ({ of }) => of!.accountId!);
    return rowsOf(ledger, ({ id, name }) =>
      (parts.get(id) ?? []).map((part) => ({
        party: part.of!.partyId!,
        name: part.of!.name.slice(`${name} · `.length),
        closing: closingOf(body, part),
      })),
    );
  },
  behind: { line: behindLine },
};

function compute(ledger: BookLedger, period: Period): StatedBody {
  const { table } = ledger;
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  const rows = rowsOf(ledger, ({ id, type }) => {
    const whole = net(table.between(id, null, until, 'all'));
    const closings = netByParty(ledger, id, ({ month }) => month < until, whole);
    return namedParties(ledger, closings.keys(), NO_PARTY).map(({ name, party }) => {
      const closing = closings.get(party)!;
      return { party, name, closing: normalSide(type) === 'debit' ? closing : -closing };
    });
  });
  const moved = controlled(ledger).map(({ id }) => table.between(id, from, until, 'all'));
  const sum = (side: 'debit' | 'credit') => moved.reduce((all, own) => all + own[side], 0n);
  return {
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, sum('debit')),
      credit: money(ledger, sum('credit')),
    },
    notes: [
      'What the lines of each customer and supplier end at, closing entries counted.',
      ...controlNotes(ledger),
    ],
  };
}

/** Control accounts with their parties; of those that nothing is left of no row. */
function rowsOf(
  ledger: BookLedger,
  closingsOf: (account: BookLedger['accounts'][number]) => readonly Closing[],
): ReportRow[] {
  const values = (amount: bigint) => ({ [CLOSING]: money(ledger, amount) });
  const sumOf = (closings: readonly Closing[]) =>
    closings.reduce((all, { closing }) => all + closing, 0n);
  return CONTROL_TOTALS.flatMap(([controls, title]): ReportRow[] => {
    const accounts = controlled(ledger).filter((account) => account.controls === controls);
    const own = accounts.map((account) => ({ account, closings: closingsOf(account) }));
    return [
      ...own.flatMap(({ account: { code, id, name, path }, closings }): ReportRow[] => [
        { ...NO_ACCOUNT, kind: 'heading', account: code, path, accountId: id, name, values: {} },
        ...closings
          .filter(({ closing }) => closing !== 0n)
          .map(({ closing, name: called, party }): ReportRow => {
            const line = { ...NO_ACCOUNT, kind: 'line', level: 1, name: called } as const;
            return { ...line, partyId: party, values: values(closing) };
          }),
        {
          ...{ ...NO_ACCOUNT, kind: 'subtotal', name: `Total ${name}` },
          values: values(sumOf(closings)),
        },
      ]),
      {
        ...{ ...NO_ACCOUNT, kind: 'total', name: title },
        values: values(sumOf(own.flatMap(({ closings }) => closings))),
      },
    ];
  });
}

function behindLine({ at, body, book, period, row }: Figure): LinesBehind[] | null {
  const { accountId } = headingOver(body, at, 0).row;
  const account = book.accounts.find(({ id }) => id === accountId);
  if (!account) return null;
  const lines = {
    sign: normalSide(account.type) === 'debit' ? (1 as const) : (-1 as const),
    accounts: [account.id],
    from: null,
    until: addMonths(lastMonth(period), 1),
    closingBefore: null,
  };
  const party = row.partyId ?? 0;
  const named = { ...lines, items: { party } };
  // What names nobody may name a document all the same.
  return party === 0 ? [named, { ...lines, items: 'rest' }] : [named];
}
