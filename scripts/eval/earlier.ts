import { readFileSync } from 'node:fs';
import { type EarlierRun, parseEarlier } from '../../evals/compare/earlier.ts';
import { Problem } from '../command/problem.ts';
import { NOT_MEASURED } from './options.ts';

/** An earlier report.json, or the baseline of one. @throws Problem where the file is neither. */
export function earlierIn(path: string): EarlierRun {
  try {
    return parseEarlier(readFileSync(path, 'utf8'));
  } catch (error) {
    const problem = `${path} is no report of an evaluation, and no baseline: name its report.json.`;
    throw new Problem(problem, { cause: error, exitCode: NOT_MEASURED });
  }
}
