import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { LabelledError, parseLabelled } from '../../evals/run/labelled.ts';
import { setDigest, setPath } from '../../evals/run/scored-set.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { type DeployedSet, OWN_EXAMPLES, Slug } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';

/** The function that measures: what production has of a workflow, and its labelled sets beside it. */
const MEASURES = 'evaluate';
/** The function that has it measured; it is told which sets there are, and none of their examples. */
const STARTS = 'start-evaluation';

/** Puts the labelled sets, instructions and learned models beside the function that measures. No other one has examples. */
export function writeEvaluationFiles(workflows: readonly Workflow[]): void {
  for (const { id, agents } of workflows) {
    const sets = setsOf(id);
    for (const { name } of sets) copy(inProject(setPath(id, name)), MEASURES, setPath(id, name));
    const inProduction = ['learned.bin', ...agents.map(({ instructions }) => instructions)];
    for (const file of inProduction)
      copy(inProject('dist', 'run-turn', 'agents', id, file), MEASURES, `agents/${id}/${file}`);
    const list = beside(STARTS, `agents/${id}/sets.json`);
    writeFileSync(list, JSON.stringify(sets));
  }
}

/** The labelled sets of a workflow: its own examples, and the files in its folder `sets`. */
export function setsOf(workflow: string): DeployedSet[] {
  const files = globSync('*.jsonl', { cwd: inProject('agents', workflow, 'sets') }).toSorted();
  const names = [OWN_EXAMPLES, ...files.map((file) => basename(file, '.jsonl'))];
  return names.flatMap((name): DeployedSet[] => {
    const path = setPath(workflow, name);
    if (!existsSync(inProject(path)) || readFileSync(inProject(path), 'utf8').trim() === '') return [];
    if (!Slug.safeParse(name).success) throw new Problem(`${path}: name it in lower-case words joined by hyphens.`);
    const examples = read(path);
    return [{ name, digest: setDigest(examples), examples: examples.length }];
  });
}

function read(path: string) {
  try {
    return parseLabelled(path, readFileSync(inProject(path), 'utf8'));
  } catch (error) {
    if (error instanceof LabelledError) throw new Problem(error.message, { cause: error });
    throw error;
  }
}

function copy(from: string, name: string, file: string): void {
  if (existsSync(from)) cpSync(from, beside(name, file));
}

function beside(name: string, file: string): string {
  const path = inProject('dist', name, file);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
