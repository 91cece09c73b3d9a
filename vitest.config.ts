import { defineConfig } from 'vitest/config'
import { EvenShares } from './tests/even-shares.ts'

/** One tier a folder; slow tiers run one file at a time, because they have a panel to themselves. */
const tier = (name: string, options: Record<string, unknown> = {}) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout: 20_000,
    hookTimeout: 120_000,
    // What is waited for may take its time on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    ...options,
  },
})

export default defineConfig({
  test: {
    sequence: { sequencer: EvenShares },
    projects: [
      // Rules and templates have no memory: what they import is loaded once for all files.
      tier('core', { isolate: false }),
      tier('data', { globalSetup: 'tests/data/database.ts', fileParallelism: false, testTimeout: 120_000 }),
      tier('api', { globalSetup: 'tests/api/panel.ts', fileParallelism: false, testTimeout: 120_000 }),
      tier('infra', { testTimeout: 60_000, isolate: false }),
      tier('machine', { fileParallelism: false, testTimeout: 120_000 }),
      // Beside tests that go before it, it takes longer.
      tier('simulation', { fileParallelism: false, testTimeout: 1_800_000 }),
      tier('e2e', { globalSetup: 'tests/e2e/panel.ts', fileParallelism: false, testTimeout: 120_000 }),
    ],
  },
})
