import { describe, expect, it } from 'vitest';
import { aTurn } from '../../test/support/domain-examples.ts';
import { HOT } from '../../test/support/lead-case.ts';
import { qualifierAlone } from '../../test/support/qualifier-alone.ts';
import { coordinate } from './coordinate.ts';

const qualifier = qualifierAlone();

describe('the pattern single', () => {
  it('has one turn due, of the one agent', () => {
    expect(coordinate(qualifier, [])).toEqual({
      ...{ kind: 'turns', count: null },
      turns: [{ agent: 'qualifier', purpose: 'first', from: [], handOver: null }],
    });
  });

  it('is decided by the turn, whatever its status', () => {
    for (const status of ['answered', 'degraded', 'failed'] as const) {
      const turn = aTurn({ status });
      expect(coordinate(qualifier, [[turn]])).toMatchObject({
        ...{
          kind: 'decided',
          findings: { judgement: HOT, by: 'qualifier (scripted)', confidence: 0.95, turns: [turn] },
        },
      });
    }
  });

  it('has nothing due where a workflow has no agent', () => {
    expect(coordinate({ ...qualifier, agents: [] }, [])).toMatchObject({ turns: [] });
  });
});
