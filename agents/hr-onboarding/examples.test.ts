import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { teamDirectory } from '../../shared/connectors/definitions.ts';
import { pairsAlike, wordsOf } from '../../test/support/alike-texts.ts';
import { countryOf } from './countries.ts';
import { Hire, HireJudgement, hireFrom } from './hire.ts';

const Example = z.strictObject({
  id: z.string(),
  input: z.strictObject({ input: Hire, sources: z.strictObject({ team: teamDirectory.data }) }),
  expected: HireJudgement,
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
const all = [...examples, ...unseen];
const sandbox = z
  .strictObject({ note: z.string(), teams: z.record(z.string(), z.array(z.json())) })
  .parse(JSON.parse(read('./sandbox.json')));
const samples = globSync('samples/*.json', { cwd: import.meta.dirname }).toSorted();
const textOf = ({ id, input: { input } }: Example) => ({ id, text: `${input.role} ${input.note}` });

describe('the labelled examples', () => {
  it('are enough, with consecutive ids that occur once', () => {
    expect(examples.length).toBeGreaterThanOrEqual(160);
    expect(examples.map(({ id }) => id)).toEqual(examples.map((_, at) => `hire-${String(at + 1).padStart(4, '0')}`));
  });

  it('reach nobody: every hire and every colleague has an address of nobody, each hire one of their own', () => {
    const addresses = all.map(({ input }) => input.input.email);
    expect(addresses.filter((address) => !/^[a-z.]+@(home|inbox|mail|post)\.example$/.test(address))).toEqual([]);
    expect(new Set(addresses).size).toBe(addresses.length);
    const colleagues = all.flatMap(({ input }) => input.sources.team.colleagues.map(({ email }) => email));
    expect(colleagues.filter((email) => !email.endsWith('@remit.example'))).toEqual([]);
  });

  it('never have the same note or name twice', () => {
    const notes = all.map(({ input }) => wordsOf(input.input.note).join(' '));
    expect(notes.filter((note, index) => notes.indexOf(note) !== index)).toEqual([]);
    expect(new Set(all.map(({ input }) => input.input.name)).size).toBe(all.length);
  });

  it('never have two texts that share most of their word trigrams', () => {
    expect(pairsAlike(all.map(textOf), 0.5)).toEqual([]);
  });

  it.each<[keyof HireJudgement, HireJudgement[keyof HireJudgement], number, number]>([
    ['profile', 'engineering', 0.15, 0.35],
    ['profile', 'basic', 0.05, 0.2],
    ['needsProduction', true, 0.03, 0.15],
    ['contract', 'permanent', 0.7, 0.9],
    ['unusual', 'none', 0.7, 0.9],
    ['equipment', 'office', 0.4, 0.65],
    ['needsSpecial', true, 0.03, 0.15],
    ['firstDay', 'elsewhere', 0.03, 0.15],
    ['buddyFrom', 'team', 0.7, 0.9],
  ])('say %s %s in a share between %d and %d, as real hires might', (field, value, least, most) => {
    const share = examples.filter(({ expected }) => expected[field] === value).length / examples.length;
    expect(share).toBeGreaterThan(least);
    expect(share).toBeLessThan(most);
  });

  it('show every value at least seven times', () => {
    const counts = new Map<string, number>();
    for (const { expected } of examples) {
      for (const [field, value] of Object.entries(expected)) {
        const key = `${field} ${value}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    expect([...counts].filter(([, count]) => count < 7)).toEqual([]);
    expect(counts.size).toBe(9 + 2 + 5 + 7 + 5 + 2 + 3 + 3);
  });

  it('have traps that say what they are, and notes in many languages from many countries', () => {
    expect(examples.filter(({ note }) => note !== undefined).length).toBeGreaterThanOrEqual(25);
    expect(new Set(examples.map(({ input }) => input.input.country)).size).toBeGreaterThanOrEqual(12);
    const words = /\b(der|und|ist|le|la|les|est|el|los|em|não|op|het|dzień)\b/i;
    expect(examples.filter(({ input }) => words.test(input.input.note)).length).toBeGreaterThan(50);
  });

  it('come from more than the countries that we have rules for, and start on days of all kinds', () => {
    expect(examples.some(({ input }) => countryOf(input.input.country) === null)).toBe(true);
    expect(examples.every(({ input }) => input.input.recordedOn < input.input.startDate)).toBe(true);
  });
});

describe('the examples that no model is trained on', () => {
  it('are none of the others', () => {
    expect(unseen.length).toBeGreaterThanOrEqual(30);
    const known = new Set(examples.map(({ input }) => input.input.hireId));
    expect(unseen.filter(({ input }) => known.has(input.input.hireId))).toEqual([]);
  });
});

describe('the sandbox data', () => {
  it('says first that it is made up', () => {
    expect(Object.keys(sandbox)[0]).toBe('note');
    expect(sandbox.note).toMatch(/made up/);
  });

  it('answers for each team as the examples say', () => {
    for (const { id, input } of all) {
      const { team } = input.input;
      expect({ id, colleagues: input.sources.team.colleagues }).toEqual({ id, colleagues: sandbox.teams[team] });
    }
  });
});

describe('the samples', () => {
  it.each(samples.filter((file) => !file.includes('broken')))('%s is a hire as the HR system reports it', (file) => {
    expect(Hire.safeParse(hireFrom(sample(file))).error).toBeUndefined();
  });

  it('broken has one thing wrong: its address', () => {
    const result = Hire.safeParse(hireFrom(sample('samples/broken.json')));
    expect(result.error?.issues.map(({ path }) => path)).toEqual([['email']]);
  });

  it('are none of the examples', () => {
    const names = new Set(all.map(({ input }) => input.input.name));
    expect(samples.filter((file) => names.has(String(sample(file)['name'])))).toEqual([]);
  });
});

function sample(file: string) {
  return z.record(z.string(), z.json()).parse(JSON.parse(read(`./${file}`)));
}
