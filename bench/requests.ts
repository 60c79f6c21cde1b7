// The requests that scenarios are made of.

import { chanceFrom } from '#server/demo/random.ts';
import type { LoadRequest } from './load/load-plan.ts';
import type { Bench } from './scenario.ts';

type Headers = Readonly<Record<string, string>>;

export const reportPath = (slug: string, report: string, file: string): string =>
  `/books/${slug}/reports/${report}/${file}`;

export const asking = (path: string, headers: Headers, expect = 200): LoadRequest => ({
  method: 'GET',
  path,
  headers,
  expect,
});

export interface FetchedReport {
  readonly path: string;
  readonly bytes: Buffer;
  readonly etag: string;
  readonly type: string;
}

/** Asks for a report once. @throws when the answer isn't what such a file is */
export async function fetchReport(
  { month, origin, reader }: Bench,
  slug: string,
  format: 'pdf' | 'json',
): Promise<FetchedReport> {
  const path = reportPath(slug, 'balance-sheet', `${month}.${format}`);
  const answer = await fetch(`${origin}${path}`, { headers: reader });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const begin = bytes.toString('latin1', 0, 5);
  if (answer.status !== 200 || (format === 'pdf' ? begin !== '%PDF-' : begin[0] !== '{'))
    throw new Error(`${path} was answered ${answer.status}: ${bytes.toString('utf8', 0, 300)}`);
  const etag = answer.headers.get('etag') ?? '';
  return { path, bytes, etag, type: answer.headers.get('content-type') ?? '' };
}

const BODIES = 64;

/** Two-line entries for a book, on a day; accounts and amounts by chance. @param follow a path asked after each */
export function postings(
  bench: Bench,
  book: { readonly slug: string; readonly accounts: readonly string[] },
  day: string,
  follow?: string,
): LoadRequest[] {
  const chance = chanceFrom(7);
  return Array.from({ length: BODIES }, (_, at) => {
    const first = chance.int(0, book.accounts.length - 1);
    const second = (first + chance.int(1, book.accounts.length - 1)) % book.accounts.length;
    const amount = `${chance.int(1, 999)}.${chance.int(10, 99)}`;
    const lines = [
      { account: book.accounts[first], side: 'debit', amount },
      { account: book.accounts[second], side: 'credit', amount },
    ];
    return {
      method: 'POST' as const,
      path: `/api/v1/books/${book.slug}/journal-entries`,
      headers: bench.writers[at % bench.writers.length]!,
      body: JSON.stringify({ date: day, description: `Bench entry ${at}`, lines }),
      expect: 201,
      ...(follow === undefined ? {} : { follow: { path: follow, headers: bench.reader } }),
    };
  });
}

/** The lists one after another, an item of each in turn. */
export const inTurn = <T>(lists: readonly (readonly T[])[]): T[] =>
  Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, at) =>
    lists.flatMap((list) => list[at] ?? []),
  ).flat();

/** Today, as a book in UTC has it. */
export const today = (): string => new Date().toISOString().slice(0, 10);
