import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workflows } from '../../agents/index.ts';
import { parseLabelled } from '../../evals/run/labelled.ts';
import { setDigest } from '../../evals/run/scored-set.ts';

const ids = workflows.map(({ id }) => id).toSorted();

test('labelled examples lie beside the function that measures, and beside no other', () => {
  const found = globSync('dist/**/*.jsonl').toSorted();
  expect(found).toEqual(ids.map((id) => `dist/evaluate/agents/${id}/examples.jsonl`));
});

test('what measures has the instructions and the learned models of production', () => {
  for (const path of globSync('dist/run-turn/agents/*/{learned.bin,*.md}')) {
    const beside = path.replace('dist/run-turn/', 'dist/evaluate/');
    expect(readFileSync(beside).equals(readFileSync(path))).toBe(true);
  }
});

test.each(ids)('what starts an evaluation of %s knows its sets by name and digest, and none of its examples', (id) => {
  const path = `agents/${id}/examples.jsonl`;
  const examples = parseLabelled(path, readFileSync(path, 'utf8'));
  expect(JSON.parse(readFileSync(`dist/start-evaluation/agents/${id}/sets.json`, 'utf8'))).toEqual([
    { name: 'examples', digest: setDigest(examples), examples: examples.length },
  ]);
  expect(globSync(`dist/start-evaluation/agents/${id}/*`)).toHaveLength(1);
});
