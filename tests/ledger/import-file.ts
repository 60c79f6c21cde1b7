// Imports for the tests: start one from text, and run the worker's part of it here.
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import type { WholeImport } from '#ledger/queries/imports.ts';
import { runImport } from '#workers/import.ts';
import { accepted, type OpenBook } from './open-book.ts';

const silent = () => undefined;
export const importWork = ({ store }: Pick<OpenBook, 'store'>) => ({
  store,
  notify: {
    bookChanged: silent,
    accessChanged: silent,
    importChanged: silent,
    importProgressed: silent,
  },
  log: pino({ level: 'silent' }),
});

export async function* bytesOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Starts an import and runs it until it rests. */
export async function importFile(
  book: OpenBook,
  format: string,
  text: string | Uint8Array,
  options: object = {},
): Promise<WholeImport> {
  const { id } = accepted(
    await book.commands.startImport(book.call(randomUUID()), {
      format,
      fileName: `test.${format}`,
      options: { createAccounts: true, ...options },
      file: bytesOf(text),
    }),
  );
  return finish(book, id);
}

export async function finish(book: OpenBook, id: number): Promise<WholeImport> {
  await runImport(importWork(book), id);
  return (await book.queries.importById(book.bookId, id))!;
}
