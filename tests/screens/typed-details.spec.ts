// What people type into the details of a line.
import { describe, expect, test } from 'vitest';
import {
  type DetailChoices,
  offeredDetails,
  readTypedDetails,
  shownDetails,
} from '#app/_components/new-entry/typed-details.ts';

const CHOICES: DetailChoices = {
  parties: [
    { code: 'C-1', name: 'Ada Ltd' },
    { code: 'C-2', name: 'Bob & Co' },
  ],
  dimensions: [
    { code: 'centre', name: 'Cost centre', values: [{ code: 'north', name: 'The north' }] },
    { code: 'job', name: 'Job', values: [{ code: '7', name: 'Seven' }] },
  ],
  taxCodes: [{ code: 'OUT', name: 'VAT on sales' }],
};

const TYPING = { choices: CHOICES, locale: 'en-IE' };

describe('read', () => {
  test.each([
    ['', {}],
    ['c-1', { party: 'C-1' }],
    ['C-2 #A 1', { problem: 'There is no customer or supplier 1.' }],
    ['C-2 #A-1 due:2026-02-09', { party: 'C-2', document: 'A-1', dueDate: '2026-02-09' }],
    ['#A due:9/2/2026', { document: 'A', dueDate: '2026-02-09' }],
    ['centre:north  JOB:7', { dimensions: { centre: 'north', job: '7' } }],
    ['vat:out', { taxCode: 'OUT' }],
    ['vat:OUT/gross', { taxCode: 'OUT', taxFrom: 'gross' }],
    ['ada', { problem: 'There is no customer or supplier ada.' }],
    ['#', { problem: 'There is no number after #.' }],
    ['due:9.2.', { problem: '9.2. is no day like 2026-03-31.' }],
    ['vat:X', { problem: 'There is no tax code X.' }],
    ['vat:OUT/x', { problem: 'x is neither net nor gross.' }],
    ['city:oslo', { problem: 'There is no dimension city.' }],
    ['centre:south', { problem: 'centre has no value south.' }],
  ])('%s', (text, expected) => {
    expect(readTypedDetails(text, TYPING)).toEqual(expected);
  });
});

test('shown as they are read', () => {
  const text = 'C-1 #A1 due:09/02/2026 centre:north vat:OUT/gross';
  expect(shownDetails(readTypedDetails(text, TYPING) as object, 'en-IE')).toBe(text);
});

test('the word that is typed last is completed', () => {
  const texts = (text: string) => offeredDetails(text, CHOICES).map((offered) => offered.text);
  expect(texts('#A1 bob')).toEqual(['#A1 C-2 ']);
  expect(texts('C-1 cen')).toEqual(['C-1 centre:north ']);
  expect(texts('vat')).toEqual(['vat:OUT ', 'vat:OUT/gross ']);
  expect(texts('C-1 ')).toEqual([]);
});
