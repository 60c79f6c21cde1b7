// Parts of a SAF-T file: texts made of whatever hurts, taxes whose lines don't pair, and books that the schema can't hold.
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { saftObstacle } from '#ledger/formats/write-saft.ts';
import { analysisTypes } from '#ledger/formats/write-saft-masters.ts';
import { saftTaxes } from '#ledger/formats/write-saft-taxes.ts';
import type { WrittenBook, WrittenEntry } from '#ledger/formats/written-book.ts';
import type { WrittenMasters } from '#ledger/formats/written-masters.ts';
import { CutTexts, comment, element } from '#ledger/formats/xml-text.ts';

const hurting = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom('--', '-->', '<!--', ']]>', '&amp;', '<', '\r\n', '\0', '\ufffe', '𝒜'), {
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
);

test('any text is well-formed, cut by code points, and whole in the comment where it was changed', () => {
  fc.assert(
    fc.property(hurting, (text) => {
      const cut = new CutTexts();
      const fitted = cut.fit('text', text, 35);
      const comments: string[] = [];
      let read = '';
      const parser = new SaxesParser();
      parser.on('comment', (own) => comments.push(own));
      parser.on('text', (own) => {
        read += own;
      });
      parser.write(`<a>${comment(cut.whole)}${element('b', fitted)}</a>`).close();
      expect(Array.from(read).length).toBeLessThanOrEqual(35);
      const [whole] = comments;
      expect(whole === undefined ? read : JSON.parse(whole).text).toBe(text);
    }),
    { numRuns: 500 },
  );
});

const line = (amount: string, taxPart: 'base' | 'tax'): WrittenEntry['lines'][number] => ({
  ...{ account: 1, amount, memo: '', units: null },
  details: { taxCode: 'OUT', taxPart },
});

test.each([
  ['each its own tax', ['-10.00 base', '-20.00 base', '-2.50 tax', '-5.00 tax'], '30.00', '7.50'],
  ['one tax for two', ['-10.00 base', '-20.00 base', '-7.50 tax'], '30.00', '7.50'],
  ['no tax', ['-10.00 base'], '10.00', '0.00'],
  ['tax alone', ['-7.50 tax'], '0.00', '7.50'],
])('taxes of an entry are those of its lines: %s', (_, said, base, tax) => {
  const lines = said.map((own) => {
    const [amount = '', part] = own.split(' ');
    return line(amount, part as 'base' | 'tax');
  });
  const text = saftTaxes(lines)
    .map(({ information }) => information)
    .join('');
  const sum = (pattern: RegExp) =>
    [...text.matchAll(pattern)].reduce(
      (total, [, own]) => total + BigInt(own!.replace('.', '')),
      0n,
    );
  const cents = (amount: string) => BigInt(amount.replace('.', ''));
  expect(sum(/<TaxBase>(.*?)</g)).toBe(cents(base));
  expect(sum(/<CreditTaxAmount><Amount>(.*?)</g)).toBe(cents(tax));
  expect(text).not.toContain('DebitTaxAmount');
});

test('codes of dimensions are cut to nine characters and stay apart', () => {
  const codes = ['cost-object-1', 'cost-object-2', 'cost-ob~1', 'centre'];
  const types = analysisTypes(codes);
  expect(new Set(types.values()).size).toBe(codes.length);
  expect(Math.max(...[...types.values()].map((type) => type.length))).toBe(9);
  expect(types.get('cost-ob~1')).toBe('cost-ob~1');
});

test.each([
  [{ currency: 'KWD', exponent: 3 }, {}, /KWD has 3/],
  [{}, { from: '1969-12-31' }, /1970 to 2100/],
  [{}, { to: '2101-01-01' }, /1970 to 2100/],
  [{}, { debit: `${'9'.repeat(17)}.00` }, /18 digits/],
  [{}, {}, null],
])('what the schema can’t hold is said: %#', (ofBook, ofMasters, message) => {
  const book = { currency: 'EUR', exponent: 2, ...ofBook } as WrittenBook;
  const masters = { from: '2026-01-01', to: '2026-12-31', debit: '1.00', ...ofMasters };
  const said = saftObstacle(book, masters as WrittenMasters);
  if (message === null) expect(said).toBeNull();
  else expect(said).toMatch(message);
});
