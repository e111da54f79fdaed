import { isCode, isTest, type ProjectFile } from './repository.ts';
import { matches, type Violation } from './violation.ts';

const EXPORTED = /^export (?:async )?(?:function\*?|const|let|(?:abstract )?class) ([A-Za-z_$][\w$]*)/gm;
const WORD = /[A-Za-z_$][\w$]*/g;
/** What stands in for a part of a package, and what is loaded by the path of its file. */
const FOR_OTHERS = /^scripts\/build\/lean\/|^local\/states\/conformance-adapter\.ts$|\/index\.ts$/;
/** Pages and texts that the tests of pages share. */
const SAMPLES = /^shared\/pages\/(sample-[\w-]+|hostile-text|read-markup)\.ts$/;
/** Numbers that a test holds against measured ones. */
const LIMITS = /^scripts\/build\/bundle-limits\.ts$/;

/**
 * Functions, constants and classes that are exported although no other file names them, and those of the project that
 * only tests use: code that is kept alive by its own tests.
 */
export function exportViolations(files: readonly ProjectFile[]): Violation[] {
  const code = files.filter(isCode);
  const wordsOf = new Map(code.map(({ path, text }) => [path, [...text.matchAll(WORD)].map(([word]) => word)]));
  const namedIn = new Map<string, string[]>();
  for (const [path, words] of wordsOf) {
    for (const word of new Set(words)) namedIn.set(word, [...(namedIn.get(word) ?? []), path]);
  }
  return code
    .filter(({ path }) => !FOR_OTHERS.test(path))
    .flatMap(({ path, text }) =>
      [...matches(text, EXPORTED)].flatMap(({ found, line }) => {
        const others = (namedIn.get(found) ?? []).filter((other) => other !== path);
        if (others.length === 0) {
          const problem = `it exports ${found}, which no other file names`;
          return [{ file: path, line, problem, fix: 'take the word export away, or all of it where nothing uses it' }];
        }
        const isUsedHere = (wordsOf.get(path) ?? []).filter((word) => word === found).length > 1;
        if (isUsedHere || isForTests(path) || !others.every(isTest)) return [];
        const problem = `${found} is used by tests alone`;
        return [{ file: path, line, problem, fix: 'take it out, or move it to a folder testing/ or test/support/' }];
      }),
    );
}

function isForTests(path: string): boolean {
  return isTest(path) || SAMPLES.test(path) || LIMITS.test(path);
}
