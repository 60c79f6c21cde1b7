// Letters measured singly and in pairs give the widths that shaping the whole word gives, in every script of the font.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import * as fontkit from 'fontkit';
import { expect, test } from 'vitest';
import { paperFonts } from '#reports/render/pdf-fonts.ts';

const resolve = createRequire(import.meta.url).resolve;
const FILES = {
  regular: '400Regular/Inter_400Regular.ttf',
  semibold: '600SemiBold/Inter_600SemiBold.ttf',
  bold: '700Bold/Inter_700Bold.ttf',
} as const;
const FEATURES = { tnum: true, kern: true, calt: false, liga: false, dlig: false };

const between = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code));
const letter = fc.oneof(
  between(0x21, 0x7e),
  between(0x21, 0x7e),
  between(0xa0, 0x17f),
  between(0x1e00, 0x1eff),
  between(0x370, 0x3ff),
  between(0x400, 0x45f),
  between(0x300, 0x330),
  between(0x2010, 0x2040),
  fc.constantFrom('€', 'fi', 'ffi', 'AV', 'To', '->', '1/2', '日', '😀', 'ש'),
);

test.each(['regular', 'semibold', 'bold'] as const)('%s', (weight) => {
  const whole = fontkit.create(readFileSync(resolve(`@expo-google-fonts/inter/${FILES[weight]}`)));
  const font = paperFonts()[weight];
  fc.assert(
    fc.property(fc.array(letter, { minLength: 1, maxLength: 12 }), (letters) => {
      const word = letters.join('');
      const { positions } = whole.layout(word, FEATURES);
      const width = positions.reduce((sum, position) => sum + position.xAdvance, 0);
      expect(font.measure(word)).toBe(width);
      expect(font.measure(`${word} ${word}`)).toBe(
        whole.layout(`${word} `, FEATURES).positions.reduce((sum, at) => sum + at.xAdvance, width),
      );
    }),
    { numRuns: 400, seed: 20_261_125 },
  );
});
