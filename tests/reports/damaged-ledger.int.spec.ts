// A ledger that is not as it was: damaged balances are not published and are told, one restored from a backup has its
// documents made anew.
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { recordActivity } from '#server/metrics/activity-recorder.ts';
import { type RecomputeInput, recomputeBook } from '#workers/recompute.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { digestsOf, FIRST_YEAR, type LedgerRig, madeUpEntries, startLedger } from './ledger-rig.ts';

let rig: LedgerRig;
const input = (): RecomputeInput => ({
  store: rig.store,
  documents: rig.documents,
  bookId: rig.bookId,
});

beforeAll(async () => {
  rig = await startLedger(inject('databaseUrl'), inject('mongoUrl'));
  await rig.post(madeUpEntries(500));
  await recomputeBook(input());
}, 60_000);
afterAll(() => rig?.close());

/** What a cent more on an asset breaks. */
const BROKEN = ['balance-sheet-balances', 'debits-equal-credits'];

it('a ledger whose balances are damaged is not published', async () => {
  const before = await digestsOf(rig);
  const damage = (by: number) =>
    rig.store.pool.query(
      `update account_balances set debit = debit + $1, last_position = (select head from books)
       where account_id = 1 and month = '${FIRST_YEAR}-03' and not closing`,
      [by],
    );
  const lines = [
    [1, 5_00n],
    [61, -5_00n],
  ] as const;
  await rig.post([{ date: `${FIRST_YEAR}-03-01`, lines }]);
  await damage(1);
  await expect(recomputeBook(input())).rejects.toThrow(/it balances at/);
  expect(await digestsOf(rig)).toEqual(before);
  const violated = async () => (await rig.documents.standing.violated()).map(({ name }) => name);
  expect(await violated()).toEqual(expect.arrayContaining(BROKEN));
  const notes = await rig.documents.standing.invariants(rig.bookId);
  expect(notes.find(({ name }) => name === BROKEN[0])?.violation).toMatchObject({
    ...{
      report: 'balance-sheet',
      period: `${FIRST_YEAR}-03`,
      figure: `it balances at ${FIRST_YEAR}-03-31`,
    },
    ...{ difference: '0.01', unit: 'EUR' },
  });
  await damage(-1);
  const activity = recordActivity(rig.documents.activity.add, (fault) => expect.fail(`${fault}`));
  await recomputeBook({ ...input(), moved: activity.recomputed });
  await activity.close();
  expect(await violated()).toEqual([]);
  const checked = await rig.documents.standing.invariants(rig.bookId);
  expect(checked.map(({ name }) => name)).toEqual(expect.arrayContaining(BROKEN));
  expect((await reconcileBook(input())).differences).toEqual([]);
});

it('a ledger restored from a backup has its documents made anew', async () => {
  await rig.record('AccountRenamed', `update accounts set name = 'Lost' where id = 2`);
  await recomputeBook(input());
  const { position, generation } = (await rig.documents.position(rig.bookId))!;
  await rig.store.pool.query(
    `update books set head = head - 1, head_hash = (select hash from events where position = $1)`,
    [position - 1],
  );
  await recomputeBook(input());
  expect(await rig.documents.position(rig.bookId)).toMatchObject({
    position: position - 1,
    generation: generation + 1,
  });
});
