// A journal whose lines say more: a third of its entries in dollars, a third in pounds, every line of income and expenses
// under one of twenty cost centres. In hledger's format, which has units; made as it is sent.
import { exactText } from '#ledger/formats/own-text.ts';
import { chanceFrom } from '#server/demo/random.ts';
import type { JournalShape } from './ledger-csv.ts';
import { daysOf } from './ledger-csv.ts';

export const CENTRES = Array.from({ length: 20 }, (_, at) => `c${at + 1}`);
/** Base currency for one: two decimals, so that whole units leave nothing to round. */
const RATES = { USD: '0.92', GBP: '1.17' } as const;
const CHUNK_ENTRIES = 2_000;

/** Entries of two lines. @param names of accounts as the format names them: half of income and expenses, half of assets */
export async function* detailedJournal(
  { months, postings, seed }: Omit<JournalShape, 'accounts'>,
  names: { readonly result: readonly string[]; readonly assets: readonly string[] },
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const chance = chanceFrom(seed);
  const days = daysOf(months);
  const entries = Math.floor(postings / 2);
  let pieces = ['decimal-mark .\n'];
  for (let at = 0; at < entries; at++) {
    const day = days[Math.floor((at / entries) * days.length)]!;
    const [result, asset] = [chance.pick(names.result), chance.pick(names.assets)];
    const whole = chance.int(1, 2_000);
    const unit = (['EUR', 'USD', 'GBP'] as const)[at % 3]!;
    const amount = unit === 'EUR' ? `${whole}.00 EUR` : `${whole}.00 ${unit} @ ${RATES[unit]} EUR`;
    const centre = exactText(JSON.stringify({ dimensions: { centre: CENTRES[at % 20] } }));
    pieces.push(
      `${day} (D${seed}-${at + 1}) Goods\n    ${result}  ${amount}\n    ; details: ${centre}\n    ${asset}\n\n`,
    );
    if (pieces.length < CHUNK_ENTRIES) continue;
    yield encoder.encode(pieces.join(''));
    pieces = [];
  }
  yield encoder.encode(pieces.join(''));
}
