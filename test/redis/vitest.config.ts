import { defineConfig } from 'vitest/config';

/** Needs a real `redis-server` on the path; `npm test` does without. */
export default defineConfig({
  test: {
    include: ['test/redis/*.redis.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    fileParallelism: false,
  },
});
