import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { Example } from '../../shared/models/learned/contract.ts';
import { learnedInput } from '../../shared/models/learned-input.ts';
import { Problem } from '../command/problem.ts';
import { inCache, inProject } from '../command/project.ts';
import { digestOf } from './digest.ts';

type Facts = Parameters<typeof learnedInput>[1];

export interface LearnedBuild {
  readonly bytes: Uint8Array;
  readonly examples: number;
  /** False when the model of an earlier run was taken. */
  readonly isNew: boolean;
}

/**
 * The learned model of a workflow, trained on its examples; null when it has none. Training is repeated only when
 * examples, settings or the trainer have changed.
 */
export async function learnedModelOf(workflow: Workflow): Promise<LearnedBuild | null> {
  const file = `agents/${workflow.id}/examples.jsonl`;
  if (!existsSync(inProject(file))) return null;
  const examples = parseExamples(file, readFileSync(inProject(file), 'utf8'));
  if (examples.length === 0) return null;
  const digest = digestOf(
    [file, `agents/${workflow.id}/*.ts`, 'shared/models/learned/*.ts'],
    JSON.stringify(workflow.learned),
  );
  const cached = inCache('learned', `${workflow.id}-${digest.slice(0, 32)}.bin`);
  if (existsSync(cached)) return { bytes: readFileSync(cached), examples: examples.length, isNew: false };
  const bytes = await trainOn(examples, workflow);
  keep(cached, bytes);
  return { bytes, examples: examples.length, isNew: true };
}

/** @throws Problem naming the line that is not JSON. */
export function parseExamples(file: string, text: string): Example[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Example];
    } catch (error) {
      throw new Problem(`${file}, line ${index + 1} is not JSON: ${(error as Error).message}`, { cause: error });
    }
  });
}

async function trainOn(examples: Example[], workflow: Workflow): Promise<Uint8Array> {
  const { serialise, train } = await import('../../shared/models/learned/index.ts');
  try {
    const seen = examples.map((example) => ({
      ...example,
      ...caseOf(example),
      input: learnedInput(workflow, example.input as Facts),
    }));
    return serialise(train(seen, workflow.learned));
  } catch (error) {
    throw new Problem(`The learned model of ${workflow.id} cannot be trained: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** A correction says of which case it was made. */
function caseOf(example: object): Pick<Example, 'caseId'> {
  const { data } = OfCase.safeParse(example);
  return data === undefined ? {} : { caseId: data.provenance.caseId };
}

const OfCase = z.object({ provenance: z.object({ caseId: z.string() }) });

/** Written aside first: a file of that name is always whole. */
function keep(path: string, bytes: Uint8Array): void {
  mkdirSync(inCache('learned'), { recursive: true });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, bytes);
  renameSync(aside, path);
}
