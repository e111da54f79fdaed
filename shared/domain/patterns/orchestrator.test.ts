import { describe, expect, it } from 'vitest';
import { aReading } from '../../../test/support/domain-examples.ts';
import { led, ledWithin } from '../../../test/support/teams/led.ts';
import { asks, codesIn, decides, delegates, dueIn, findingsIn, said } from '../../../test/support/teams/turns.ts';
import type { Workflow } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { coordinate } from '../coordinate.ts';
import { NO_USAGE } from '../usage.ts';
import type { Waves } from './plan.ts';

const REPORT = { partners: ['Bauwerk'], text: 'One partner.' };
const plans = (...turns: readonly [string, JsonObject | null][]) => said('planner', delegates(...turns));
const found = (...names: string[]) => said('researcher', decides({ names }));

describe('an orchestrator', () => {
  const first = plans(['researcher', { query: 'builders' }], ['writer', { about: 'us' }]);

  it('begins with its leader, who knows how many turns there are', () => {
    expect(dueIn(coordinate(led, []))).toEqual([
      { agent: 'planner', purpose: 'first', from: [], handOver: { results: [], turnsLeft: 7 } },
    ]);
  });

  it('gives each agent its work, side by side, and the results back to the leader', () => {
    expect(dueIn(coordinate(led, [[first]]))).toEqual([
      { agent: 'researcher', purpose: 'delegated', from: ['planner'], handOver: { query: 'builders' } },
      { agent: 'writer', purpose: 'delegated', from: ['planner'], handOver: { about: 'us' } },
    ]);
    const back = dueIn(coordinate(led, [[first], [found('Bauwerk'), said('writer', { text: 'Hello' })]]));
    expect(back).toMatchObject([{ agent: 'planner', purpose: 'report', from: ['researcher', 'writer'] }]);
    expect(back[0]?.handOver).toMatchObject({
      turnsLeft: 4,
      results: [
        { agent: 'researcher', asked: { query: 'builders' }, status: 'answered', judgement: { names: ['Bauwerk'] } },
        { agent: 'writer', asked: { about: 'us' }, judgement: { text: 'Hello' } },
      ],
    });
  });

  it('keeps what was read in every turn, also of an agent that worked again', () => {
    const asked = (query: string) => ({ ...aReading('crm-history', { query }), arguments: { query } });
    const again = plans(['researcher', { query: 'masons' }]);
    const waves = [
      [first],
      [{ ...found('Bauwerk'), readings: [asked('builders')] }, said('writer', { text: 'Hello' })],
      [again],
      [{ ...found('Mortar'), readings: [asked('masons'), asked('builders')] }],
      [said('planner', decides(REPORT))],
    ];
    const { readings } = findingsIn(coordinate(led, waves));
    expect(readings.map(({ arguments: args }) => args?.['query'])).toEqual(['masons', 'builders']);
    const other = [...waves.slice(0, 3), [{ ...found('Mortar'), readings: [asked('masons')] }], ...waves.slice(4)];
    expect(findingsIn(coordinate(led, other)).readings).toHaveLength(2);
  });

  it('leaves what was read before to the ledger where it is too much for the record of a case', () => {
    const large = { ...aReading('crm-history', { text: 'x'.repeat(60_000) }) };
    const asked = (query: string) => ({ ...large, arguments: { query } });
    const waves = [
      [first],
      [{ ...found('A'), readings: [asked('1'), asked('2')] }, said('writer', null)],
      [plans(['researcher', { query: 'masons' }])],
      [{ ...found('B'), readings: [asked('3')] }],
      [said('planner', decides(REPORT))],
    ];
    const { readings } = findingsIn(coordinate(led, waves));
    expect(readings.map(({ arguments: args }) => args?.['query'])).toEqual(['3', '2']);
  });

  it('is decided by its leader', () => {
    const waves = [[first], [found('Bauwerk'), said('writer', { text: 'Hello' })], [said('planner', decides(REPORT))]];
    expect(findingsIn(coordinate(led, waves))).toMatchObject({
      judgement: REPORT,
      by: 'planner (scripted)',
      reasons: [],
    });
  });

  it.each<[string, Workflow, Waves, string]>([
    ['leads no such agent', led, [[plans(['planner', null])]], 'delegation-refused'],
    [
      'gives two works to one at once',
      led,
      [[plans(['writer', { about: 'a' }], ['writer', { about: 'b' }])]],
      'delegation-refused',
    ],
    ['hands over what is not taken', led, [[plans(['writer', { on: 'a' }])]], 'hand-over-refused'],
    [
      'gives the same work again',
      led,
      [[first], [found(), said('writer', null)], [plans(['writer', { about: 'us' }])]],
      'agent-loop',
    ],
    ['wants more turns than are left', ledWithin({ turns: 3 }), [[first]], 'cap:agent-turns'],
    ['has made as many calls as it may', ledWithin({ calls: 1 }), [[first]], 'cap:agent-calls'],
    [
      ...(['has cost what it may', ledWithin({ costUsd: 0.5 })] as const),
      ...([[[{ ...first, usage: { ...NO_USAGE, costUsd: 0.5 } }]], 'cap:agent-cost'] as const),
    ],
  ])('stops for a person where its leader %s', (_what, workflow, waves, code) => {
    expect(codesIn(coordinate(workflow, waves))).toEqual([code]);
  });

  it('stops where what is handed over is more than a state machine can carry', () => {
    const much = said('writer', { text: 'x'.repeat(100_001) });
    expect(codesIn(coordinate(led, [[plans(['writer', { about: 'a' }])], [much]]))).toEqual(['hand-over-refused']);
  });
});

describe('an agent that asks a person', () => {
  const first = plans(['researcher', { query: 'builders' }], ['writer', { about: 'us' }]);
  const wave = [said('researcher', asks('Which country?')), said('writer', { text: 'Hello' })];

  it('stops the run with its question', () => {
    const { judgement, reasons } = findingsIn(coordinate(led, [[first], wave]));
    expect(judgement).toBeNull();
    expect(reasons).toEqual([{ code: 'agent-asks', text: 'Researcher asks: Which country?' }]);
  });

  it('goes on alone, with the same work, once a person has answered', () => {
    expect(dueIn(coordinate(led, [[first], wave], { isAnswered: true }))).toEqual([
      { agent: 'researcher', purpose: 'again', from: ['planner'], handOver: { query: 'builders' } },
    ]);
  });

  it('has its result go back to its leader beside those of the others', () => {
    const back = dueIn(coordinate(led, [[first], wave, [found('Bauwerk')]]));
    expect(back).toMatchObject([{ agent: 'planner', purpose: 'report', from: ['researcher', 'writer'] }]);
    const results = back[0]?.handOver?.['results'] as readonly JsonObject[];
    expect(results.map(({ judgement }) => judgement)).toEqual([{ names: ['Bauwerk'] }, { text: 'Hello' }]);
  });

  it('may ask once more', () => {
    const waves = [[first], wave, [said('researcher', asks('Which region?'))]];
    expect(codesIn(coordinate(led, waves))).toEqual(['agent-asks']);
    expect(dueIn(coordinate(led, waves, { isAnswered: true }))).toMatchObject([
      { agent: 'researcher', purpose: 'again' },
    ]);
  });
});
