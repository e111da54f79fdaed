import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { panel, panelWith } from '../../../test/support/teams/panel.ts';
import { specialists } from '../../../test/support/teams/specialists.ts';
import { codesIn, dueIn, findingsIn, said } from '../../../test/support/teams/turns.ts';
import type { Workflow } from '../../authoring/index.ts';
import type { JsonObject, TurnResult } from '../../contracts/index.ts';
import { coordinate } from '../coordinate.ts';

describe('a panel of specialists', () => {
  const [listens, reads] = [said('listener', { mood: 'bad' }), said('librarian', { topic: 'tax' }, { tier: 'deep' })];

  it('has all of them due at once', () => {
    expect(dueIn(coordinate(specialists, [])).map(({ agent }) => agent)).toEqual(['listener', 'librarian']);
  });

  it('merges what each decides, and says who decided what', () => {
    const findings = findingsIn(coordinate(specialists, [[listens, reads]]));
    expect(findings.judgement).toEqual({ mood: 'bad', topic: 'tax' });
    expect(findings.origins.map(({ field, agent, tier }) => [field, agent, tier])).toEqual([
      ['mood', 'listener', 'scripted'],
      ['topic', 'librarian', 'deep'],
    ]);
    expect(findings.confidence).toBeCloseTo(0.81);
  });

  it('comes to nothing where one of them does', () => {
    expect(findingsIn(coordinate(specialists, [[listens, said('librarian', null)]])).judgement).toBeNull();
  });
});

const MEMBERS = ['buyer', 'lawyer', 'engineer', 'seller'];
type Answers = readonly (string | null)[];
const votes = (...answers: Answers): TurnResult[] =>
  MEMBERS.map((agent, index) => {
    const answer = answers[index] ?? null;
    return said(agent, answer === null ? null : { answer, why: `${agent} says so` }, { confidence: 0.9 - index / 10 });
  });
const NO_DEBATE = { debates: 0, judge: null } as const;

describe('a panel that votes', () => {
  it.each<[string, Workflow, Answers, string | null, readonly string[]]>([
    ['all agree', panelWith({ ...NO_DEBATE, rule: { kind: 'unanimous' } }), ['yes', 'yes', 'yes', 'yes'], 'yes', []],
    [
      ...([
        'one of four dissents, and all have to agree',
        panelWith({ ...NO_DEBATE, rule: { kind: 'unanimous' } }),
      ] as const),
      ...([['yes', 'yes', 'yes', 'no'], null, ['panel-disagrees']] as const),
    ],
    ['three of four, and dissent asks', panelWith(NO_DEBATE), ['yes', 'no', 'yes', 'yes'], 'yes', ['panel-disagrees']],
    [
      'three of four, and dissent is noted',
      panelWith({ ...NO_DEBATE, onDissent: 'note' }),
      ['yes', 'no', 'yes', 'yes'],
      'yes',
      [],
    ],
    ['a tie', panelWith({ ...NO_DEBATE, onDissent: 'note' }), ['yes', 'no', 'no', 'yes'], null, ['panel-disagrees']],
    [
      'no majority of all, one silent',
      panelWith({ ...NO_DEBATE, onDissent: 'note' }),
      ['yes', 'yes', 'no', null],
      null,
      ['panel-disagrees'],
    ],
    [
      'a majority of all, one silent',
      panelWith({ ...NO_DEBATE, onDissent: 'note' }),
      ['yes', 'yes', 'yes', null],
      'yes',
      [],
    ],
    ['nobody says anything', panelWith(NO_DEBATE), [null, null, null, null], null, ['panel-disagrees']],
    [
      ...([
        'one who weighs more than the others',
        panelWith({ ...NO_DEBATE, onDissent: 'note', rule: weighted(0.5) }),
      ] as const),
      ...([['no', 'yes', 'yes', 'yes'], 'no', []] as const),
    ],
    [
      ...([
        'a weight that is not enough',
        panelWith({ ...NO_DEBATE, onDissent: 'note', rule: weighted(0.6) }),
      ] as const),
      ...([['no', 'yes', 'yes', 'yes'], null, ['panel-disagrees']] as const),
    ],
  ])('%s', (_what, workflow, answers, carried, codes) => {
    const findings = findingsIn(coordinate(workflow, [votes(...answers)]));
    expect(findings.count?.carried).toEqual(carried === null ? null : { answer: carried });
    expect(findings.reasons.map(({ code }) => code)).toEqual(codes);
    // What a person is shown as a draft is what most hold.
    if (carried !== null) expect(findings.judgement?.['answer']).toBe(carried);
  });

  it('takes the words of the most confident who agree, and is no surer than the least confident', () => {
    const findings = findingsIn(
      coordinate(panelWith({ ...NO_DEBATE, onDissent: 'note' }), [votes('no', 'yes', 'yes', 'yes')]),
    );
    expect(findings).toMatchObject({ judgement: { answer: 'yes', why: 'lawyer says so' }, by: 'lawyer (scripted)' });
    expect(findings.confidence).toBeCloseTo(0.6);
  });

  it('says in plain words who holds what', () => {
    const { reasons } = findingsIn(coordinate(panelWith(NO_DEBATE), [votes('yes', 'no', 'no', 'yes')]));
    expect(reasons.map(({ text }) => text)).toEqual([
      'The panel does not agree on Answer. Buyer and Seller: "yes"; Lawyer and Engineer: "no".',
    ]);
  });

  it('debates where the vote carries nothing: each reads what all said', () => {
    const coordination = coordinate(panel, [votes('yes', 'no', 'no', 'yes')]);
    expect(dueIn(coordination).map(({ agent, purpose, from }) => [agent, purpose, from.length])).toEqual(
      MEMBERS.map((agent) => [agent, 'debate', 3]),
    );
    const [{ handOver } = { handOver: null }] = dueIn(coordination);
    const positions = handOver?.['positions'] as readonly JsonObject[];
    expect(positions.map(({ agent, judgement }) => [agent, (judgement as JsonObject)['answer']])).toEqual([
      ['buyer', 'yes'],
      ['lawyer', 'no'],
      ['engineer', 'no'],
      ['seller', 'yes'],
    ]);
    expect(coordination).toMatchObject({ count: { carried: null, most: 2, needed: 2 } });
  });

  it('is decided by the debate, or else by the judge, and its dissent is a reason to ask', () => {
    const first = votes('yes', 'no', 'no', 'yes');
    expect(findingsIn(coordinate(panel, [first, votes('yes', 'yes', 'yes', 'yes')]))).toMatchObject({
      ...{ judgement: { answer: 'yes' }, reasons: [] },
    });
    const waves = [first, votes('yes', 'no', 'no', 'later')];
    expect(dueIn(coordinate(panel, waves))).toMatchObject([{ agent: 'chair', purpose: 'judge', from: MEMBERS }]);
    const chair = said('chair', { answer: 'later', why: 'Nobody knows.' }, { tier: 'deep' });
    const judged = findingsIn(coordinate(panel, [...waves, [chair]]));
    expect(judged).toMatchObject({ judgement: { answer: 'later' }, by: 'chair (deep)' });
    expect(judged.reasons.map(({ code }) => code)).toEqual(['panel-disagrees']);
    expect(findingsIn(coordinate(panelWith({ onDissent: 'note' }), [...waves, [chair]])).reasons).toEqual([]);
  });

  it('leaves it to a person where the judge has no answer', () => {
    const waves = [votes('yes', 'no', 'no', 'yes'), votes('yes', 'no', 'no', 'yes'), [said('chair', null)]];
    expect(codesIn(coordinate(panelWith({ onDissent: 'note' }), waves))).toEqual(['panel-disagrees']);
  });

  it('carries a position only where enough of all members hold it, whatever they say', () => {
    const answer = fc.constantFrom('yes', 'no', 'later', null);
    const rule = fc.constantFrom({ kind: 'unanimous' as const }, { kind: 'majority' as const }, weighted(0.5));
    fc.assert(
      fc.property(fc.tuple(answer, answer, answer, answer), rule, (answers, kind) => {
        const workflow = panelWith({ ...NO_DEBATE, rule: kind, onDissent: 'note' });
        const { count, reasons } = findingsIn(coordinate(workflow, [votes(...answers)]));
        const carried = count?.carried?.['answer'] ?? null;
        expect(carried === null).toBe(reasons.length > 0);
        if (carried === null) return;
        const holders = answers.filter((one) => one === carried).length;
        if (kind.kind === 'unanimous') expect(holders).toBe(4);
        if (kind.kind === 'majority') expect(holders).toBeGreaterThan(2);
        if (kind.kind === 'weighted') expect(holders + (answers[0] === carried ? 3 : 0)).toBeGreaterThan(3.5);
      }),
    );
  });
});

/** The buyer's voice counts four times. */
function weighted(above: number) {
  return { kind: 'weighted' as const, weights: { buyer: 4, lawyer: 1, engineer: 1, seller: 1 }, above };
}
