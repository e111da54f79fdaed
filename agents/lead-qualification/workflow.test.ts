import { describe, expect, it } from 'vitest';
import type { Facts } from '../../shared/authoring/index.ts';
import { factsOf } from '../../shared/domain/conclude.ts';
import { aReading, READINGS } from '../../test/support/domain-examples.ts';
import { HOT, LEAD } from '../../test/support/lead-case.ts';
import { leadQualification as workflow } from './workflow.ts';

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
});
