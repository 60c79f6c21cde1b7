// Accepts a file to import: it is spooled and hashed as it comes, then kept in one short transaction that nobody who
// posts waits for; a worker does the rest.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { z } from 'zod';
import { ACCOUNT_TYPES } from '#ledger/domain/account.ts';
import { type Action, isPermitted, type Role } from '#ledger/domain/permissions.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { Answer, CommandCall, Notify } from './answer.ts';
import { earlierAnswer, keepReceipt, receiptOf } from './command-receipts.ts';
import { inTransaction } from './in-transaction.ts';
import { line, plain } from './input-shapes.ts';
import { parseInput } from './parse-input.ts';
import { earlierImport } from './post-import.ts';

/** Taken as closing entries, or left as ordinary ones. */
export const CLOSING_ENTRIES = ['recognise', 'keep-kind'] as const;

const IMPORT_FORMATS = ['csv', 'hledger', 'ledger', 'beancount', 'saft'] as const;

const isBytes = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const INPUT = z.strictObject({
  format: z.enum(IMPORT_FORMATS),
  fileName: line(200),
  options: z.strictObject({
    createAccounts: z.boolean().default(false),
    createParties: z.boolean().default(false),
    /** Values of dimensions, and dimensions. */
    createValues: z.boolean().default(false),
    /** Types of accounts by root or whole name. */
    types: z.record(plain(500), z.enum(ACCOUNT_TYPES)).default({}),
    /** Entries that bring a year’s income and expenses to zero and don’t say their kind. */
    closingEntries: z.enum(CLOSING_ENTRIES).default('recognise'),
    /** Stops before posting. */
    preview: z.boolean().default(false),
    /** Takes a file that was imported before. */
    again: z.boolean().default(false),
    /** A CSV file without dates is a trial balance at this day; a SAF-T file's opening balances are of it. */
    openingDate: z.iso.date().optional(),
    /** The account that takes a difference of opening balances: of such a trial balance, or of a SAF-T file. */
    openingDifference: plain(500).optional(),
  }),
  file: z.custom<AsyncIterable<Uint8Array>>(isBytes, { error: 'is not a stream of bytes' }),
});

const CHUNK_BYTES = 1_048_576;

interface Spooled {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly encoding: 'utf-8' | 'iso-8859-1';
}

/** @returns the command; a repeated id with the same file answers with the first import */
export const startImport =
  (store: LedgerStore, notify: Notify) =>
  async (call: CommandCall, raw: unknown): Promise<Answer<{ id: number }>> => {
    const parsed = parseInput(INPUT, raw, call.commandId);
    if ('refusal' in parsed) return { ok: false, refusal: parsed.refusal };
    const { file, ...input } = parsed.input;
    const refused = await refusalFor(store, call, actionsOf(input.options));
    if (refused) return refused;
    const path = join(tmpdir(), `daybook-${randomUUID()}`);
    try {
      const spooled = await spool(file, path);
      if (spooled.bytes === 0) {
        return { ok: false, refusal: { code: 'import-empty', field: 'file' } };
      }
      const answer = await inTransaction(store, call.dryRun === true, (client) =>
        keep(client, call, input, spooled),
      );
      if (answer.ok && !answer.replayed) notify.importChanged(answer.result.id);
      return answer;
    } finally {
      await rm(path, { force: true });
    }
  };

/** What an import with these options may come to do. */
const actionsOf = ({
  createParties,
  createValues,
}: z.output<typeof INPUT>['options']): Action[] => [
  'import.run',
  ...(createParties ? (['party.change'] as const) : []),
  ...(createValues ? (['dimension.change'] as const) : []),
];

async function refusalFor(
  store: LedgerStore,
  { actor, book }: CommandCall,
  actions: readonly Action[],
): Promise<Answer<never> | null> {
  const { rows } = await store.pool.query<{ role: Role }>(
    'select role from memberships where book_id = $1 and user_id = $2',
    [book, actor.userId],
  );
  const role = rows[0]?.role;
  if (!role) return { ok: false, refusal: { code: 'book-not-found' } };
  const forbidden = actions.find((action) => !isPermitted(role, action));
  return forbidden ? { ok: false, refusal: { code: 'not-permitted', action: forbidden } } : null;
}

async function spool(file: AsyncIterable<Uint8Array>, path: string): Promise<Spooled> {
  const hash = createHash('sha256');
  const utf8 = new Utf8Check();
  let bytes = 0;
  await pipeline(
    file,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        utf8.take(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  const encoding = utf8.holds() ? 'utf-8' : 'iso-8859-1';
  return { path, bytes, sha256: hash.digest('hex'), encoding };
}

/** Whether bytes are UTF-8 from the first to the last; what isn't is taken for Latin-1. */
class Utf8Check {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private fails = false;

  take(chunk?: Uint8Array): void {
    if (this.fails) return;
    try {
      this.decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (fault) {
      if (!(fault instanceof TypeError)) throw fault;
      this.fails = true;
    }
  }

  holds(): boolean {
    this.take();
    return !this.fails;
  }
}

async function keep(
  client: pg.ClientBase,
  call: CommandCall,
  input: Omit<z.output<typeof INPUT>, 'file'>,
  spooled: Spooled,
): Promise<Answer<{ id: number }>> {
  const receipt = receiptOf(call, 'startImport', { ...input, sha256: spooled.sha256 });
  // Two of the same command at once: the second waits for the first's receipt. The book itself stays unlocked.
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${receipt.scope}/${receipt.commandId}`,
  ]);
  const before = await earlierAnswer<{ id: number }>(client, receipt);
  if (before) return before;
  const earlier = input.options.again
    ? undefined
    : await earlierImport(client, call.book ?? 0, spooled.sha256);
  const answer: Answer<{ id: number }> =
    earlier === undefined
      ? {
          ok: true,
          position: 0,
          replayed: false,
          result: await insert(client, call, input, spooled),
        }
      : { ok: false, refusal: { code: 'import-duplicate', field: 'file', earlier } };
  await keepReceipt(client, receipt, answer);
  return answer;
}

async function insert(
  client: pg.ClientBase,
  call: CommandCall,
  { format, fileName, options }: Omit<z.output<typeof INPUT>, 'file'>,
  { bytes, encoding, path, sha256 }: Spooled,
): Promise<{ id: number }> {
  const { rows } = await client.query<{ id: number }>(
    `insert into imports (book_id, state, format, file_name, file_bytes, file_sha256, options, total, created_by,
       encoding)
     values ($1, 'queued', $2, $3, $4, $5, $6, $4, $7, $8) returning id`,
    [call.book, format, fileName, bytes, sha256, options, call.actor.userId, encoding],
  );
  const id = rows[0]!.id;
  let ordinal = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    await client.query(
      'insert into import_chunks (import_id, ordinal, bytes) values ($1, $2, $3)',
      [id, ordinal++, chunk],
    );
  }
  return { id };
}
