// When members of groups are taken: once they stand still, or have waited long enough.
import { expect, test } from 'vitest';
import { membersDue } from '#workers/take-members.ts';

const moved = (member: number, head: number) => ({ group: 1, member, head });

test('a member is taken when it has stood still for a round', () => {
  const waiting = new Map();
  expect(membersDue([moved(2, 5)], waiting, 0)).toEqual([]);
  expect(membersDue([moved(2, 6)], waiting, 1_000)).toEqual([]);
  expect(membersDue([moved(2, 6), moved(3, 1)], waiting, 2_000)).toEqual([moved(2, 6)]);
  expect(membersDue([moved(3, 1)], waiting, 3_000)).toEqual([moved(3, 1)]);
});

test('one that is posted to without a pause waits for half a minute', () => {
  const waiting = new Map();
  const due = Array.from({ length: 63 }, (_, second) =>
    membersDue([moved(2, second)], waiting, second * 1_000).length > 0 ? second : null,
  );
  expect(due.filter((second) => second !== null)).toEqual([30, 61]);
});
