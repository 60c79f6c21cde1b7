// What scenarios are given: books of a house of our own, filled when they are first asked for, or the one book of a
// given address.
import type { Month } from '#ledger/domain/calendar.ts';
import { todayIn } from '#ledger/domain/calendar.ts';
import { step } from '#server/entry/tell-steps.ts';
import type { BenchHouse } from './house/bench-house.ts';
import { type BenchBook, filledBook, importJournal, makeBook } from './house/fill-book.ts';
import { monthsBefore } from './house/ledger-csv.ts';
import { crewOf, inParallel } from './house/people.ts';
import type { BenchAddress } from './options.ts';
import type { Bench } from './scenario.ts';

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
const QUICK_SIZES = [10_000, 100_000];
const MONTHS = 60;
const CROWD = { books: 50, quickBooks: 20, accounts: 24, months: 6, postings: 600 };
const SECONDS = 8;
const QUICK_SECONDS = 2;
const SETTLE_SECONDS = 20;
const QUICK_SETTLE_SECONDS = 2;

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

const common = (quick: boolean) => {
  const months = monthsBefore(todayIn('UTC', Date.now()), MONTHS);
  return {
    quick,
    seconds: quick ? QUICK_SECONDS : SECONDS,
    settleSeconds: quick ? QUICK_SETTLE_SECONDS : SETTLE_SECONDS,
    sizes: quick ? QUICK_SIZES : SIZES,
    months,
    month: months.at(-1)!,
  };
};

/** A bench in a house of its own. */
export async function benchAtHome(house: BenchHouse, quick: boolean): Promise<Bench> {
  const facts = common(quick);
  const crew = await crewOf(house);
  return {
    ...facts,
    origin: house.url.replace('localhost', '127.0.0.1'),
    house,
    reader: bearer(crew.reader.key),
    writers: crew.accountants.map(({ key }) => bearer(key)),
    sized: async (postings) => (await filledBook(house, postings, facts.months)).book,
    crowd: () => crowdOf(house, facts.months, quick ? CROWD.quickBooks : CROWD.books),
  };
}

const crowdOf = (
  house: BenchHouse,
  months: readonly Month[],
  count: number,
): Promise<readonly BenchBook[]> =>
  house.once(`crowd-${count}`, () =>
    step(`${count} small books`, async (_say, bar) => {
      const books: BenchBook[] = [];
      const shape = { postings: CROWD.postings, seed: 1 };
      const slugs = Array.from({ length: count }, (_, at) => `bench-small-${count}-${at + 1}`);
      await inParallel(slugs, async (slug) => {
        const made = await makeBook(house, slug, CROWD.accounts, months.slice(-CROWD.months));
        await importJournal(house, made, shape);
        books.push({ ...made, postings: CROWD.postings });
        bar(`${books.length} of ${count}`, books.length / count);
      });
      return books;
    }),
  );

/** A bench against a given address: one book, one key. */
export async function benchAt(address: BenchAddress, quick: boolean): Promise<Bench> {
  const { url: origin, key, book: slug, post } = address;
  const answer = await fetch(`${origin}/api/v1/books/${slug}/accounts`, { headers: bearer(key) });
  if (answer.status !== 200)
    throw new Error(`${origin} answered ${answer.status} when asked for the accounts of ${slug}.`);
  const { accounts } = (await answer.json()) as { accounts: { code: string; closed: boolean }[] };
  const facts = common(quick);
  const open = accounts.filter(({ closed }) => !closed).map(({ code }) => code);
  const book = { id: 0, slug, accounts: open, months: facts.months.slice(-1), postings: 0 };
  return {
    ...facts,
    sizes: [0],
    origin,
    house: null,
    reader: bearer(key),
    writers: post ? [bearer(key)] : [],
    sized: async () => book,
    crowd: async () => [book],
  };
}
