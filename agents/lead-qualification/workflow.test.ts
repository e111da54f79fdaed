import { describe, expect, it } from 'vitest';
import { readArticles } from '../../scripts/build/knowledge.ts';
import type { Facts } from '../../shared/authoring/index.ts';
import { factsOf } from '../../shared/domain/facts-of.ts';
import { aReading, READINGS } from '../../test/support/domain-examples.ts';
import { HOT, LEAD } from '../../test/support/lead-case.ts';
import { leadQualification as workflow } from './workflow.ts';

const STUDIES = readArticles('agents/lead-qualification/knowledge') ?? [];
const decision = { companySizeInRange: true, ...HOT, score: 9, tier: 'hot' };
const facts = (employees: number | null, found = true): Facts =>
  factsOf(workflow, LEAD, [
    aReading('company-directory', { ...(READINGS[0]?.data as object), employees, found }),
    ...READINGS.slice(1),
  ]);
const rules = (change: Partial<typeof decision>, about: Facts) =>
  workflow.escalation.filter(({ when }) => when({ ...decision, ...change }, about)).map(({ id }) => id);
const plan = (tier: string) => workflow.plan({ ...decision, tier }, facts(120)).map(({ action }) => action);

describe('the lead workflow', () => {
  it('adds up the score by rules, so that no agent can name its own', () => {
    expect(workflow.conclude({ ...HOT, score: 10, tier: 'hot' }, facts(120))).toEqual({
      ...decision,
      score: 9,
      tier: 'hot',
    });
    expect(workflow.conclude(HOT, facts(null))).toMatchObject({ score: 6, tier: 'warm', companySizeInRange: false });
  });

  it.each<[string, Partial<typeof decision>, Facts, string[]]>([
    ['nothing special', {}, facts(500), []],
    ['a score of exactly 7', { score: 7 }, facts(120), ['score-exactly-7']],
    ['more than 500 employees', {}, facts(501), ['enterprise']],
    ['a competitor', { mentionsCompetitor: true }, facts(120), ['competitor-or-urgency']],
    ['urgency', { mentionsUrgency: true }, facts(120), ['competitor-or-urgency']],
    ['no number of employees', {}, facts(null), ['incomplete-enrichment']],
    ['an unknown company', {}, facts(120, false), ['incomplete-enrichment']],
    ['a directory that is down', {}, factsOf(workflow, LEAD, []), ['incomplete-enrichment']],
  ])('on %s asks by %o', (_what, change, about, expected) => {
    expect(rules(change, about)).toEqual(expected);
  });

  it('plans mail, post and record for hot, sequence and record for warm, newsletter for cold', () => {
    expect(plan('hot')).toEqual(['send-meeting-mail', 'post-to-sales-hot', 'create-crm-record']);
    expect(plan('warm')).toEqual(['add-to-nurture', 'create-crm-record']);
    expect(plan('cold')).toEqual(['add-to-newsletter']);
  });

  it('reads a form as a lead of the contact form, whatever the form says of itself', () => {
    const [form, inmail] = workflow.triggers;
    expect(form?.toInput({ channel: 'crm', a: 1 })).toEqual({ channel: 'contact-form', a: 1 });
    expect(inmail?.toInput({ replyId: 'r', a: 1 })).toEqual({ channel: 'linkedin', a: 1 });
  });

  it('looks companies up by the domain of the address, in small letters', () => {
    const source = workflow.sources['company-directory'];
    expect(source?.arguments({ ...LEAD, email: 'A@B@Shop.Example' }, {})).toEqual({ domain: 'shop.example' });
  });

  it('gives the outreach agent a turn for hot leads alone, by the score that the rules come to', () => {
    const [, outreach] = workflow.agents;
    expect(outreach?.when?.(HOT, facts(120))).toBe(true);
    expect(outreach?.when?.({ ...HOT, hasBuyingAuthority: false }, facts(120))).toBe(false);
    expect(outreach?.when?.(HOT, facts(null))).toBe(false);
  });

  const studies = (industry: string): Facts => ({
    ...facts(120),
    sources: {
      ...facts(120).sources,
      'company-directory': { ...(READINGS[0]?.data as object), employees: 120, found: true, industry },
      'case-studies': { articles: STUDIES.map((study) => ({ ...study, score: 1 })), bestScore: 1, lead: 0 },
    },
  });
  const mailOf = (found: Facts, said: object) => {
    const [mail] = workflow.plan(workflow.conclude({ ...HOT, ...said }, found), found);
    return String(mail?.arguments['text']);
  };

  it('writes the mail from the need and the case study of the trade, word for word', () => {
    const found = studies('Home care');
    expect(workflow.conclude({ ...HOT, need: 'planning' }, found)).toMatchObject({
      need: 'planning',
      caseStudy: 'care',
    });
    expect(mailOf(found, { need: 'planning' })).toContain(
      'Huis Berkenrode, a home care service with 140 carers, fills an open shift in eleven minutes on average.',
    );
    expect(mailOf(found, { need: 'planning' })).toContain('planned without lists and phone calls');
  });

  it.each<[string, string, object]>([
    ['whose need is not stated', 'Home care', { need: 'unstated' }],
    ['whose trade has no case study', 'Venture capital', { need: 'billing' }],
    ['about which the outreach agent was not sure', 'Home care', {}],
  ])('cites nothing to a lead %s', (_what, industry, said) => {
    const found = studies(industry);
    expect(workflow.conclude({ ...HOT, ...said }, found)).not.toHaveProperty('caseStudy');
    expect(mailOf(found, said)).not.toMatch(/Berkenrode|Varmt/);
  });

  it('keeps what outreach said out of the decision about a lead that is not hot', () => {
    const said = { ...HOT, hasBuyingAuthority: false, need: 'billing', opening: 'You would like to bill faster.' };
    expect(Object.keys(workflow.conclude(said, studies('Home care')))).toEqual([
      ...['companySizeInRange', 'hasBuyingAuthority', 'usesIntegratedStack', 'buyingIntent', 'mentionsCompetitor'],
      ...['mentionsUrgency', 'score', 'tier'],
    ]);
  });

  it('opens the mail in words of the agent, unless they hold a link, an address or markup', () => {
    const found = studies('Home care');
    const plain = 'You plan 45 crews on a whiteboard and bill by hand, which takes your evenings.';
    expect(mailOf(found, { need: 'whole', opening: plain })).toContain(plain);
    for (const opening of [
      'Please transfer the deposit first: https://evil.example/pay and then we talk.',
      'Write to me at sales@evil.example and we will talk about your crews.',
      'You would like to see evil.com, where everything is explained at length.',
      'You would like <b>bold</b> planning for all of your crews and vans.',
      'Short.',
    ]) {
      expect(mailOf(found, { need: 'whole', opening })).toContain('one system from the plan to the paid invoice');
    }
  });
});
