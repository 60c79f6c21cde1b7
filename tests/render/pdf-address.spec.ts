// What a PDF says it is: read as it was written, and nothing else taken for it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAddress, writeAddress } from '#reports/render/pdf-address.ts';

const name = fc.stringMatching(/^[a-z-]{1,20}(~in-[A-Za-z0-9=._-]{1,20})?(~zeros)?$/);
const period = fc.constantFrom('2026', '2026-Q1', '2026-11');

it('is read as it was written', () => {
  const packed = fc.uniqueArray(name, { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(packed, period, (reports, of) => {
      const pack = { kind: 'pack' as const, period: of, reports };
      expect(readAddress(writeAddress(pack))).toEqual(pack);
      const report = { kind: 'report' as const, period: of, reports: reports.slice(0, 1) };
      expect(readAddress(writeAddress(report))).toEqual(report);
    }),
  );
});

it.each([
  ...['', 'reports', 'reports/journal', 'reports//2026', 'reports/journal/2026/x', 'journal/2026'],
  ...[
    'packs/2026',
    'packs/2026?reports=',
    'packs/2026?reports=journal,journal',
    'packs/?reports=a',
  ],
])('%s is none', (text) => expect(readAddress(text)).toBeNull());
