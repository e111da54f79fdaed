import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { dealExamples, withoutSeen } from './deal-examples.ts';
import { type Labelled, parseLabelled } from './labelled.ts';

const NAME = 'agents/lead-qualification/examples.jsonl';
const examples = parseLabelled(NAME, readFileSync(NAME, 'utf8')).slice(0, 120);

test('every example is scored once, by a model that was not trained on it', () => {
  const folds = dealExamples(leadQualification, examples);
  expect(folds).toHaveLength(5);
  expect(folds.flatMap(({ scores }) => scores).toSorted()).toEqual(examples.map(({ id }) => id).toSorted());
  for (const { trainedOn, scores } of folds) {
    expect(trainedOn.filter((id) => scores.includes(id))).toEqual([]);
    expect(trainedOn.length + scores.length).toBe(examples.length);
  }
});

test('copies of a case, and cases of a group, are never on both sides', () => {
  const [one, two, ...others] = examples as [Labelled, Labelled, ...Labelled[]];
  const copy = { ...one, id: 'copy' };
  const grouped = [
    { ...two, group: 'g' },
    { ...(others[0] as Labelled), group: 'g' },
  ];
  const folds = dealExamples(leadQualification, [one, copy, ...grouped, ...others.slice(1)]);
  for (const pair of [[one.id, 'copy'], grouped.map(({ id }) => id)]) {
    const holding = folds.filter(({ scores }) => pair.some((id) => scores.includes(id)));
    expect(holding).toHaveLength(1);
  }
});

test('a set is scored without what the model was trained on, by id, group or content', () => {
  const [one, two, three, four] = examples as [Labelled, Labelled, Labelled, Labelled];
  const training = [one, { ...two, group: 'g' }];
  const set = [one, { ...one, id: 'renamed' }, { ...three, group: 'g' }, four];
  const { unseen, seen } = withoutSeen(set, training);
  expect(unseen.map(({ id }) => id)).toEqual([four.id]);
  expect(seen.map(({ id }) => id)).toEqual([one.id, 'renamed', three.id]);
});
