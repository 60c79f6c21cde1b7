// How values and groups are spelt in names of views: one way for each, in letters that addresses, file names and keys take.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PLAIN_TEXT } from '#ledger/domain/plain-text.ts';
import type { Only } from '#reports/catalogue/only-name.ts';
import { listedReport, viewOf } from '#reports/catalogue/registry.ts';
import { PLAIN, readName, viewName } from '#reports/catalogue/view.ts';
import { requestUrl } from '#server/front-door/request-url.ts';

const nameOf = (only: Only) => viewName('dashboard', { ...PLAIN, only });

it.each([
  ['project/P1', null, 'dashboard~in-project.P1'],
  ['project/', null, 'dashboard~in-project.'],
  [
    'project/P1.a',
    'Expenses:Office rent',
    'dashboard~in-project.P1=2e=a~group-Expenses.Office_rent',
  ],
  [null, 'Aufwand:Löhne_1', 'dashboard~group-Aufwand.L=f6=hne=5f=1'],
  [null, 'R/D ~ 50 % = 🙂', 'dashboard~group-R=2f=D_=7e=_50_=25=_=3d=_=1f642='],
])('%s and %s are %s', (value, group, name) => {
  expect(nameOf({ value, group })).toBe(name);
  expect(viewOf(name)).toEqual({
    ...PLAIN,
    only: { value, group },
  });
  expect(listedReport(name)?.name).toBe(name);
});

const code = fc.stringMatching(/^[\p{L}\p{N}.-]{1,8}$/u);
const value = fc.tuple(code, fc.oneof(code, fc.constant(''))).map((parts) => parts.join('/'));
const path = fc
  .array(
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 8 })
      .filter((text) => PLAIN_TEXT.test(text)),
    { minLength: 1, maxLength: 2 },
  )
  .map((parts) => parts.join(':'));
const some = (text: fc.Arbitrary<string>) => fc.option(text, { nil: null });

it('every value and group has a name that is read again, and goes through addresses, file names and keys as it is', () => {
  fc.assert(
    fc.property(some(value), some(path), (own, group) => {
      fc.pre(own !== null || group !== null);
      const only = { value: own, group };
      const name = nameOf(only);
      fc.pre(name.length <= 200);
      expect(readName(name)).toEqual({
        report: 'dashboard',
        view: { ...PLAIN, only },
      });
      expect(name).toMatch(/^[A-Za-z0-9~._=-]+$/);
      expect(encodeURIComponent(name).replaceAll('%3D', '=')).toBe(name);
      const target = `/books/acme/reports/${name}/2026-03.pdf`;
      expect(requestUrl(target)).toMatchObject({ path: target });
    }),
    { numRuns: 500 },
  );
});

it('what is read is written alike: there is no second spelling', () => {
  const letters = fc.constantFrom(
    ...'aZ9-._=~/: ',
    'in-',
    '~in-',
    '~group-',
    '=e9=',
    '=2E=',
    '=61=',
    '=d83d=',
  );
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 12 }), (parts) => {
      const name = `dashboard~${parts.join('')}`;
      const read = readName(name);
      if (read) expect(viewName(read.report, read.view!)).toBe(name);
    }),
    { numRuns: 3_000 },
  );
});

it.each([
  ['nothing', 'dashboard~in-'],
  ['no dimension', 'dashboard~in-P1'],
  ['a value of a value', 'dashboard~in-project.P1.a'],
  ['a letter that stands for itself', 'dashboard~in-project.=50=1'],
  ['large hexadecimal', 'dashboard~group-=F6='],
  ['a nought before', 'dashboard~group-=0f6='],
  ['half a letter', 'dashboard~group-=d83d='],
  ['a pair of halves', 'dashboard~group-=d83d==de42='],
  ['a control character', 'dashboard~group-=a='],
  ['past the last letter', 'dashboard~group-=110000='],
  ['letters as they are', 'dashboard~group-Löhne'],
  ['spaces as they are', 'dashboard~group-Office rent'],
  ['an open sign', 'dashboard~group-a=f6'],
  ['the group first', 'dashboard~group-Rent~in-project.P1'],
  ['one twice', 'dashboard~in-project.P1~in-project.P2'],
  ['zeros after it', 'dashboard~in-project.P1~zeros'],
  ['zeros before it, which no dashboard has', 'dashboard~zeros~in-project.P1'],
  ['another report', 'balance-sheet~in-project.P1'],
  ['a name too long', `dashboard~group-${'a'.repeat(185)}`],
])('%s is no name', (_what, name) => {
  expect(listedReport(name), name).toBeUndefined();
});

it('a name of two hundred letters is one', () => {
  expect(listedReport(`dashboard~group-${'a'.repeat(184)}`)).toBeDefined();
});
