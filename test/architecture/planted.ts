import type { ProjectFile } from './repository.ts';

/** A file as it might be written by someone who does not know the rule. */
export function planted(path: string, ...lines: readonly string[]): ProjectFile {
  return { path, text: `${lines.join('\n')}\n` };
}
