import { describe, expect, it } from 'vitest';
import type { TurnResult, VoteCount } from '../contracts/index.ts';
import { elements, parsed, shownText, textOf } from './read-markup.ts';
import { renderRequestPage } from './request-page.ts';
import { type RequestParts, requestView } from './request-view.ts';
import { turn } from './sample-lead.ts';
import { hotLead, shadowReview } from './sample-requests.ts';

const buyer: TurnResult = {
  ...turn,
  agent: 'buyer',
  judgement: { tier: 'hot' },
  reasons: ['It is cheap.'],
  confidence: 0.9,
};
const lawyer: TurnResult = {
  ...{ ...turn, agent: 'lawyer', judgement: { tier: 'cold' }, reasons: [], confidence: 0.6 },
  ...{ tier: 'deep', doubts: ['The terms are not known.'] },
};
const votes: VoteCount = {
  rule: 'majority',
  votes: [
    { agent: 'buyer', weight: 1, position: { tier: 'hot' } },
    { agent: 'lawyer', weight: 1, position: { tier: 'cold' } },
  ],
  ...{ needed: 1, most: 1, carried: null },
};

function team(changes: Partial<RequestParts>): RequestParts {
  const workflow = { ...hotLead.workflow, agents: { buyer: 'Buyer', lawyer: 'Lawyer', planner: 'Planner' } };
  return { ...hotLead, workflow, turns: [buyer, lawyer], ...changes };
}

function sectionOf(parts: RequestParts): string | null {
  const document = parsed(renderRequestPage(requestView(parts)).body);
  const section = elements(document, 'section').find((one) => textOf(one).startsWith('Who said what'));
  return section === undefined ? null : textOf(section);
}

describe('the page of a request that several agents worked on', () => {
  it('says who said what, by which model, how sure, with their reasons and doubts', () => {
    const text = sectionOf(team({})) ?? '';
    expect(text).toContain('2 agents worked on this');
    expect(text).toContain('Buyerby the learned model, 90 %, fairly sure');
    expect(text).toContain('It is cheap.');
    expect(text).toContain('Lawyerby the deep model, 60 %, unsure');
    expect(text).toContain('The terms are not known.');
  });

  it('says where they disagree before anything that they said', () => {
    const text = sectionOf(team({ votes })) ?? '';
    expect(text).toContain('Where they disagree');
    expect(text).toMatch(/Buyer: hot.*Lawyer: cold/s);
    expect(text.indexOf('Where they disagree')).toBeLessThan(text.indexOf('It is cheap.'));
    expect(sectionOf(team({}))).not.toContain('Where they disagree');
  });

  it('shows the last word of each, and in words what did not end in an answer', () => {
    const judgement = (value: object) => value as NonNullable<TurnResult['judgement']>;
    const planner = (value: object): TurnResult => ({ ...turn, agent: 'planner', judgement: judgement(value) });
    const delegated = {
      next: 'delegate',
      turns: [
        { agent: 'buyer', handOver: null },
        { agent: 'lawyer', handOver: null },
      ],
    };
    const text = (last: object) => sectionOf(team({ turns: [planner(delegated), buyer, planner(last)] })) ?? '';
    expect(text(delegated)).toContain('Planner gave work to Buyer and Lawyer');
    expect(text({ next: 'ask', question: 'Which country?' })).toContain('Planner asks: Which country?');
    expect(text({ next: 'hand-over', to: 'lawyer', handOver: null })).toContain('Planner handed the case to Lawyer');
    const decided = text({ next: 'decide', judgement: { tier: 'warm' } });
    expect(decided).toMatch(/warm/);
    expect(decided).not.toContain('gave work');
  });

  it('says from which agent and model each field of the decision comes', () => {
    const origins = [{ field: 'tier', agent: 'lawyer', tier: 'deep' as const, confidence: 0.6 }];
    const text = shownText(parsed(renderRequestPage(requestView(team({ case: { ...hotLead.case, origins } }))).body));
    expect(text).toContain('From Lawyer, by the deep model');
  });

  it('shows nothing of the kind for one agent, or before a blind review is answered', () => {
    expect(sectionOf(hotLead)).toBeNull();
    const blind = team({ request: { ...shadowReview.request, kind: 'review-decision', draft: {}, state: 'open' } });
    expect(sectionOf(blind)).toBeNull();
  });
});
