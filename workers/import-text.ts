// The text of an imported file: its chunks in order, decoded as UTF-8, or as Latin-1 where it isn't that.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

/** The file's bytes, one stored chunk at a time. */
async function* importBytes({ pool }: LedgerStore, importId: number): AsyncGenerator<Uint8Array> {
  for (let ordinal = 0; ; ordinal++) {
    const { rows } = await pool.query<{ bytes: Buffer }>(
      'select bytes from import_chunks where import_id = $1 and ordinal = $2',
      [importId, ordinal],
    );
    if (!rows[0]) return;
    yield rows[0].bytes;
  }
}

/** Whether bytes are UTF-8 from the first to the last. */
async function isUtf8(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch (fault) {
    if (fault instanceof TypeError) return false;
    throw fault;
  }
}

/** @param read told how many bytes were read so far */
export async function* importText(
  store: LedgerStore,
  importId: number,
  read: (bytes: number) => Promise<void>,
): AsyncGenerator<string> {
  const encoding = (await isUtf8(importBytes(store, importId))) ? 'utf-8' : 'iso-8859-1';
  const decoder = new TextDecoder(encoding);
  let bytes = 0;
  for await (const chunk of importBytes(store, importId)) {
    yield decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    await read(bytes);
  }
  yield decoder.decode();
}
