import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import { qualifierAlone } from '../../test/support/qualifier-alone.ts';
import { exampleProblems } from './example-problems.ts';

const base = qualifierAlone();
const [agent] = base.agents;
if (agent === undefined) throw new Error('the workflow has an agent');
const decides = z.strictObject({ match: z.enum(['exact', 'none']), isDunning: z.boolean() });
const workflow: Workflow = { ...base, input: z.object({ amount: z.number() }), agents: [{ ...agent, decides }] };

const FILE = 'agents/x/examples.jsonl';
const good = { id: 'a', input: { input: { amount: 3 }, sources: {} }, expected: { match: 'exact', isDunning: true } };
const problems = (...examples: object[]): string[] =>
  exampleProblems(workflow, FILE, examples.map((example) => JSON.stringify(example)).join('\n\n'));

describe('labelled examples', () => {
  it('fit where input and labels do, with a part of the labels, and where no value is right', () => {
    expect(problems(good, { ...good, id: 'b', expected: { match: null } })).toEqual([]);
    expect(exampleProblems(workflow, FILE, '\n')).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'a value that there is not',
      { expected: { match: 'maybe' } },
      'line 3: "match" in "expected" cannot be "maybe": ',
    ],
    [
      'a field that nobody judges',
      { expected: { mach: 'none' } },
      'line 3: "mach" in "expected" is judged by no agent',
    ],
    ['input of another type', { input: { input: { amount: '12,50' } } }, 'line 3: in "input.input": amount: '],
    ['no label', { expected: undefined }, 'line 3: '],
    ['an id of another', { id: 'a' }, 'the id a stands twice'],
  ])('are refused with their line for %s', (_why, change, problem) => {
    const [said = '', ...more] = problems(good, { ...good, id: 'b', ...change });
    expect(said).toContain(FILE);
    expect(said).toContain(problem);
    expect(said).not.toContain('\n');
    expect(more).toEqual([]);
  });

  it('are told ten at once', () => {
    const wrong = Array.from({ length: 14 }, (_, at) => ({ ...good, id: `w${at}`, expected: { match: 'maybe' } }));
    expect(problems(...wrong)).toHaveLength(11);
    expect(problems(...wrong).at(-1)).toBe('and 4 more');
  });
});
