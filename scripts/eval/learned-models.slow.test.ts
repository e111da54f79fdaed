import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { taught } from '../../evals/run/deal-examples.ts';
import { parseLabelled } from '../../evals/run/labelled.ts';
import { load } from '../../shared/models/learned/index.ts';
import { crossFitted, wholeModel } from './learned-models.ts';

const NAME = 'agents/lead-qualification/examples.jsonl';
const examples = parseLabelled(NAME, readFileSync(NAME, 'utf8')).slice(0, 80);
const [field] = leadQualification.learned.fields;
const workflow = {
  ...leadQualification,
  learned: { ...leadQualification.learned, fields: field === undefined ? [] : [field] },
};

test('no example is among the past cases of the model that scores it', { timeout: 120_000 }, async () => {
  const folds = await crossFitted(workflow, examples, () => undefined);
  const whole = await wholeModel(workflow, examples);
  const knows = (bytes: Uint8Array | null, at: number): boolean => {
    const example = taught(workflow, examples[at] as (typeof examples)[number]);
    return load(bytes ?? new Uint8Array())
      .score(example.input)
      .nearest.some(({ id }) => id === example.id);
  };
  for (const [at, { id }] of examples.entries()) {
    const fold = folds.foldOf(id);
    expect(fold).not.toBeNull();
    expect(knows(folds.bytesOf(fold), at)).toBe(false);
    expect(knows(whole.bytesOf(null), at)).toBe(true);
  }
});
