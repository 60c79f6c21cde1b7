// What one entry of a member costs the documents of its group: from the 201 until every document of the group shows it. Members are
// looked at every second and taken when they stand still for one, so most of it is waiting.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { step } from '#server/entry/tell-steps.ts';
import { type BenchBook, makeBook } from '../house/fill-book.ts';
import { accepted, crewOf } from '../house/people.ts';
import { postings, today } from '../requests.ts';
import { type Bench, grouped, houseOf, milliseconds, type Scenario } from '../scenario.ts';

const MEMBER_POSTINGS = [100_000, 10_000];
const TARGET_MS = 4_000;
const POLL_MS = 10;

export const group: Scenario = {
  name: 'group',
  needs: 'house',
  async run(bench) {
    const members: BenchBook[] = [];
    for (const size of MEMBER_POSTINGS) members.push(await bench.sized(size));
    const book = await groupOf(bench, members);
    const times = bench.quick ? 6 : 20;
    const { documents } = houseOf(bench).side;
    const took: number[] = [];
    const worked: number[] = [];
    let touched = 0;
    await oneEntry(bench, members[0]!, book.id, 0);
    for (let at = 1; at <= times; at++) {
      took.push(await oneEntry(bench, members[0]!, book.id, at));
      const { last } = (await documents.position(book.id))!;
      worked.push(last!.ms);
      touched = Math.max(touched, last!.documents);
    }
    took.sort((a, b) => a - b);
    worked.sort((a, b) => a - b);
    const median = Math.floor(times / 2);
    return [
      {
        what: `One entry of a member until the group's documents show it, members of ${MEMBER_POSTINGS.map(grouped).join(' and ')} postings`,
        figure: milliseconds(took[median]!),
        baseline: '–',
        ratio: null,
        target: `≤ ${TARGET_MS} ms`,
        reached: took.at(-1)! <= TARGET_MS,
        how: `median of ${times}, the slowest ${milliseconds(took.at(-1)!)}, one to two seconds of it until the member stands still; ${touched} documents written, ${milliseconds(worked[median]!)} of the worker`,
      },
    ];
  },
};

/** @returns from the 201 until the group's documents are at an event that came after it */
async function oneEntry(
  bench: Bench,
  member: BenchBook,
  groupId: number,
  at: number,
): Promise<number> {
  const { documents } = houseOf(bench).side;
  const entries = postings(bench, member, today());
  const { body, headers, path } = entries[at % entries.length]!;
  const before = (await documents.position(groupId))!.position;
  const posted = await fetch(`${bench.origin}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: body!,
  });
  await posted.arrayBuffer();
  if (posted.status !== 201) throw new Error(`${path} was answered ${posted.status}`);
  const began = performance.now();
  while ((await documents.position(groupId))!.position <= before) await sleep(POLL_MS);
  return performance.now() - began;
}

const groupOf = (bench: Bench, members: readonly BenchBook[]): Promise<{ readonly id: number }> => {
  const house = houseOf(bench);
  return house.once('group', () =>
    step('Group of books', async (say) => {
      const made = await makeBook(house, 'bench-group', 100, bench.months);
      const { owner } = await crewOf(house);
      const actor = { userId: owner.id, via: 'system' as const };
      for (const { slug } of members) {
        const call = { actor, commandId: randomUUID(), book: made.id };
        accepted(await house.side.commands.addGroupMember(call, { book: slug }));
      }
      say('waiting for its documents');
      for (;;) {
        const now = await documentsOf(bench, made.id);
        if (now.members === members.length && now.level) return made;
        await sleep(POLL_MS * 10);
      }
    }),
  );
};

/** How many members were taken over, and whether the documents show them. */
async function documentsOf(bench: Bench, id: number) {
  const { documents, queries, store } = houseOf(bench).side;
  const { rows } = await store.pool.query<{ members: number }>(
    'select count(*)::int as members from group_members where book_id = $1 and taken_position > 0',
    [id],
  );
  const position = await documents.position(id);
  const head = await queries.bookHead(id, position?.position ?? 0);
  return {
    members: rows[0]!.members,
    level: position !== null && head?.head === position.position,
  };
}
