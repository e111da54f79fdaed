import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { aTurn } from '../../test/support/domain-examples.ts';
import { HOT } from '../../test/support/lead-case.ts';
import { coordinate } from './coordinate.ts';

describe('the pattern single', () => {
  it('has one turn due, of the one agent', () => {
    expect(coordinate(leadQualification, [])).toEqual({
      ...{ kind: 'turns', count: null },
      turns: [{ agent: 'qualifier', purpose: 'first', from: [], handOver: null }],
    });
  });

  it('is decided by the turn, whatever its status', () => {
    for (const status of ['answered', 'degraded', 'failed'] as const) {
      const turn = aTurn({ status });
      expect(coordinate(leadQualification, [[turn]])).toMatchObject({
        ...{
          kind: 'decided',
          findings: { judgement: HOT, by: 'qualifier (scripted)', confidence: 0.95, turns: [turn] },
        },
      });
    }
  });

  it('has nothing due where a workflow has no agent', () => {
    expect(coordinate({ ...leadQualification, agents: [] }, [])).toMatchObject({ turns: [] });
  });
});
