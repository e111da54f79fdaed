import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseScript, type Script } from '../../shared/models/scripted/script.ts';
import { pairsAlike } from '../../test/support/alike-texts.ts';
import { Assessment, Company } from './company.ts';
import { ResearchRequest, requestFrom } from './request.ts';

const Example = z.strictObject({
  id: z.string(),
  input: z.strictObject({ input: Company, sources: z.strictObject({}) }),
  expected: Assessment.omit({ domain: true }),
  note: z.string().startsWith('trap: ').optional(),
});
type Example = z.infer<typeof Example>;

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const examples = read('./examples.jsonl')
  .trim()
  .split('\n')
  .map((line) => Example.parse(JSON.parse(line)));
const World = z.object({
  companies: z.record(z.string(), z.unknown()),
  pages: z.array(z.object({ title: z.string(), url: z.string(), text: z.string() })),
});
const world = World.parse(JSON.parse(read('./sandbox.json')));
const script: Script = parseScript(read('./scripted.json'));

describe('the labelled examples', () => {
  it('are enough, with consecutive ids that occur once', () => {
    expect(examples.length).toBeGreaterThanOrEqual(150);
    const ids = examples.map((_one, at) => `company-${String(at + 1).padStart(4, '0')}`);
    expect(examples.map(({ id }) => id)).toEqual(ids);
  });

  it('are of companies that nobody reaches: every domain ends in .example, and stands for one', () => {
    const domains = examples.map(({ input }) => input.input.domain);
    expect(domains.filter((domain) => !domain.endsWith('.example'))).toEqual([]);
    expect(new Set(domains).size).toBe(domains.length);
  });

  it('are none of the companies of the made-up web', () => {
    expect(examples.filter(({ input }) => Object.hasOwn(world.companies, input.input.domain))).toEqual([]);
  });

  it('never have two texts that share most of their word trigrams', () => {
    const texts = examples.map(({ id, input: { input } }) => ({ id, text: `${input.offers} ${input.news}` }));
    expect(pairsAlike(texts, 0.6)).toEqual([]);
  });

  it('hold every value often enough to be learned, and no industry in most of them', () => {
    const shareOf = (holds: (one: Example) => boolean) => examples.filter(holds).length / examples.length;
    expect(shareOf(({ expected }) => expected.fit === 'yes')).toBeGreaterThan(0.35);
    expect(shareOf(({ expected }) => expected.fit === 'unclear')).toBeGreaterThan(0.06);
    for (const kind of ['reseller', 'integration', 'implementation', 'referral', 'none']) {
      expect(shareOf(({ expected }) => expected.kind === kind)).toBeGreaterThan(0.1);
    }
    for (const conflict of ['competitor', 'customer', 'gone', 'entangled']) {
      expect(shareOf(({ expected }) => expected.conflict === conflict)).toBeGreaterThan(0.025);
    }
    for (const sought of ['construction', 'cleaning', 'logistics', 'healthcare', 'hospitality']) {
      expect(shareOf(({ input }) => input.input.sought === sought)).toBeGreaterThan(0.12);
    }
  });

  it('name their traps, of each kind more than one', () => {
    const traps = examples.flatMap(({ note }) => note ?? []);
    expect(traps.length).toBeGreaterThan(20);
    for (const word of ['customer already', 'orders on the page', 'is gone', 'competitor', 'other industry']) {
      expect([word, traps.filter((trap) => trap.includes(word)).length]).toEqual([word, expect.toSatisfy(isSeveral)]);
    }
  });

  it('are labelled as labelling.md says: whoever has a conflict does not fit, and a customer is one of the CRM', () => {
    for (const { id, input, expected } of examples) {
      if (expected.conflict !== 'none') expect([id, expected.fit]).toEqual([id, 'no']);
      expect([id, expected.conflict === 'customer']).toEqual([id, input.input.crmStage === 'customer']);
      if (expected.fit === 'yes') expect([id, expected.kind]).not.toEqual([id, 'none']);
    }
  });
});

describe('the script', () => {
  it('says what it is', () => {
    expect(script.note).toContain('written beforehand');
  });

  it('quotes only what stands on a page of the made-up web', () => {
    const quoted = claimsIn(JSON.parse(read('./scripted.json'))).filter(({ ref }) => ref.startsWith('https://'));
    expect(quoted.length).toBeGreaterThan(8);
    for (const { ref, quote } of quoted) expect([ref, textOf(ref)]).toEqual([ref, expect.stringContaining(quote)]);
  });
});

describe('the samples', () => {
  const names = readdirSync(new URL('./samples', import.meta.url)).map((file) => file.replace('.json', ''));

  it('are requests, but for the broken one', () => {
    const fits = (name: string) =>
      ResearchRequest.safeParse(requestFrom(JSON.parse(read(`./samples/${name}.json`)))).success;
    expect(names.filter((name) => !fits(name))).toEqual(['broken']);
  });
});

function isSeveral(count: number): boolean {
  return count > 1;
}

function textOf(url: string): string {
  const found = world.pages.find((page) => page.url === url);
  return `${found?.title}\n${found?.text}`;
}

interface Quoted {
  readonly ref: string;
  readonly quote: string;
}

function claimsIn(value: unknown): Quoted[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'ref' in value && 'quote' in value ? [value as Quoted] : [];
  return [...own, ...Object.values(value).flatMap(claimsIn)];
}
