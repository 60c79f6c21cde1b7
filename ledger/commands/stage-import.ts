// Stages what a file holds, inside the caller's transaction. Nothing is visible until `post-import` makes it real; a
// rollback leaves nothing. What can be known only at the file's end, its units and its closing entries, has it read again.
import type pg from 'pg';
import type { SourceItem } from '#ledger/formats/source-item.ts';
import type { ClosingEntry } from './import-closings.ts';
import { ImportStage, type Staged, type StageFacts } from './import-stage.ts';
import { concernsUnits } from './import-units.ts';

/** @param read the file from its beginning; one with units, or with closing entries that don’t say so, is read again */
export async function stageImport(
  client: pg.ClientBase,
  facts: StageFacts,
  read: () => AsyncIterable<SourceItem>,
): Promise<Staged> {
  await client.query('savepoint staging');
  const stage = await staged(client, facts, read, []);
  const found = await stage.closings();
  if (found.closing.length === 0) return stage.finish(found);
  await client.query('rollback to savepoint staging');
  const again = await staged(client, facts, read, found.closing);
  return again.finish(found);
}

/** @param closing entries of the file that are closing entries though it doesn’t say so */
async function staged(
  client: pg.ClientBase,
  facts: StageFacts,
  read: () => AsyncIterable<SourceItem>,
  closing: readonly ClosingEntry[],
): Promise<ImportStage> {
  const stage = await ImportStage.of(client, facts, closing);
  for await (const item of read()) {
    if (concernsUnits(item)) return stagedWithUnits(client, facts, read, stage, closing);
    await stage.take(item);
  }
  await stage.end();
  return stage;
}

async function stagedWithUnits(
  client: pg.ClientBase,
  facts: StageFacts,
  read: () => AsyncIterable<SourceItem>,
  begun: ImportStage,
  closing: readonly ClosingEntry[],
): Promise<ImportStage> {
  await begun.settle();
  await client.query('rollback to savepoint staging');
  const stage = await ImportStage.of(client, facts, closing);
  await stage.readUnits(read());
  for await (const item of read()) await stage.take(item);
  await stage.end();
  return stage;
}
