// Posts a journal entry.
import { z } from 'zod';
import { parseDate } from '#ledger/domain/calendar.ts';
import { decideEntry } from '#ledger/domain/decide-entry.ts';
import type { JournalEntry, Posting } from '#ledger/domain/journal-entry.ts';
import { LONGEST_DOCUMENT } from '#ledger/domain/line-details.ts';
import { isTooLarge } from '#ledger/domain/money.ts';
import { refuse } from './answer.ts';
import type { EntryNeeds, EntryState } from './entry-state.ts';
import { unitKey } from './entry-units.ts';
import { line, plain, requiredLine } from './input-shapes.ts';
import type { EntryUseCase } from './run-entries.ts';

const INPUT = z.strictObject({
  date: plain(40),
  description: requiredLine(1000),
  reference: line(200).default(''),
  kind: z.enum(['ordinary', 'opening', 'adjusting', 'closing']).default('ordinary'),
  lines: z
    .array(
      z.strictObject({
        account: plain(64),
        side: z.enum(['debit', 'credit']),
        amount: plain(64),
        memo: line(500).default(''),
        /** Another unit than the base currency, and what it is worth: see `AskedLine`. */
        unit: plain(24).optional(),
        rate: plain(64).optional(),
        baseAmount: plain(64).optional(),
        /** Whom it is with, what it opens or settles, what it is counted under: see `AskedDetails`. */
        party: plain(64).optional(),
        document: line(LONGEST_DOCUMENT).optional(),
        dueDate: plain(40).optional(),
        dimensions: z.record(plain(64), plain(64)).optional(),
        taxCode: plain(64).optional(),
        taxFrom: z.enum(['net', 'gross']).optional(),
        taxPart: z.enum(['base', 'tax']).optional(),
      }),
    )
    .max(100_000),
});

type Input = z.output<typeof INPUT>;

export const postJournalEntry: EntryUseCase<Input> = {
  name: 'postJournalEntry',
  action: 'entry.post',
  input: INPUT,
  needs: (input) => ({
    codes: input.lines.map((asked) => asked.account),
    reverses: null,
    units: unitNeeds(input),
    details: detailNeeds(input),
  }),
  lines: (input) => input.lines.length,
  decide(state, input): JournalEntry {
    const { accounts, base, dates, details, exponent, roundingAccount, units } = state;
    const rateOn: EntryState['rateOn'] = (unit, date) => state.rateOn(unit, date);
    const lineFacts = { base, exponent, accounts, units, rateOn, roundingAccount, ...details };
    const decided = decideEntry(input, { ...dates, ...lineFacts });
    if ('refusal' in decided) return refuse(decided.refusal);
    refuseTooLargeBalance(state, input, decided.postings);
    refuseTooLargeUnits(state, input, decided.postings);
    return {
      number: state.nextNumber,
      date: decided.date,
      kind: input.kind,
      closing: input.kind === 'closing',
      reference: input.reference,
      description: input.description,
      reverses: null,
      lines: decided.postings,
    };
  },
};

/** The units that lines name, with the entry's day. */
function unitNeeds({ date: asked, lines }: Input): EntryNeeds['units'] {
  const date = parseDate(asked);
  const units = new Set(lines.flatMap(({ unit }) => (unit === undefined ? [] : [unit])));
  return date === null ? [] : [...units].map((unit) => ({ unit, date }));
}

/** Parties, values of dimensions and taxes that lines name. */
const detailNeeds = ({ date: asked, lines }: Input): EntryNeeds['details'] => {
  const date = parseDate(asked);
  return {
    parties: lines.flatMap(({ party }) => (party ? [party] : [])),
    values: lines.flatMap(({ dimensions = {} }) => Object.entries(dimensions)),
    taxes: lines.flatMap(({ taxCode: code }) => (code && date ? [{ code, date }] : [])),
  };
};

/** The same as below for each unit by itself. */
function refuseTooLargeUnits(
  state: EntryState,
  { lines }: Input,
  postings: readonly Posting[],
): void {
  const after = new Map<string, bigint>();
  for (const [at, { account, side, units }] of postings.entries()) {
    if (!units) continue;
    const key = unitKey(units.unit, account);
    const before = after.get(key) ?? state.unitBalance(account, units.unit);
    const balance = side === 'debit' ? before + units.quantity : before - units.quantity;
    after.set(key, balance);
    if (!isTooLarge(balance)) continue;
    const amount = lines[at]?.amount ?? '';
    refuse({ code: 'amount-too-large', field: `lines.${at}.amount`, amount });
  }
}

/** Refuses postings after which an account's balance (debit minus credit, over all months) would pass 18 digits. */
function refuseTooLargeBalance(
  { accounts, balances }: EntryState,
  { lines }: Input,
  postings: readonly Posting[],
): void {
  const after = new Map<number, bigint>();
  for (const { account, amount, side } of postings) {
    const before = after.get(account) ?? balances.get(account) ?? 0n;
    after.set(account, side === 'debit' ? before + amount : before - amount);
  }
  const [tooLarge] = [...accounts.values()]
    .filter(({ id }) => isTooLarge(after.get(id) ?? 0n))
    .map(({ code }) => code)
    .sort();
  if (tooLarge === undefined) return;
  const at = lines.findIndex(({ account }) => account === tooLarge);
  const { amount } = lines[at] ?? lines[0]!;
  // An account that no line names took their taxes.
  refuse({ code: 'amount-too-large', field: at < 0 ? 'lines' : `lines.${at}.amount`, amount });
}
