import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    // For what hangs. A test may start a dozen programs, on a machine that is slow and busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Tests wait a good deal for programs that they start: one worker fewer than processors, as is usual, takes almost twice the time on two.
    maxWorkers: '100%',
  },
});
