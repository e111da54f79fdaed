import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{agents,console,evals,functions,infra,local,scripts,shared,test}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
