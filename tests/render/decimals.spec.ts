// Figures put together by hand are those of Intl, in every way of grouping and signing there is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalsOf, plainSpaces } from '#reports/render/decimals.ts';

const LOCALES = [
  ...['en-GB', 'en-US', 'de-DE', 'de-CH', 'de-AT', 'fr-FR', 'fr-CH', 'es-ES', 'es-MX', 'pt-PT'],
  ...['pt-BR', 'pl-PL', 'it-IT', 'nl-NL', 'sv-SE', 'nb-NO', 'fi-FI', 'lt-LT', 'et-EE', 'sl-SI'],
  ...['en-IN', 'hi-IN', 'bn-BD', 'ne-NP', 'bg-BG', 'ar-EG', 'fa-IR', 'he-IL', 'ja-JP', 'th-TH'],
];

test.each(LOCALES)('%s', (tag) => {
  const locale = new Intl.Locale(tag, { numberingSystem: 'latn' });
  for (const exponent of [0, 2, 3]) {
    const intl = new Intl.NumberFormat(locale, {
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    });
    const write = decimalsOf(locale, exponent);
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.nat(17), (large, shift) => {
        const minor = (large / 10n ** BigInt(shift)).toString();
        const digits = minor.replace('-', '').padStart(exponent + 1, '0');
        const whole = digits.slice(0, digits.length - exponent);
        const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
        const text = `${minor.startsWith('-') ? '-' : ''}${whole}${fraction}`;
        expect(write(text)).toBe(plainSpaces(intl.format(text as Intl.StringNumericLiteral)));
      }),
      { numRuns: 200, seed: 20_261_125 },
    );
  }
});

test('what is no exact decimal is left to Intl', () => {
  const write = decimalsOf(new Intl.Locale('en-GB'), 2);
  expect(write('1234.5')).toBe('1,234.50');
  expect(write('007.00')).toBe('7.00');
});
