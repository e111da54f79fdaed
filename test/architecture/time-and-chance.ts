import { isCode, isTest, type ProjectFile } from './repository.ts';
import { codeOnly, matches, type Violation } from './violation.ts';

const WHERE = /^shared\/(domain|operations)\//;
const CALLS = /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/g;

/** Time, ids and chance are inputs of the rules: nothing there asks the machine for them. */
export function timeAndChanceViolations(files: readonly ProjectFile[]): Violation[] {
  return files
    .filter((file) => isCode(file) && WHERE.test(file.path) && !isTest(file.path))
    .flatMap(({ path, text }) =>
      [...matches(codeOnly(text), CALLS)].map(({ found, line }) => ({
        file: path,
        line,
        problem: `it uses ${found}`,
        fix: 'take the time from the Clock port, ids and chance from the Ids port, or take them as an argument',
      })),
    );
}
