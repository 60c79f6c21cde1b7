// Asks for the lines behind every amount of every document of a book, and holds their sum against the amount.
import type { Period } from '#ledger/domain/calendar.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { figureLines } from '#workers/figure-lines.ts';

export interface Asked {
  /** Amounts that have lines behind them and agree with these. */
  readonly agree: number;
  /** Amounts that haven't. */
  readonly without: ReadonlyMap<string, number>;
  /** What doesn't agree, in words. */
  readonly wrong: readonly string[];
}

/** @param until the position of the documents */
export async function askEveryAmount(
  store: LedgerStore,
  bookId: number,
  until: number,
  documents: readonly { readonly body: ReportBody; readonly period: Period }[],
): Promise<Asked> {
  let agree = 0;
  const without = new Map<string, number>();
  const wrong: string[] = [];
  for (const { body, period } of documents) {
    for (const [at, row] of body.rows.entries()) {
      for (const { key, kind } of body.columns) {
        const amount = row.values[key] ?? '';
        if (kind !== 'amount' || row.kind === 'heading' || !/[1-9]/.test(amount)) continue;
        const question = { bookId, body, period, asOf: until, at, key, page: 1 };
        const found = await figureLines(store, question);
        const of = `${body.report} ${key}`;
        if (!found) without.set(of, (without.get(of) ?? 0) + 1);
        else if (found.sum === amount && found.total > 0) agree++;
        else wrong.push(`${of} ${period.key}, ${row.name}: ${amount}, lines ${found.sum}`);
      }
    }
  }
  return { agree, without, wrong };
}
