// What people type or paste as rates.
import { expect, test } from 'vitest';
import { readTypedRates } from '#app/_components/currencies/typed-rates.ts';

const read = (text: string, locale = 'en-GB', sign: '.' | ',' = '.') =>
  readTypedRates(text, { locale, sign });

test('rates come one a line, parted by spaces, tabs, commas or semicolons, a heading left out', () => {
  const rates = [
    { unit: 'USD', date: '2026-01-31', rate: '0.92' },
    { unit: 'GBP', date: '2026-02-28', rate: '1.15' },
  ];
  expect(read('USD 2026-01-31 0.92\n\nGBP  28/02/2026   1.150\n')).toEqual({ rates });
  expect(read('Unit\tDay\tRate\nUSD\t2026-01-31\t0.92\r\nGBP\t2026-02-28\t1.15')).toEqual({
    rates,
  });
  expect(read('unit,day,rate\nUSD,2026-01-31,0.92\n"GBP",2026-02-28,1.15')).toEqual({ rates });
  expect(read('USD;31.01.2026;0,92\nGBP;28.02.2026;1,15', 'de-DE', ',')).toEqual({ rates });
});

test.each([
  ['', 'There is no rate in it.'],
  ['USD 2026-01-31', 'Line 1 has 2 parts: write unit, day and rate.'],
  ['USD 2026-02-30 1', 'Line 1: 2026-02-30 is not a day.'],
  ['USD 2026-02-28 1\nUSD 2026-03-01 0', 'Line 2: 0 is not a rate above zero.'],
])('%j is refused with its line', (text, problem) => {
  expect(read(text)).toEqual({ problem });
});
