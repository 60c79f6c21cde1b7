// The mapping of a member's accounts as it is typed.
import { expect, test } from 'vitest';
import { mappingAsTyped, typedMapping } from '#app/_components/group/typed-mapping.ts';

test('lines with either arrow are read, empty ones aren’t lines', () => {
  const typed = ' 4000..4999 -> 4000 \n\nname Income:Rents → 4100\n';
  expect(typedMapping(typed)).toEqual([
    { accounts: '4000..4999', to: '4000' },
    { accounts: 'name Income:Rents', to: '4100' },
  ]);
  expect(typedMapping('')).toEqual([]);
});

test('a line without an arrow is refused as the code that it would be', () => {
  expect(typedMapping('4000 to 5000')).toEqual([{ accounts: '4000 to 5000', to: '4000 to 5000' }]);
});

test('what was kept is shown as it is typed', () => {
  const mapping = [{ accounts: '1000; 1100..1199', to: '1000' }];
  expect(typedMapping(mappingAsTyped(mapping))).toEqual(mapping);
});
