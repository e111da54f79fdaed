import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';
import { type AgentDeclaration, agentsOf } from './agents-of.ts';
import { handOff, mergingPanel, orchestrator, type Pattern, SINGLE, sequence, votingPanel } from './pattern.ts';
import { patternProblems } from './pattern-problems.ts';

type Declared = AgentDeclaration<JsonObject, string>;

const agent = (id: string, judgement: z.ZodType<JsonObject>, takes?: z.ZodType<JsonObject>): Declared => ({
  ...{ id, title: id, instructions: 'a.md', sources: [], timeoutMs: 1_000, judgement },
  ...(takes === undefined ? {} : { takes }),
});
const Topic = z.strictObject({ topic: z.string() });
const Mood = z.strictObject({ mood: z.string() });
const finder = agent('finder', Topic);
const other = agent('other', Topic);
const writer = agent('writer', Mood, z.object({ topic: z.string(), tone: z.exactOptional(z.string()) }));
/** As a builder without types would write it. */
const untyped = (pattern: object): Pattern => pattern as Pattern;

const problemsIn = (declared: readonly Declared[], pattern: Pattern) =>
  patternProblems({ agents: agentsOf(declared, pattern), pattern });

describe('problems of a pattern', () => {
  it.each<[string, readonly Declared[], Pattern]>([
    ['one agent alone', [finder], SINGLE],
    ['a sequence', [finder, writer], sequence('finder', 'writer')],
    ['specialists', [finder, writer], mergingPanel('finder', 'writer')],
    ['a vote', [finder, other], votingPanel({ members: ['finder', 'other'], on: ['topic'] })],
    ['a leader', [finder, writer], orchestrator({ leader: 'writer', leads: ['finder'] })],
    ['a hand-off', [finder, other], handOff({ first: 'finder', routes: { finder: ['other'] } })],
  ])('are none for %s', (_what, declared, pattern) => {
    expect(problemsIn(declared, pattern)).toEqual([]);
  });

  it.each<[string, readonly Declared[], Pattern, string, string]>([
    ['several agents without a pattern', [finder, other], SINGLE, '2 agents work alone', 'say in "pattern"'],
    ['an agent of no name', [finder], sequence('finder', 'writer'), 'names "writer"', 'declare it or take it out'],
    [
      ...(['an agent that is left out', [finder, writer, other], sequence('finder', 'writer')] as const),
      ...(['agent other has no place', 'add it there or take it out'] as const),
    ],
    [
      ...(['an agent with two places', [finder, writer], sequence('finder', 'writer', 'writer')] as const),
      ...(['agent writer has two places', 'take one out'] as const),
    ],
    [
      'nothing that is taken',
      [finder, other],
      sequence('finder', 'other'),
      'does not say what it takes',
      'set its "takes"',
    ],
    [
      ...(['a field that nobody says', [agent('mood', Mood), writer], sequence('mood', 'writer')] as const),
      ...(['agent writer takes "topic", which no agent before it always says', 'add it there'] as const),
    ],
    [
      'a first agent that has a turn only at times',
      [{ ...finder, when: () => true }, writer],
      sequence('finder', 'writer'),
      'agent finder begins',
      'take out its "when"',
    ],
    [
      'a field that is said only at times',
      [agent('mood', Mood), { ...finder, takes: Mood, isRequired: false }, writer],
      sequence('mood', 'finder', 'writer'),
      'agent writer takes "topic", which no agent before it always says',
      'add it there',
    ],
    [
      'a turn at times in a panel',
      [{ ...finder, isRequired: false }, agent('mood', Mood)],
      mergingPanel('finder', 'mood'),
      'agent finder has a "when" or is not required',
      'take it out',
    ],
    ['a field of two', [finder, other], mergingPanel('finder', 'other'), 'both decide "topic"', 'leave it to one'],
    [
      'a panel of one',
      [finder],
      untyped({ ...mergingPanel('a', 'b'), members: ['finder'] }),
      'a panel of 1',
      'give it 2',
    ],
    [
      ...(['different judgements', [finder, writer], votingPanel({ members: ['finder', 'writer'] })] as const),
      ...(['agent writer judges something else than finder', 'the same judgement'] as const),
    ],
    [
      ...(['a judge of something else', [finder, other, writer]] as const),
      votingPanel({ members: ['finder', 'other'], judge: 'writer' }),
      ...(['agent writer judges something else', 'the same judgement'] as const),
    ],
    [
      ...(['a vote on what is not judged', [finder, other]] as const),
      votingPanel({ members: ['finder', 'other'], on: ['mood'] }),
      ...(['votes on "mood"', 'take it out of "on"'] as const),
    ],
    [
      ...(['debates without end', [finder, other], votingPanel({ members: ['finder', 'other'], debates: 9 })] as const),
      ...(['debates 9 times', 'set debates from 0 to 3'] as const),
    ],
    [
      ...(['no weight', [finder, other]] as const),
      votingPanel({
        members: ['finder', 'other'],
        rule: { kind: 'weighted', weights: { finder: 1, other: 0 }, above: 0.5 },
      }),
      ...(['the vote of other has no weight', 'set one above 0'] as const),
    ],
    [
      ...(['a minority that decides', [finder, other]] as const),
      votingPanel({
        members: ['finder', 'other'],
        rule: { kind: 'weighted', weights: { finder: 1, other: 1 }, above: 0.2 },
      }),
      ...(['a share above 0.2', 'set "above" from 0.5'] as const),
    ],
    ['nobody to lead', [writer], orchestrator({ leader: 'writer', leads: [] }), 'leads nobody', 'name agents'],
    [
      ...(['a leader with one turn', [finder, writer]] as const),
      orchestrator({ leader: 'writer', leads: ['finder'], most: { turns: 1 } }),
      ...(['may take 1 turns', 'from 3 to 30'] as const),
    ],
    [
      ...(['turns without end', [finder, other]] as const),
      handOff({ first: 'finder', routes: { finder: ['other'] }, most: { turns: 1_000 } }),
      ...(['may take 1000 turns', 'from 2 to 30'] as const),
    ],
    [
      ...(['no calls and no money', [finder, other]] as const),
      handOff({ first: 'finder', routes: { finder: ['other'] }, most: { calls: 0 } }),
      ...(['may make 0 calls', 'above 0'] as const),
    ],
    [
      ...(['a loop of one', [finder, other]] as const),
      handOff({ first: 'finder', routes: { finder: ['other', 'finder'] } }),
      ...(['finder hands over to itself', 'take it out of its route'] as const),
    ],
  ])('name %s and the fix', (_what, declared, pattern, problem, fix) => {
    const found = problemsIn(declared, pattern);
    expect(found.join('\n')).toContain(problem);
    expect(found.join('\n')).toContain(fix);
  });

  it('say on which line the pattern stands', () => {
    const [problem] = problemsIn([finder], sequence('finder', 'writer'));
    expect(problem).toMatch(/ \(shared\/authoring\/pattern-problems\.test\.ts:\d+\)$/);
  });
});
