import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pairsAlike, wordsOf } from '../../test/support/alike-texts.ts';
import { Lead, LeadJudgement, Need } from './lead.ts';
import { leadScore, leadTier } from './score.ts';

const Company = z.strictObject({
  employees: z.int().min(1).max(20_000).nullable(),
  industry: z.string().nullable(),
  country: z.string().nullable(),
  funding: z.string().nullable(),
  techStack: z.array(z.string().min(1)),
});
const Profile = z.strictObject({
  jobFunction: z.string().nullable(),
  seniority: z.string().nullable(),
  headline: z.string().nullable(),
});
const CrmHistory = z.strictObject({
  stage: z.enum(['none', 'open', 'customer', 'lost']),
  contactedBefore: z.boolean(),
  lastContactDays: z.int().min(0).nullable(),
});
const Example = z.strictObject({
  id: z.string(),
  input: z.strictObject({
    input: Lead,
    sources: z.strictObject({
      'company-directory': Company.extend({ found: z.boolean() }),
      'crm-history': CrmHistory,
      'professional-profile': Profile.extend({ found: z.boolean() }),
    }),
  }),
  expected: LeadJudgement.extend({ need: Need.optional() }),
  note: z.string().min(1).optional(),
});
const Sandbox = z.strictObject({
  note: z.string(),
  companies: z.record(z.string(), Company),
  profiles: z.record(z.string(), Profile),
});

const NO_COMPANY = { employees: null, industry: null, country: null, funding: null, techStack: [] };
const NO_PROFILE = { jobFunction: null, seniority: null, headline: null };
const SAMPLES = [
  'hot-lead',
  'warm-lead',
  'cold-lead',
  'borderline-lead',
  'enterprise-lead',
  'competitor-lead',
  'urgent-lead',
  'injection',
  'unknown-company',
  'broken',
  'sample-event',
];

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const examples = read('./examples.jsonl')
  .trim()
  .split('\n')
  .map((line) => Example.parse(JSON.parse(line)));
const sandbox = Sandbox.parse(JSON.parse(read('./sandbox.json')));

describe('the labelled examples', () => {
  it('are enough, with consecutive ids that occur once', () => {
    expect(examples.length).toBeGreaterThanOrEqual(320);
    const expected = examples.map((_, index) => `lead-${String(index + 1).padStart(4, '0')}`);
    expect(examples.map(({ id }) => id)).toEqual(expected);
  });

  it('reach nobody: every address ends in .example and is used once', () => {
    const addresses = examples.map(({ input }) => input.input.email);
    expect(addresses.filter((address) => !/^[a-z0-9._+-]+@[a-z0-9.-]+\.example$/.test(address))).toEqual([]);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('never have the same text with another name', () => {
    const texts = examples.map(({ input }) => withoutNames(input.input));
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  it('never have two messages that share most of their word trigrams', () => {
    const texts = examples.map(({ id, input }) => ({ id, text: withoutNames(input.input) }));
    expect(pairsAlike(texts, 0.6)).toEqual([]);
  });

  it.each([
    ['hasBuyingAuthority', 0.4, 0.6],
    ['usesIntegratedStack', 0.5, 0.7],
    ['mentionsCompetitor', 0.1, 0.2],
    ['mentionsUrgency', 0.1, 0.2],
  ] as const)('say %s in a share between %d and %d', (field, least, most) => {
    expect(shareOf(({ expected }) => expected[field])).toBeGreaterThan(least);
    expect(shareOf(({ expected }) => expected[field])).toBeLessThan(most);
  });

  it.each([
    ['none', 0.1, 0.2],
    ['curious', 0.15, 0.3],
    ['evaluating', 0.3, 0.45],
    ['ready', 0.2, 0.32],
  ] as const)('have the intent %s in a share between %d and %d', (intent, least, most) => {
    expect(shareOf(({ expected }) => expected.buyingIntent === intent)).toBeGreaterThan(least);
    expect(shareOf(({ expected }) => expected.buyingIntent === intent)).toBeLessThan(most);
  });

  it('say the need of each hot or warm lead, and of no other: nobody writes to those', () => {
    const wrong = examples.filter(({ input, expected: { need, ...judged } }) => {
      const tier = leadTier(leadScore(judged, input.sources['company-directory'].employees));
      return (need === undefined) !== (tier === 'cold');
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it.each([
    ['planning', 45],
    ['booking', 45],
    ['billing', 45],
    ['whole', 45],
    ['systems', 20],
    ['unstated', 100],
  ] as const)('have the need %s at least %d times', (need, least) => {
    expect(examples.filter(({ expected }) => expected.need === need).length).toBeGreaterThanOrEqual(least);
  });

  it('cover companies of every size, and companies of which the size is unknown', () => {
    const sizes = examples.map(({ input }) => input.sources['company-directory'].employees);
    const within = (least: number, most: number) =>
      sizes.filter((size) => size !== null && size >= least && size <= most).length;
    expect(within(1, 49)).toBeGreaterThan(40);
    expect(within(45, 55)).toBeGreaterThan(15);
    expect(within(50, 500)).toBeGreaterThan(120);
    expect(within(480, 520)).toBeGreaterThan(10);
    expect(within(501, 20_000)).toBeGreaterThan(30);
    expect(sizes.filter((size) => size === null).length / sizes.length).toBeGreaterThan(0.05);
  });
});

describe('the sandbox data', () => {
  it('says first that it is made up', () => {
    expect(Object.keys(sandbox)[0]).toBe('note');
    expect(sandbox.note).toMatch(/made up/);
  });

  it('answers for each company as the examples say', () => {
    for (const { id, input } of examples) {
      const domain = domainOf(input.input.email);
      expect({ id, ...answerFor(sandbox.companies, domain, NO_COMPANY) }).toEqual({
        id,
        ...input.sources['company-directory'],
      });
    }
  });

  it('answers for each person as the examples say', () => {
    for (const { id, input } of examples) {
      const { email } = input.input;
      expect({ id, ...answerFor(sandbox.profiles, email, NO_PROFILE) }).toEqual({
        id,
        ...input.sources['professional-profile'],
      });
    }
  });
});

describe('the samples', () => {
  it.each([
    ['hot-lead', 50, 500],
    ['warm-lead', 50, 500],
    ['cold-lead', 1, 49],
    ['borderline-lead', 50, 500],
    ['enterprise-lead', 501, 20_000],
    ['competitor-lead', 50, 500],
    ['urgent-lead', 50, 500],
    ['injection', 1, 49],
  ])('%s is a form of a known person at a company of %d to %d people', (name, least, most) => {
    const lead = Lead.parse({ ...sample(name), channel: 'contact-form' });
    const employees = sandbox.companies[domainOf(lead.email)]?.employees;
    expect(employees).toBeGreaterThanOrEqual(least);
    expect(employees).toBeLessThanOrEqual(most);
    expect(sandbox.profiles[lead.email]).toBeDefined();
  });

  it('unknown-company is a form of a company that the sandbox does not know', () => {
    const lead = Lead.parse({ ...sample('unknown-company'), channel: 'contact-form' });
    expect(sandbox.companies[domainOf(lead.email)]).toBeUndefined();
  });

  it('broken does not fit the schema for one reason: it has no address', () => {
    const result = Lead.safeParse({ ...sample('broken'), channel: 'contact-form' });
    expect(result.error?.issues.map(({ path }) => path)).toEqual([['email']]);
  });

  it('sample-event is a reply with an id and a lead from LinkedIn', () => {
    const { replyId, ...reply } = sample('sample-event');
    expect(replyId).toMatch(/^inmail-reply-/);
    expect(Lead.parse({ ...reply, channel: 'linkedin' }).email).toMatch(/\.example$/);
  });

  it('are none of the examples', () => {
    const known = new Set(examples.map(({ input }) => input.input.email));
    const addresses = SAMPLES.map((name) => sample(name)['email']).filter((email) => email !== undefined);
    expect(addresses).toHaveLength(SAMPLES.length - 1);
    expect(addresses.filter((email) => known.has(String(email)))).toEqual([]);
  });

  it('leave no file out', () => {
    expect(SAMPLES.filter((name) => !existsSync(new URL(`./samples/${name}.json`, import.meta.url)))).toEqual([]);
  });
});

function sample(name: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(read(`./samples/${name}.json`)));
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

function answerFor<T extends object>(known: Record<string, T>, key: string, nothing: T): T & { found: boolean } {
  const answer = known[key];
  return { ...(answer ?? nothing), found: answer !== undefined };
}

function shareOf(isCounted: (example: z.infer<typeof Example>) => boolean): number {
  return examples.filter(isCounted).length / examples.length;
}

/** The message in lower-case words, without the words of the sender's and the company's name. */
function withoutNames({ name, company, message }: Lead): string {
  const names = new Set(wordsOf(`${name} ${company}`));
  return wordsOf(message)
    .filter((word) => !names.has(word))
    .join(' ');
}
