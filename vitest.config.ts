import { defineConfig } from 'vitest/config';

/** Tests that need the bundles and the synthesized stack, or run for long. */
const SYSTEM = ['**/*.{scenario,contract,boot,template,slow}.test.ts', 'test/!(architecture|support)/**/*.test.ts'];
const BROWSER = ['**/*.browser.test.ts'];
const ARCHITECTURE = ['test/architecture/**/*.test.ts'];
/** Bundles and template, made once for all tests that boot them. */
const BUILD_STACK = ['test/support/build-stack.ts'];
const ELSEWHERE = ['**/node_modules/**', 'dist/**', 'cdk.out/**', '.remit/**'];

/** Every test file belongs to exactly one project. */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      project('unit', ['**/*.test.ts'], [...SYSTEM, ...BROWSER, ...ARCHITECTURE]),
      project('architecture', ARCHITECTURE, []),
      project('system', SYSTEM, BROWSER, BUILD_STACK),
      project('browser', BROWSER, [], BUILD_STACK),
    ],
  },
});

function project(name: string, include: string[], exclude: string[], globalSetup: string[] = []) {
  return { extends: true as const, test: { name, include, exclude: [...ELSEWHERE, ...exclude], globalSetup } };
}
