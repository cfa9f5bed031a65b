import { defineConfig } from 'vitest/config';

/** Tests in a real browser: `npm run test:browser`. Apart from the others, because they need one on this machine. */
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
