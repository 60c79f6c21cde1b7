// What one entry costs the documents of a book whose lines say more: twenty values of a dimension, three currencies, customers, a
// budget; and once more with twenty views that somebody asked for. From the 201 until every document is at the entry's position,
// how many documents that touched, and what it wrote into the document store.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { step } from '#server/entry/tell-steps.ts';
import { CENTRES, detailedJournal } from '../house/detailed-journal.ts';
import { type BenchBook, importFile, makeBook } from '../house/fill-book.ts';
import { accepted, crewOf } from '../house/people.ts';
import { reportPath, today } from '../requests.ts';
import {
  type Bench,
  grouped,
  houseOf,
  milliseconds,
  type Row,
  type Scenario,
} from '../scenario.ts';

const POSTINGS = 1_000_000;
const QUICK_POSTINGS = 100_000;
const TARGET_MS = 1_000;
const UNMEASURED = 3;
const RECEIVABLES = '1290';
const CUSTOMERS = Array.from({ length: 20 }, (_, at) => `k${at + 1}`);
/** Longer than a busy book's rest: every entry finds its book level. */
const PAUSE_MS = 150;

export const detailed: Scenario = {
  name: 'detailed',
  needs: 'house',
  async run(bench) {
    const postings = bench.quick ? QUICK_POSTINGS : POSTINGS;
    const book = await detailedBook(bench, postings);
    const alone = await series(bench, book, postings, '');
    await askForViews(bench, book);
    const views = `, ${VIEWS.length} views kept besides`;
    return [alone, await series(bench, book, postings, views)];
  },
};

async function series(
  bench: Bench,
  book: BenchBook,
  postings: number,
  besides: string,
): Promise<Row> {
  const { documents } = houseOf(bench).side;
  const times = bench.quick ? 12 : 40;
  const took: number[] = [];
  const worked: number[] = [];
  let touched = 0;
  // The first find the documents behind the budget, or behind what was asked for.
  for (let at = 0; at < UNMEASURED; at++) await oneEntry(bench, book, at);
  const since = new Date();
  for (let at = 0; at < times; at++) {
    await sleep(PAUSE_MS);
    took.push(await oneEntry(bench, book, at));
    const { last } = (await documents.position(book.id))!;
    worked.push(last!.ms);
    touched = Math.max(touched, last!.documents);
  }
  const { bytes, count } = await documents.writtenSince(book.id, since);
  took.sort((a, b) => a - b);
  worked.sort((a, b) => a - b);
  const median = Math.floor(times / 2);
  return {
    what: `One entry until all its documents are current, ${grouped(postings)} postings with details${besides}`,
    figure: milliseconds(took[median]!),
    baseline: '–',
    ratio: null,
    target: `≤ ${TARGET_MS} ms`,
    reached: took.at(-1)! <= TARGET_MS,
    how: `20 values of a dimension, 3 currencies, 20 customers, a budget; median of ${times} after ${UNMEASURED}, the slowest ${milliseconds(took.at(-1)!)}; ${touched} documents written, an entry ${(count / times).toFixed(0)} bodies, pages and nodes of ${(bytes / times / 1024).toFixed(0)} KB as stored, ${milliseconds(worked[median]!)} of the worker`,
  };
}

const VIEWS = ['balance-sheet', 'income-statement', 'trial-balance', 'cash-flow'].flatMap(
  (report) =>
    ['previous-1', 'previous-3', 'previous-12', 'years-1', 'years-3'].map(
      (by) => `${report}~${by}`,
    ),
);

/** Each is answered when it is made. */
async function askForViews(bench: Bench, { id, slug }: BenchBook): Promise<void> {
  const { asked, head } = houseOf(bench).side.documents;
  const period = today().slice(0, 7) as PeriodKey;
  await Promise.all(VIEWS.map((report) => asked.ask({ book: id, report, period })));
  for (const report of VIEWS) {
    while (!(await head(id, report, period))) await sleep(PAUSE_MS);
    const path = reportPath(slug, report, `${period}.json`);
    const shown = await fetch(`${bench.origin}${path}`, { headers: bench.reader });
    await shown.arrayBuffer();
    if (shown.status !== 200) throw new Error(`${path} was answered ${shown.status}`);
  }
}

/** @returns from the 201 until a document is served at the entry's position: all documents move in one step */
async function oneEntry(bench: Bench, book: BenchBook, at: number): Promise<number> {
  const centre = { dimensions: { centre: CENTRES[at % CENTRES.length]! } };
  const unit = [{}, { unit: 'USD', rate: '0.92' }, { unit: 'GBP', rate: '1.17' }][at % 3]!;
  const amount = '100.00';
  const item = { party: CUSTOMERS[at % CUSTOMERS.length]!, document: `INV-${randomUUID()}` };
  const lines = [
    { account: RECEIVABLES, side: 'debit', amount, ...unit, ...item },
    { account: '4000', side: 'credit', amount, ...centre, ...unit },
  ];
  const posted = await fetch(`${bench.origin}/api/v1/books/${book.slug}/journal-entries`, {
    method: 'POST',
    headers: { ...bench.writers[0]!, 'content-type': 'application/json' },
    body: JSON.stringify({ date: today(), description: `Entry with details ${at}`, lines }),
  });
  const answer = (await posted.json()) as { position: number };
  if (posted.status !== 201) throw new Error(`An entry was answered ${JSON.stringify(answer)}`);
  const began = performance.now();
  const path = reportPath(book.slug, 'result-by-dimension', `${today().slice(0, 7)}.json`);
  const address = `${bench.origin}${path}?minPosition=${answer.position}`;
  const shown = await fetch(address, { headers: bench.reader });
  await shown.arrayBuffer();
  if (shown.status !== 200) throw new Error(`${path} was answered ${shown.status}`);
  return performance.now() - began;
}

const detailedBook = (bench: Bench, postings: number): Promise<BenchBook> => {
  const house = houseOf(bench);
  const slug = `bench-detailed-${postings}`;
  return house.once(slug, () =>
    step(`Book of ${grouped(postings)} postings with details`, async (_say, bar) => {
      const made = await makeBook(house, slug, 100, bench.months);
      const { commands } = house.side;
      const { owner } = await crewOf(house);
      const call = () => ({
        actor: { userId: owner.id, via: 'system' as const },
        commandId: randomUUID(),
        book: made.id,
      });
      accepted(await commands.defineDimension(call(), { code: 'centre', name: 'Cost centre' }));
      for (const code of CENTRES) {
        const value = { dimension: 'centre', code, name: `Centre ${code}` };
        accepted(await commands.addDimensionValue(call(), value));
      }
      accepted(
        await commands.designateAccount(call(), { code: RECEIVABLES, controls: 'receivables' }),
      );
      for (const code of CUSTOMERS) {
        accepted(await commands.addParty(call(), { code, name: `Customer ${code}` }));
      }
      const named = (root: string, count: number) =>
        Array.from({ length: count }, (_, at) => `${root}:${root} ${at + 1}`);
      const names = {
        result: [...named('Income', 20), ...named('Expenses', 30)],
        assets: named('Assets', 30),
      };
      const journal = { months: bench.months, postings, seed: 1 };
      const body = detailedJournal(journal, names);
      const file = { format: 'hledger', name: `${slug}.journal`, body, postings };
      await importFile(house, made, file, (done) =>
        bar(`${Math.round(done * 100)} % of the file`, done),
      );
      const year = bench.month.slice(0, 4);
      const plan = { year, from: 'actual', percent: '5' };
      accepted(await commands.copyBudget(call(), plan));
      return { ...made, postings };
    }),
  );
};
