import type { Check } from './check.ts';
import { programCheck } from './program-check.ts';
import { vitestCheck } from './vitest-check.ts';

/** What needs no bundles, no stack and no browser. Nothing here changes a file of the project. */
export const fastChecks: readonly Check[] = [
  programCheck('format and lint (biome)', 'biome', ['check', '--error-on-warnings', '.']),
  programCheck('lint (oxlint)', 'oxlint', ['--deny-warnings']),
  programCheck('types', 'tsc', ['--noEmit', '-p', '.']),
  vitestCheck('unit and architecture tests', ['unit', 'architecture']),
];
