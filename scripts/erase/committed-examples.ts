import { existsSync, readFileSync } from 'node:fs';
import { inProject } from '../command/project.ts';

/** Labelled examples that are part of the tree; a learned model is made of these and of nothing else. */
export interface Committed {
  readonly file: string;
  /** Numbers of the lines that hold one of the texts, from 1. */
  readonly lines: readonly number[];
}

/** Whether the committed examples of these workflows hold one of these texts, in any case of their letters. */
export function committedExamples(
  cases: readonly { readonly workflow: string | null }[],
  texts: readonly string[],
): Committed[] {
  const files = [
    ...new Set(cases.flatMap(({ workflow }) => (workflow === null ? [] : [`agents/${workflow}/examples.jsonl`]))),
  ];
  return files
    .filter((file) => existsSync(inProject(file)))
    .map((file) => ({ file, lines: linesWith(readFileSync(inProject(file), 'utf8'), texts) }));
}

export function linesWith(text: string, texts: readonly string[]): number[] {
  const wanted = texts.map((one) => JSON.stringify(one.toLowerCase()).slice(1, -1));
  return text
    .toLowerCase()
    .split('\n')
    .flatMap((line, at) => (wanted.some((one) => line.includes(one)) ? [at + 1] : []));
}
