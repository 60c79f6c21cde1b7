// Asks for the lines behind every amount of every document of a book, and holds their sum against the amount; of a consolidated
// amount its parts, and the lines behind each of them.
import type { Period } from '#ledger/domain/calendar.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { FigureQuestion } from '#workers/figure-found.ts';
import { figureLines } from '#workers/figure-lines.ts';
import type { FigureParts } from '#workers/figure-parts.ts';

export interface Asked {
  /** Amounts that have lines behind them and agree with these. */
  readonly agree: number;
  /** Amounts that haven't. */
  readonly without: ReadonlyMap<string, number>;
  /** What doesn't agree, in words. */
  readonly wrong: readonly string[];
}

/** @param until the position of the documents @param readable ids of members of a group whose entries are asked for */
export async function askEveryAmount(
  store: LedgerStore,
  bookId: number,
  until: number,
  documents: readonly { readonly body: ReportBody; readonly period: Period }[],
  readable: readonly number[] = [],
): Promise<Asked> {
  let agree = 0;
  const without = new Map<string, number>();
  const wrong: string[] = [];
  for (const { body, period } of documents) {
    for (const [at, row] of body.rows.entries()) {
      for (const { key, kind } of body.columns) {
        const amount = row.values[key] ?? '';
        if (kind !== 'amount' || row.kind === 'heading' || !/[1-9]/.test(amount)) continue;
        const question = { bookId, body, period, asOf: until, at, key, page: 1, readable };
        const found = await figureLines(store, question);
        const of = `${body.report} ${key}`;
        const own = `${of} ${period.key}, ${row.name}`;
        if (!found) without.set(of, (without.get(of) ?? 0) + 1);
        else if (found.sum === amount && found.total > 0) agree++;
        else wrong.push(`${own}: ${amount}, lines ${found.sum}`);
        if (found && 'parts' in found)
          wrong.push(...(await wrongParts(store, question, own, found)));
      }
    }
  }
  return { agree, without, wrong };
}

/** Parts that aren't the sum of the lines of their book. */
async function wrongParts(
  store: LedgerStore,
  question: FigureQuestion,
  of: string,
  { parts }: FigureParts,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { account, amount, currency, member, place } of parts) {
    const lines = await figureLines(store, { ...question, part: place });
    const found = lines && 'lines' in lines ? lines : null;
    if (found?.sum !== amount || found.unit !== currency || found.total === 0) {
      wrong.push(`${of}, ${member} ${account}: ${amount} ${currency}, lines ${found?.sum}`);
    }
  }
  return wrong;
}
