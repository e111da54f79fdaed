import { expect, test } from 'vitest';
import { workflows } from '../../agents/index.ts';
import { readSamples } from './read-samples.ts';
import { casesIn, morningOf, type Sample } from './traffic.ts';

const samples = readSamples(workflows);

test('the morning has samples of every workflow, mixed, and is the same every time', () => {
  const arrivals = morningOf(workflows, samples);
  expect(new Set(arrivals.map(({ sample }) => sample.workflow))).toEqual(new Set(workflows.map(({ id }) => id)));
  const first = arrivals.slice(0, 10).map(({ sample }) => sample.workflow);
  expect(new Set(first).size).toBeGreaterThan(1);
  expect(morningOf(workflows, samples.toReversed())).toEqual(arrivals);
});

test('a file of many, an event and a webhook go where they belong', () => {
  const byFile = (file: string) => morningOf(workflows, samples).find(({ sample }) => sample.file === file);
  expect(byFile('day-file.csv')).toMatchObject({ kind: 'file', trigger: 'day-file', lines: 40 });
  expect(byFile('sample-event.json')).toMatchObject({ kind: 'event', source: 'linkedin' });
  expect(byFile('inbound-mail.eml')).toMatchObject({ kind: 'mail', to: 'support' });
  expect(byFile('hot-lead.json')).toMatchObject({ kind: 'webhook' });
});

test('some come twice and some are forged, and neither makes a case', () => {
  const sample = (index: number): Sample => ({ workflow: 'lead-qualification', file: `${index}.json`, text: '{}' });
  const arrivals = morningOf(
    workflows,
    Array.from({ length: 16 }, (_, index) => sample(index)),
  );
  const kinds = arrivals.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'again')).toHaveLength(2);
  expect(kinds.filter((kind) => kind === 'forged')).toHaveLength(1);
  expect(casesIn(arrivals)).toBe(16);
});
