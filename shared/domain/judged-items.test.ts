import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { partnerResearch } from '../../agents/partner-research/workflow.ts';
import { aTurn } from '../../test/support/domain-examples.ts';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { aCase } from '../../test/support/stored-examples.ts';
import type { CaseEvent, DueTurn, JsonObject } from '../contracts/index.ts';
import { examplesOf } from './corrections.ts';
import { judgedItems } from './judged-items.ts';
import { EMPTY_LEDGER } from './ledger.ts';

const company = (domain: string, changes: JsonObject = {}): JsonObject => ({
  ...{ name: domain.split('.')[0] ?? '', domain, sought: 'construction', offers: 'Planning for sites.', industry: '' },
  ...{ country: '', employees: null, isRegistered: true, crmStage: 'none', news: '', ...changes },
});
const said = (domain: string, kind = 'integration'): JsonObject => ({ domain, fit: 'yes', kind, conflict: 'none' });
const [BRICK, MORTAR] = [company('brick.example'), company('mortar.example')];

function planned(agent: string, handOver: JsonObject | null, purpose: DueTurn['purpose'] = 'delegated'): CaseEvent {
  return { type: 'turns-planned', round: 1, turns: [{ agent, purpose, from: ['planner'], handOver }] };
}
const finished = (agent: string, judgement: JsonObject | null): CaseEvent => ({
  ...{ type: 'turn-finished', round: 1, turn: { ...aTurn(), agent, judgement } },
});
const assessed = (companies: JsonObject[], assessments: JsonObject[]): CaseEvent[] => [
  planned('assessor', { companies }),
  finished('assessor', { assessments }),
];

describe('what was judged item by item', () => {
  it('is each item that the agent was handed, with what it said of it, whatever others did in between', () => {
    const events = [
      finished('planner', null),
      planned('assessor', { companies: [BRICK, MORTAR] }),
      finished('researcher', { companies: [] }),
      finished('assessor', { assessments: [said('mortar.example')] }),
    ];
    expect(judgedItems(partnerResearch, events)).toEqual([
      { item: BRICK, said: null },
      { item: MORTAR, said: said('mortar.example') },
    ]);
  });

  it('is by the last word on each', () => {
    const again = company('brick.example', { news: 'It has grown.' });
    const events = [
      ...assessed([BRICK], [said('brick.example')]),
      ...assessed([again], [said('brick.example', 'reseller')]),
    ];
    expect(judgedItems(partnerResearch, events)).toEqual([{ item: again, said: said('brick.example', 'reseller') }]);
  });

  it('is nothing where the agent failed before it was handed anything, or judges whole cases', () => {
    expect(judgedItems(partnerResearch, [finished('assessor', null)])).toEqual([]);
    expect(judgedItems(leadQualification, assessed([BRICK], []))).toEqual([]);
  });
});

describe('a correction of a decision that rests on items', () => {
  const partner = (domain: string, kind: string): JsonObject => ({
    ...{ name: 'Brick', domain, kind, contact: '', subject: '', text: '' },
    claims: [{ claim: 'It plans.', source: 'web-search', ref: `https://${domain}/`, quote: 'Planning for sites.' }],
  });
  const report = (...partners: JsonObject[]): JsonObject => ({
    ...{ summary: 'Some.', partners, passedOver: [], unproved: [] },
  });
  const items = judgedItems(
    partnerResearch,
    assessed([BRICK, MORTAR], [said('brick.example'), said('mortar.example')]),
  );
  const corrected = (before: JsonObject, after: JsonObject) =>
    examplesOf(
      partnerResearch,
      { ...aCase({ id: CASE_ID, workflow: 'partner-research', decision: before }), ledger: EMPTY_LEDGER },
      {
        ref: 'abcdef0123456789',
        how: 'decided',
        by: 'partner-lead@remit.example',
        atMs: 7,
        reason: 'They sell.',
        after,
      },
      items,
    );
  const BEFORE = report(partner('brick.example', 'integration'), partner('mortar.example', 'integration'));

  it('is an example of the item that the person changed, and of no other', () => {
    const after = report(partner('brick.example', 'reseller'), partner('mortar.example', 'integration'));
    const right = { fit: 'yes', kind: 'reseller', conflict: 'none' };
    expect(corrected(BEFORE, after)).toEqual([
      {
        ...{ id: expect.stringMatching(`^case-${CASE_ID}-abcdef01-[0-9a-f]{8}$`), workflow: 'partner-research' },
        ...{ input: { input: BRICK, sources: {} }, expected: right },
        note: 'decided by partner-lead@remit.example: They sell.',
        provenance: expect.objectContaining({ before: said('brick.example'), after: right, how: 'decided' }),
      },
    ]);
  });

  it('teaches that an item fits which the person put in, and nothing of one that they took out', () => {
    const [put] = corrected(report(), report(partner('mortar.example', 'referral')));
    expect(put).toMatchObject({ input: { input: MORTAR }, expected: { fit: 'yes', kind: 'referral' } });
    expect(corrected(BEFORE, report(partner('brick.example', 'integration')))).toEqual([]);
  });

  it('is none of the request itself', () => {
    expect(corrected(BEFORE, { ...BEFORE, summary: 'Two.' })).toEqual([]);
  });
});
