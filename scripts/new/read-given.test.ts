import { describe, expect, it } from 'vitest';
import { readGiven } from './read-given.ts';

const nothing = () => '';

describe('what is given to npm run new', () => {
  it('is to be asked for where there is only a name', () => {
    expect(readGiven(['workflow', 'returns'], nothing)).toEqual({ id: 'returns', given: null });
  });

  it('comes by options, each with its place', () => {
    const args = [
      'workflow',
      'returns',
      '--trigger',
      'webhook a: b',
      '--trigger',
      'webhook c: d',
      '--owner',
      'a@b.example',
    ];
    expect(readGiven(args, nothing).given).toMatchObject({
      owner: { text: 'a@b.example', place: '--owner' },
      triggers: [{ text: 'webhook a: b', place: '--trigger' }, { text: 'webhook c: d' }],
      escalation: [],
    });
  });

  it('comes from a file, each with its line', () => {
    const file = '{\n  "owner": "a@b.example",\n  "actions": [\n    "tell by x: Tell"\n  ]\n}\n';
    expect(readGiven(['workflow', 'returns', '--answers', 'my.json'], () => file).given).toMatchObject({
      owner: { place: 'my.json, line 2' },
      actions: [{ text: 'tell by x: Tell', place: 'my.json, line 4' }],
    });
  });

  it.each<[string, string[], string, string]>([
    ['no name', ['workflow'], '', 'npm run new -- workflow <id>'],
    ['something else', ['agent', 'x'], '', 'npm run new -- workflow <id>'],
    ['an unknown option', ['workflow', 'x', '--tier', 'approve'], '', "Unknown option '--tier'"],
    ['a file that is not JSON', ['workflow', 'x', '--answers', 'my.json'], '{', 'my.json is not JSON'],
    [
      'a file with an unknown answer',
      ['workflow', 'x', '--answers', 'my.json'],
      '{"tiers":[]}',
      'my.json does not hold the answers',
    ],
  ])('is refused with %s', (_what, args, file, problem) => {
    expect(() => readGiven(args, () => file)).toThrow(problem);
  });
});
