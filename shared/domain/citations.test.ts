import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { aReading, aTurn, READINGS } from '../../test/support/domain-examples.ts';
import type { TurnResult } from '../contracts/index.ts';
import { citationReasons } from './citations.ts';

const ALL = ['company-directory', 'crm-history', 'professional-profile'];
const failed = aReading('crm-history', null, { status: 'failed', problems: ['down'] });

describe('the sources that an answer names', () => {
  it.each<[string, Partial<TurnResult>, readonly string[]]>([
    ['all that were read', { cites: ALL }, []],
    ['one that was read', { cites: ['crm-history'] }, []],
    ['one that was read incompletely', { cites: ['x'], judgement: null }, []],
    ['nothing, from a model that does not say', { cites: null }, []],
    ['none', { cites: [] }, ['no-source-cited']],
    ['one that is declared nowhere', { cites: ['crm-history', 'gossip'] }, ['undeclared-source']],
    ['one by the name of what every object has', { cites: ['toString'] }, ['undeclared-source']],
    ['one that was not called', { cites: ['crm-history'], readings: [] }, ['unread-source:crm-history']],
    ['one that could not be read', { cites: ['crm-history'], readings: [failed] }, ['unread-source:crm-history']],
    ['one twice', { cites: ['gossip', 'gossip'] }, ['undeclared-source']],
    ['one from an agent that nobody declared', { agent: 'stranger', cites: ['crm-history'] }, ['undeclared-source']],
  ])('%s', (_what, change, codes) => {
    const reasons = citationReasons(leadQualification, [aTurn({ readings: [...READINGS], ...change })]);
    expect(reasons.map(({ code }) => code)).toEqual(codes);
  });

  it('may be none where the agent must have none', () => {
    const sources = Object.fromEntries(
      Object.entries(leadQualification.sources).map(([id, source]) => [id, { ...source, isRequired: false }]),
    );
    expect(citationReasons({ ...leadQualification, sources }, [aTurn({ cites: [] })])).toEqual([]);
  });

  it('must be those of the agent itself, not of another one in the workflow', () => {
    const agents = leadQualification.agents.map((agent) => ({ ...agent, sources: ['crm-history'] }));
    const reasons = citationReasons({ ...leadQualification, agents }, [aTurn({ cites: ['company-directory'] })]);
    expect(reasons).toEqual([
      {
        code: 'undeclared-source',
        text: 'The answer of qualifier rests on "company-directory", which it may not read.',
      },
    ]);
  });

  it('are said in words that a stranger’s text cannot fill', () => {
    const [reason] = citationReasons(leadQualification, [aTurn({ cites: ['x'.repeat(9_999)] })]);
    expect(reason?.text.length).toBeLessThan(200);
  });
});
