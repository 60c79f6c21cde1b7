// What the trading company's lines name beside their account: customers and suppliers with their invoices, VAT, the sales
// channel and the cost centre.
import type { CalendarDate } from '#ledger/domain/calendar.ts';

export interface DemoDetails {
  /** Name of a customer or supplier. */
  readonly party?: string;
  /** Number of the invoice. */
  readonly document?: string;
  readonly due?: CalendarDate;
  readonly channel?: string;
  /** Whether the line was taxed or is the tax; by this tax code. */
  readonly tax?: readonly [code: string, part: 'base' | 'tax'];
}

interface DemoDimension {
  readonly code: string;
  readonly name: string;
  readonly values: readonly (readonly [code: string, name: string, parent: string | null])[];
}

export const DIMENSIONS: readonly DemoDimension[] = [
  {
    code: 'channel',
    name: 'Sales channel',
    values: [
      ['trade', 'Trade', null],
      ['wholesale', 'Wholesale', 'trade'],
      ['export', 'Export', 'trade'],
      ['retail', 'Retail', null],
      ['shop', 'Shop', 'retail'],
      ['web', 'Web shop', 'retail'],
    ],
  },
  {
    code: 'centre',
    name: 'Cost centre',
    values: [
      ['warehouse', 'Warehouse', null],
      ['store', 'Shop floor', null],
      ['sales', 'Sales office', null],
      ['office', 'Administration', null],
    ],
  },
];

export const TAX_CODES = [
  {
    ...{ code: 'OUT23', name: 'VAT on sales', kind: 'output', account: '2200' },
    ...{ baseBox: 'E1', taxBox: 'T1', rate: '23' },
  },
  {
    ...{ code: 'OUT0', name: 'Sales abroad', kind: 'output', account: '2200' },
    ...{ baseBox: 'E2', taxBox: 'T1', rate: '0' },
  },
  {
    ...{ code: 'IN23', name: 'VAT on purchases', kind: 'input', account: '2210' },
    ...{ baseBox: 'R1', taxBox: 'T2', rate: '23' },
  },
] as const;

export const CONTROL_ACCOUNTS = [
  ['1100', 'receivables'],
  ['1105', 'receivables'],
  ['2100', 'payables'],
  ['2105', 'payables'],
] as const;

const CHANNELS: readonly (readonly [prefix: string, channel: string])[] = [
  ['4050', 'export'],
  ['4060', 'shop'],
  ['4070', 'web'],
  ['40', 'wholesale'],
];
const CENTRES: readonly (readonly [prefix: string, centre: string])[] = [
  ['6001', 'warehouse'],
  ['6020', 'warehouse'],
  ['6201', 'warehouse'],
  ['6205', 'warehouse'],
  ['50', 'warehouse'],
  ['6002', 'store'],
  ['6245', 'store'],
  ['6003', 'sales'],
  ['62', 'sales'],
  ['63', 'sales'],
  ['6', 'office'],
];

const byPrefix = (account: string, places: typeof CHANNELS): string =>
  places.find(([prefix]) => account.startsWith(prefix))?.[1] ?? '';

/** The channel and the centre of a line on an account. Goods sold belong to no centre. */
export const countedUnder = (account: string, { channel }: DemoDetails) => ({
  channel: channel ?? byPrefix(account, CHANNELS),
  centre: /^500/.test(account) ? '' : byPrefix(account, CENTRES),
});

/** Codes of parties by name, in the order of first mention. */
export function partyCodes(
  entries: readonly { readonly lines: readonly { readonly details?: DemoDetails }[] }[],
): Map<string, string> {
  const codes = new Map<string, string>();
  for (const { lines } of entries) {
    for (const { details } of lines) {
      if (!details?.party || codes.has(details.party)) continue;
      codes.set(details.party, `P${String(codes.size + 1).padStart(3, '0')}`);
    }
  }
  return codes;
}

/** What the sales office plans for a spring campaign, beside what the year before cost. */
export const campaignOf = (year: string) =>
  ['03', '04', '05'].map((month) => ({
    ...{ account: '6215', dimensions: { centre: 'sales' } },
    ...{ month: `${year}-${month}`, amount: '2500.00' },
  }));
