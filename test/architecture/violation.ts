/** A place where a rule does not hold, and how to mend it. */
export interface Violation {
  readonly file: string;
  /** From 1; left out where the file as a whole is meant. */
  readonly line?: number;
  readonly problem: string;
  readonly fix: string;
}

/** One sentence for each, for the message of a failing test. */
export function sentences(violations: readonly Violation[]): string[] {
  return violations.map(
    ({ file, line, problem, fix }) => `${file}${line === undefined ? '' : `:${line}`}: ${problem}. Fix: ${fix}.`,
  );
}

/** Every match of the pattern in the text, with its line. */
export function* matches(text: string, pattern: RegExp): Generator<{ readonly found: string; readonly line: number }> {
  for (const match of text.matchAll(pattern)) {
    yield { found: match[1] ?? match[0], line: text.slice(0, match.index).split('\n').length };
  }
}

/** The code with comments and the contents of plain strings blanked out, line by line in its place. */
export function codeOnly(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\w/])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, blank);
}
