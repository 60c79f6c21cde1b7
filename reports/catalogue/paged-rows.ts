// The rows of a paged report: those that stand around its pages, and those of a page. Running balances are counted
// here, when a page is read, from what stands before it: a back-dated entry rewrites the headers of later months but
// none of their pages.
import { decimalText } from '#ledger/domain/money.ts';
import { minor, type PageEntry } from './pages.ts';
import type { AccountName, Part, ReportBody, ReportRow } from './report.ts';

const PLAIN = { level: 1, account: null, path: null } as const;

/** What stands above a part's lines. */
export function rowsAbove(body: ReportBody, part: Part): ReportRow[] {
  if (part.of === null) return [];
  return [
    { kind: 'heading', level: 0, ...part.of, values: {} },
    {
      ...{ kind: 'line', ...PLAIN, name: 'Opening balance' },
      values: { date: body.period.from, balance: part.opening },
    },
  ];
}

/** The balance after a part's last line, in the account's natural sign. */
export function closingOf({ exponent }: ReportBody, { normal, opening, stretch }: Part): bigint {
  const grown = minor(stretch?.debit, exponent) - minor(stretch?.credit, exponent);
  return minor(opening, exponent) + (normal === 'debit' ? grown : -grown);
}

/** What stands below a part's lines. */
export function rowsBelow(body: ReportBody, part: Part): ReportRow[] {
  if (part.of === null) return [];
  const zero = decimalText(0n, body.exponent);
  const { debit, credit } = part.stretch ?? { debit: zero, credit: zero };
  const balance = decimalText(closingOf(body, part), body.exponent);
  return [
    {
      ...{ kind: 'subtotal', ...PLAIN, name: 'Closing balance' },
      values: { date: body.period.to, debit, credit, balance },
    },
  ];
}

/** The last row of a paged report. */
export const totalRow = ({ controlTotals: { debit, credit } }: ReportBody): ReportRow => ({
  ...{ kind: 'total', level: 0, account: null, path: null, name: 'Total' },
  values: { debit, credit },
});

/** All rows of a paged report that are there without reading its pages. */
export const rowsAround = (body: ReportBody): ReportRow[] => [
  ...(body.parts ?? []).flatMap((part) => [...rowsAbove(body, part), ...rowsBelow(body, part)]),
  totalRow(body),
];

/** Lines of a page of a ledger or of statements. @param opening the balance before its first line, in the account's natural sign. */
export function ledgerRows(
  entries: readonly PageEntry[],
  exponent: number,
  normal: Part['normal'],
  opening: bigint,
): ReportRow[] {
  let balance = opening;
  return entries.flatMap(([date, entry, name, reference, , lines]) =>
    lines.map(([, side, amount, memo, document = '', due = '']): ReportRow => {
      const grown = side > 0 ? minor(amount, exponent) : -minor(amount, exponent);
      balance += normal === 'debit' ? grown : -grown;
      const values = filled({
        ...{ date, entry: `${entry}`, reference, document, due, memo },
        [side > 0 ? 'debit' : 'credit']: amount,
        balance: decimalText(balance, exponent),
      });
      return { kind: 'line', ...PLAIN, name, values, entry };
    }),
  );
}

/** Lines of a journal page under the headings of their entries. */
export function journalRows(
  entries: readonly PageEntry[],
  accounts: ReadonlyMap<number, AccountName>,
): ReportRow[] {
  return entries.flatMap(([date, entry, name, reference, continued, lines]) => {
    const values = filled({ date, entry: `${entry}`, reference });
    const heading: ReportRow = { kind: 'heading', ...PLAIN, level: 0, name, values, entry };
    const rows = lines.map(([id, side, amount, memo]): ReportRow => {
      const account = accounts.get(id);
      if (!account) throw new Error(`entry ${entry} has a line on unknown account ${id}`);
      const [, code, path, own] = account;
      return {
        ...{ kind: 'line', level: 1, account: code, path, name: own },
        values: filled({ memo, [side > 0 ? 'debit' : 'credit']: amount }),
        ...{ accountId: id, entry },
      };
    });
    return continued ? rows : [heading, ...rows];
  });
}

/** The texts among these that aren't empty. */
function filled(texts: Record<string, string>): Record<string, string> {
  for (const key in texts) if (texts[key] === '') delete texts[key];
  return texts;
}
