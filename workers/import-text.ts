// The text of an imported file: its chunks in order, decoded as the file was found to be when it was accepted.
import { setImmediate as turn } from 'node:timers/promises';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

/** So much is decoded at once; between two pieces whoever else works in this process has a turn. */
const PIECE_BYTES = 65_536;

/** A stored chunk; null after the last. */
async function chunkOf({ pool }: LedgerStore, importId: number, ordinal: number) {
  const { rows } = await pool.query<{ bytes: Buffer }>(
    'select bytes from import_chunks where import_id = $1 and ordinal = $2',
    [importId, ordinal],
  );
  return rows[0]?.bytes ?? null;
}

/**
 * The next chunk is on its way while one is read.
 * @param read told how many bytes were read so far
 */
export async function* importText(
  store: LedgerStore,
  { id, encoding }: { readonly id: number; readonly encoding: string },
  read: (bytes: number) => Promise<void>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  let next = chunkOf(store, id, 0);
  for (let ordinal = 1; ; ordinal++) {
    const chunk = await next;
    if (chunk === null) break;
    next = chunkOf(store, id, ordinal);
    // Met at the next round, unless the reader stops before.
    next.catch(() => undefined);
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield decoder.decode(chunk.subarray(at, at + PIECE_BYTES), { stream: true });
      await turn();
    }
    bytes += chunk.length;
    await read(bytes);
  }
  yield decoder.decode();
}
