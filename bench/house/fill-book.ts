// Fills a book through the real import: the file is made while it is sent to the API, a worker posts it, and the book
// is ready when its documents are at the position of the import.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addMonths, firstDay, lastDay, type Month } from '#ledger/domain/calendar.ts';
import { step } from '#server/entry/tell-steps.ts';
import type { BenchHouse } from './bench-house.ts';
import { type JournalShape, journalCsv } from './ledger-csv.ts';
import { accepted, addPeople, crewOf } from './people.ts';

export interface BenchBook {
  readonly id: number;
  readonly slug: string;
  /** Codes of accounts that may be posted to. */
  readonly accounts: readonly string[];
  /** With entries, in order. */
  readonly months: readonly Month[];
  readonly postings: number;
}

export interface Imported {
  readonly position: number;
  /** From accepted to posted. */
  readonly seconds: number;
  /** From posted until the documents show it. */
  readonly documentSeconds: number;
}

const POLL_MS = 25;

/** Makes an empty book with this many accounts for journals of these months. */
export async function makeBook(
  house: BenchHouse,
  slug: string,
  accounts: number,
  months: readonly Month[],
): Promise<Omit<BenchBook, 'postings'>> {
  const { owner, accountants, reader } = await crewOf(house);
  const actor = { userId: owner.id, via: 'system' as const };
  const call = (book?: number) => ({
    actor,
    commandId: randomUUID(),
    ...(book === undefined ? {} : { book }),
  });
  const { id } = accepted(
    await house.side.commands.createBook(call(), {
      name: `Bench ${slug}`,
      slug,
      baseCurrency: 'EUR',
      startDate: firstDay(months[0]!),
      firstYearEnd: lastDay(addMonths(months[0]!, 11)),
      locale: 'en-IE',
      chart: 'empty',
    }),
  );
  const chart = chartOf(accounts);
  for (const account of chart) {
    accepted(await house.side.commands.openAccount(call(id), account));
  }
  await addPeople(house, owner, id, [
    ...accountants.map(({ email }) => ({ email, role: 'accountant' as const })),
    { email: reader.email, role: 'manager' },
  ]);
  return { id, slug, accounts: chart.map(({ code }) => code), months };
}

const PARTS = [
  ['asset', 'Assets', 1000, 0.3],
  ['liability', 'Liabilities', 2000, 0.15],
  ['equity', 'Equity', 3000, 0.05],
  ['income', 'Income', 4000, 0.2],
  ['expense', 'Expenses', 5000, 0.3],
] as const;

const chartOf = (accounts: number) =>
  PARTS.flatMap(([type, root, first, share]) =>
    Array.from({ length: Math.round(accounts * share) }, (_, at) => ({
      code: `${first + at * 10}`,
      name: `${root} ${at + 1}`,
      path: `${root}:${root} ${at + 1}`,
      type,
    })),
  );

/** Imports a journal and waits until it is posted and shown. @throws with the import's errors. */
export async function importJournal(
  house: BenchHouse,
  book: Omit<BenchBook, 'postings'>,
  journal: Pick<JournalShape, 'postings' | 'seed'>,
  /** Told what part is done. */
  progress: (done: number) => void = () => undefined,
): Promise<Imported> {
  const { postings, seed } = journal;
  const file = {
    format: 'csv',
    name: `${book.slug}-${seed}.csv`,
    body: journalCsv({ ...journal, ...book }),
  };
  return importFile(house, book, { ...file, postings }, progress);
}

interface ImportedFile {
  readonly format: string;
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly postings: number;
}

/** Imports a file and waits until it is posted and shown. @throws with the import's errors. */
export async function importFile(
  house: BenchHouse,
  book: Pick<BenchBook, 'id' | 'slug'>,
  { body, format, name, postings }: ImportedFile,
  progress: (done: number) => void = () => undefined,
): Promise<Imported> {
  const headers = { authorization: `Bearer ${(await crewOf(house)).owner.key}` };
  const at = `${house.url}/api/v1/books/${book.slug}/imports`;
  // A stream as a body: Node takes any iterable of bytes, which the types of browsers don't know.
  const sent = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/plain' },
    body,
    duplex: 'half',
  } as unknown as RequestInit;
  const accepted = await fetch(`${at}?format=${format}&fileName=${name}`, sent);
  if (accepted.status !== 202)
    throw new Error(`The import was answered ${accepted.status}: ${await accepted.text()}`);
  const began = performance.now();
  const address = `${house.url}${accepted.headers.get('location')}`;
  await accepted.arrayBuffer();
  for (;;) {
    const now = (await (await fetch(address, { headers })).json()) as {
      state: string;
      done: number;
      total: number;
      position: number;
      errors: unknown[];
    };
    if (now.state === 'posted') {
      const seconds = (performance.now() - began) / 1000;
      await documentsAt(house, book.id, now.position);
      const documentSeconds = (performance.now() - began) / 1000 - seconds;
      return { position: now.position, seconds, documentSeconds };
    }
    if (now.state === 'rejected')
      throw new Error(`The import was rejected: ${JSON.stringify(now.errors.slice(0, 3))}`);
    progress(now.total === 0 ? 0 : +now.done / +now.total);
    await sleep(postings > 200_000 ? POLL_MS * 8 : POLL_MS);
  }
}

const DOCUMENTS_PATIENCE_MS = 1_800_000;

async function documentsAt(house: BenchHouse, book: number, position: number): Promise<void> {
  const end = Date.now() + DOCUMENTS_PATIENCE_MS;
  while (((await house.side.documents.position(book))?.position ?? 0) < position) {
    if (Date.now() > end) throw new Error(`The documents of book ${book} don't reach ${position}.`);
    await sleep(POLL_MS);
  }
}

/** A book of 100 accounts and 60 months with so many postings, and how its import went. */
export const filledBook = (
  house: BenchHouse,
  postings: number,
  months: readonly Month[],
): Promise<{ readonly book: BenchBook; readonly imported: Imported }> => {
  const slug = `bench-${postings}`;
  return house.once(slug, () =>
    step(`Book of ${postings.toLocaleString('en')} postings`, async (_say, bar) => {
      const made = await makeBook(house, slug, 100, months);
      const imported = await importJournal(house, made, { postings, seed: 1 }, (done) =>
        bar(`${Math.round(done * 100)} % of the file`, done),
      );
      return { book: { ...made, postings }, imported };
    }),
  );
};
