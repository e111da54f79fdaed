import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stepOnFile } from '../../shared/connectors/definitions.ts';
import { pairsAlike, wordsOf } from '../../test/support/alike-texts.ts';
import { Step, StepJudgement } from './step.ts';

const Example = z.strictObject({
  id: z.string(),
  input: z.strictObject({ input: Step, sources: z.strictObject({ 'on-file': stepOnFile.data }) }),
  expected: StepJudgement,
  note: z.string().min(1).optional(),
});
type Example = z.infer<typeof Example>;

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const linesOf = (path: string): Example[] =>
  read(path)
    .trim()
    .split('\n')
    .map((line) => Example.parse(JSON.parse(line)));
const examples = linesOf('./examples.jsonl');
const unseen = linesOf('./unseen.jsonl');
const noted = [...examples, ...unseen].filter(({ input }) => input.input.note !== '');
const samples = globSync('samples/*.json', { cwd: import.meta.dirname }).toSorted();

describe('the labelled steps', () => {
  it('are enough, with consecutive ids that occur once', () => {
    expect(examples.length).toBeGreaterThanOrEqual(100);
    expect(examples.map(({ id }) => id)).toEqual(examples.map((_, at) => `step-${String(at + 1).padStart(4, '0')}`));
  });

  it('reach nobody', () => {
    const addresses = [...examples, ...unseen].flatMap(({ input: { input } }) => [input.email, input.owner]);
    expect(addresses.filter((address) => !/@(inbox|remit)\.example$/.test(address))).toEqual([]);
  });

  it('never have the same note twice, nor two that share most of their word trigrams', () => {
    const notes = noted.map(({ input }) => wordsOf(input.input.note).join(' '));
    expect(notes.filter((note, index) => notes.indexOf(note) !== index)).toEqual([]);
    expect(
      pairsAlike(
        noted.map(({ id, input }) => ({ id, text: input.input.note })),
        0.5,
      ),
    ).toEqual([]);
  });

  it('are often silent, as most late steps are, and silence is always the turn of the owner', () => {
    const silent = examples.filter(({ input }) => input.input.note === '');
    expect(silent.length).toBeGreaterThan(20);
    expect(silent.filter(({ expected }) => expected.standing !== 'untouched')).toEqual([]);
  });

  it('say that nobody is waited for where all is done, and only there', () => {
    const odd = [...examples, ...unseen].filter(
      ({ expected: { standing, waitsFor } }) => (standing === 'done') !== (waitsFor === 'nobody'),
    );
    expect(odd).toEqual([]);
  });

  it('show every value at least 30 times', () => {
    const values = examples.flatMap(({ expected }) => Object.values(expected));
    const counts = [...new Set(values)].map((value) => [value, values.filter((one) => one === value).length]);
    expect(counts.filter(([, count]) => Number(count) < 30)).toEqual([]);
    expect(counts).toHaveLength(8);
  });
});

describe('the samples', () => {
  it.each(samples.filter((file) => !file.includes('broken')))('%s is a step as the HR system reports it', (file) => {
    expect(Step.safeParse(JSON.parse(read(`./${file}`))).error).toBeUndefined();
  });

  it('broken has one thing wrong: its date', () => {
    const result = Step.safeParse(JSON.parse(read('./samples/broken.json')));
    expect(result.error?.issues.map(({ path }) => path)).toEqual([['due']]);
  });
});
