import { isCode, type ProjectFile } from './repository.ts';
import { matches, type Violation } from './violation.ts';

const VAGUE = /^(utils?|helpers?|common|managers?|misc)$/;
const KEBAB = /^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

/** Names of files and folders say what is in them, in kebab-case; exports have names too. */
export function nameViolations(files: readonly ProjectFile[]): Violation[] {
  return files.filter(isCode).flatMap((file) => [...vagueNames(file), ...otherCases(file), ...defaultExports(file)]);
}

/** Secrets Manager is the name of a service and says what it is. */
function vagueNames({ path }: ProjectFile): Violation[] {
  const vague = path
    .replaceAll('secrets-manager', '')
    .split(/[/.-]/)
    .find((word) => VAGUE.test(word));
  if (vague === undefined) return [];
  return [
    { file: path, problem: `"${vague}" says nothing about what is in it`, fix: 'name the file for what it does' },
  ];
}

function otherCases({ path }: ProjectFile): Violation[] {
  if (path.split('/').every((part) => KEBAB.test(part))) return [];
  return [{ file: path, problem: 'its name is not in kebab-case', fix: 'write lower-case words joined by hyphens' }];
}

function defaultExports({ path, text }: ProjectFile): Violation[] {
  if (path === 'vitest.config.ts') return [];
  return [...matches(text, /^export default\b|^export \{[^}]*\bas default\b/gm)].map(({ line }) => ({
    file: path,
    line,
    problem: 'it has a default export',
    fix: 'export it by name',
  }));
}
