// A book on its way into a file: the reading of one snapshot, and the writer of the format.
import { writeBeancount } from '#ledger/formats/write-beancount.ts';
import { writeHledger } from '#ledger/formats/write-hledger.ts';
import { saftObstacle, writeSaft } from '#ledger/formats/write-saft.ts';
import { type ExportedBook, openExport } from '#ledger/queries/export-book.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

type Text = AsyncIterable<string>;
type Opening = (of: ExportedBook) => Promise<Text | { readonly obstacle: string }>;

const FORMATS = {
  hledger: async ({ book, entries }) => writeHledger(book, entries),
  beancount: async ({ book, entries }) => writeBeancount(book, entries),
  async saft({ book, entries, masters: read }) {
    const masters = await read();
    const obstacle = saftObstacle(book, masters);
    return obstacle === null ? writeSaft(book, masters, entries) : { obstacle };
  },
} satisfies Record<string, Opening>;

/** @returns the text in pieces, to be closed by whoever asked; or why the format has no way to write the book */
export async function openBookFile(
  store: LedgerStore,
  id: number,
  format: keyof typeof FORMATS,
): Promise<{ position: number; text: Text; close(): void } | { obstacle: string }> {
  const opened = await openExport(store, id);
  try {
    const text = await FORMATS[format](opened);
    if ('obstacle' in text) {
      opened.close();
      return text;
    }
    return { position: opened.book.position, text, close: opened.close };
  } catch (fault) {
    opened.close();
    throw fault;
  }
}
