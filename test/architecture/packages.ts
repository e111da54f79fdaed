import { importsOf } from './imports.ts';
import { isCode, isTest, type ProjectFile } from './repository.ts';
import type { Violation } from './violation.ts';

interface PackageRule {
  readonly packages: RegExp;
  readonly where: RegExp;
  readonly fix: string;
}

const RULES: readonly PackageRule[] = [
  {
    packages: /^@(aws-sdk|smithy)\//,
    // The wiring makes the clients that it hands to the adapters; it calls nothing on them.
    where: /^(shared\/aws|scripts|bench)\/|^functions\/(?:[a-z]+\/)?wiring\.ts$/,
    fix: 'put the call behind a port in shared/ports and implement it in shared/aws',
  },
  {
    packages: /^@anthropic-ai\//,
    where: /^shared\/models\/claude/,
    fix: 'ask the model through its port; shared/models/claude alone speaks to it',
  },
  {
    packages: /^(aws-cdk-lib|constructs|aws-cdk)$/,
    where: /^infra\//,
    fix: 'the stack is described in infra/ only',
  },
  {
    packages: /^(vitest|fast-check|playwright-core)$/,
    where: /^(bench\/|vitest\.config\.ts$)/,
    fix: 'move it to a test, or to test/support',
  },
];

/** Packages that are loaded outside the one folder that may. */
export function packageViolations(files: readonly ProjectFile[]): Violation[] {
  return files
    .filter((file) => isCode(file) && !isTest(file.path))
    .flatMap((file) =>
      importsOf(file).flatMap(({ packageName, line }) => {
        const broken = RULES.find(({ packages, where }) => packages.test(packageName ?? '') && !where.test(file.path));
        if (broken === undefined) return [];
        return [{ file: file.path, line, problem: `it loads ${packageName}`, fix: broken.fix }];
      }),
    );
}
