// Tests: `*.spec.ts` pure, `*.int.spec.ts` on real databases, `*.e2e.spec.ts` in Chromium.
import { defineConfig } from 'vitest/config';

const common = { exclude: ['node_modules/**', '.next/**', '.daybook/**'] };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['tests/**/*.spec.ts'],
          exclude: [...common.exclude, 'tests/**/*.int.spec.ts', 'tests/**/*.e2e.spec.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...common,
          name: 'int',
          include: ['tests/**/*.int.spec.ts'],
          globalSetup: ['tests/rig/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['tests/**/*.e2e.spec.ts'],
          globalSetup: ['tests/rig/global-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 400_000,
          // One browser and four processes each: one file after the other.
          fileParallelism: false,
        },
      },
    ],
  },
});
