import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 30_000,
    // Tests wait a good deal for programs that they start: one worker fewer than processors, as is usual, takes almost twice the time on two.
    maxWorkers: '100%',
  },
});
