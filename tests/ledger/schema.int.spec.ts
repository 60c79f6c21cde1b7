// prisma/schema.prisma says what the migrations make.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { introspect } from '#tests/rig/introspect-schema.ts';
import { startRig } from '#tests/rig/start-rig.ts';

test('the schema read from a migrated database is the one in prisma/schema.prisma', async () => {
  const rig = await startRig();
  try {
    const schema = readFileSync('prisma/schema.prisma', 'utf8').replace(/^\/\/ .*\n/gm, '');
    expect(await introspect(rig.databaseUrl, schema)).toBe(schema);
  } finally {
    await rig.stop();
  }
});
