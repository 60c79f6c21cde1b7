// The ways that `npm run mutations` takes exist: each breaks what stands in the sources today, in one place.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ALL_WAYS } from './all-ways.ts';

it.each(ALL_WAYS)('$file: $what', ({ file, right, wrong }) => {
  expect(readFileSync(file, 'utf8').split(right)).toHaveLength(2);
  expect(wrong).not.toBe(right);
});
