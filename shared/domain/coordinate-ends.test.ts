import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { led } from '../../test/support/teams/led.ts';
import { panel } from '../../test/support/teams/panel.ts';
import { passing } from '../../test/support/teams/passing.ts';
import { row } from '../../test/support/teams/row.ts';
import { specialists } from '../../test/support/teams/specialists.ts';
import { asks, codesIn, decides, delegates, handsTo, said } from '../../test/support/teams/turns.ts';
import type { JsonObject } from '../contracts/index.ts';
import { coordinate } from './coordinate.ts';
import type { Waves } from './patterns/plan.ts';

const plans = (...turns: readonly [string, JsonObject | null][]) => said('planner', delegates(...turns));

describe('any pattern', () => {
  const workflows = [row, specialists, panel, led, passing];
  const text = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const judgement = fc.oneof(
    fc.constant(null),
    fc.record({ topic: text, urgency: fc.constant('high'), text, isPolite: fc.boolean(), mood: fc.constant('bad') }),
    fc.record({ answer: text, why: text }),
    text.map((problem) => handsTo('billing', { problem })),
    text.map((problem) => handsTo('desk', { problem })),
    text.map((query) => plans(['researcher', { query }]).judgement),
    fc.tuple(text, text).map(([query, about]) => plans(['researcher', { query }], ['writer', { about }]).judgement),
    text.map(asks),
    text.map((one) => decides({ text: one })),
  );

  it('comes to an end within its bounds, whatever the agents say, and plans only agents that it has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...workflows),
        fc.array(judgement, { minLength: 60, maxLength: 60 }),
        (workflow, script) => {
          const left = [...script];
          let waves: Waves = [];
          let answers = 0;
          for (;;) {
            let coordination = coordinate(workflow, waves);
            // A person answers three times at most.
            if (coordination.kind === 'decided' && codesIn(coordination).includes('agent-asks') && answers < 3) {
              answers += 1;
              coordination = coordinate(workflow, waves, { isAnswered: true });
            }
            if (coordination.kind === 'decided') break;
            const { turns } = coordination;
            expect(turns.length).toBeGreaterThan(0);
            for (const { agent } of turns) expect(workflow.agents.map(({ id }) => id)).toContain(agent);
            waves = [...waves, turns.map(({ agent }) => said(agent, left.pop() ?? null))];
            expect(waves.length).toBeLessThan(20);
          }
          // Seven of the leader's, and three that were asked again.
          expect(waves.flat().length).toBeLessThanOrEqual(10);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('says the same of the same run', () => {
    fc.assert(
      fc.property(fc.constantFrom(...workflows), fc.array(judgement, { maxLength: 4 }), (workflow, script) => {
        const waves = script.map((one) => workflow.agents.slice(0, 2).map(({ id }) => said(id, one)));
        expect(coordinate(workflow, waves)).toEqual(coordinate(workflow, structuredClone(waves)));
      }),
    );
  });
});
