import { describe, expect, it } from 'vitest';
import { aReading } from '../../../test/support/domain-examples.ts';
import { row } from '../../../test/support/teams/row.ts';
import { codesIn, dueIn, findingsIn, said } from '../../../test/support/teams/turns.ts';
import type { Agent, Workflow } from '../../authoring/index.ts';
import { coordinate } from '../coordinate.ts';

describe('a sequence', () => {
  const found = said('reader', { topic: 'tax', urgency: 'high' }, { confidence: 0.9 });
  const written = said('writer', { text: 'Dear Ann' }, { confidence: 0.8 });
  const edited = said('editor', { text: 'Dear Ann,', isPolite: true }, { confidence: 0.5, tier: 'smart' });

  it('begins with its first agent', () => {
    expect(dueIn(coordinate(row, []))).toEqual([{ agent: 'reader', purpose: 'first', from: [], handOver: null }]);
  });

  it('hands each agent what it takes of all that was said before', () => {
    expect(dueIn(coordinate(row, [[found]]))).toEqual([
      { agent: 'writer', purpose: 'hand-over', from: ['reader'], handOver: { topic: 'tax' } },
    ]);
    expect(dueIn(coordinate(row, [[found], [written]]))).toEqual([
      {
        ...{ agent: 'editor', purpose: 'hand-over', from: ['reader', 'writer'] },
        handOver: { text: 'Dear Ann', urgency: 'high' },
      },
    ]);
  });

  it('puts the decision together, a later word over an earlier one, as sure as those who stand in it together', () => {
    const findings = findingsIn(coordinate(row, [[found], [written], [edited]]));
    expect(findings).toMatchObject({
      judgement: { topic: 'tax', urgency: 'high', text: 'Dear Ann,', isPolite: true },
      by: 'reader (scripted), editor (smart)',
      origins: [
        { field: 'topic', agent: 'reader', tier: 'scripted', confidence: 0.9 },
        { field: 'urgency', agent: 'reader', tier: 'scripted', confidence: 0.9 },
        { field: 'text', agent: 'editor', tier: 'smart', confidence: 0.5 },
        { field: 'isPolite', agent: 'editor', tier: 'smart', confidence: 0.5 },
      ],
      reasons: [],
    });
    expect(findings.confidence).toBeCloseTo(0.45);
    expect(findings.turns).toEqual([found, written, edited]);
  });

  it('ends with a person where an agent comes to nothing, or a hand-over is not what the next one takes', () => {
    expect(findingsIn(coordinate(row, [[found], [said('writer', null)]]))).toMatchObject({
      ...{ judgement: null, confidence: 0, by: 'nobody' },
    });
    const long = said('writer', { text: 'x'.repeat(201) });
    const refused = coordinate(row, [[found], [long]]);
    expect(codesIn(refused)).toEqual(['hand-over-refused']);
    expect(findingsIn(refused).reasons[0]?.text).toContain('Writer could not hand over to Editor');
  });

  it('keeps all that one source was asked for', () => {
    const asked = (email: string) => aReading('crm-history', { stage: 'none' }, { arguments: { email } });
    const waves = [[{ ...found, readings: [asked('a@b.example'), asked('c@d.example')] }], [written], [edited]];
    expect(findingsIn(coordinate(row, waves)).readings).toHaveLength(2);
  });

  it('reads each source once for the decision, as it was read best', () => {
    const failed = aReading('crm-history', null, { status: 'failed' });
    const complete = aReading('crm-history', { stage: 'none' });
    const waves = [[{ ...found, readings: [complete] }], [{ ...written, readings: [failed] }], [edited]];
    expect(findingsIn(coordinate(row, waves)).readings).toEqual([complete]);
  });

  describe('in which the editor has a turn only where it is urgent', () => {
    const atTimes = withEditor({ when: ({ urgency }) => urgency === 'high' });
    const calm = said('reader', { topic: 'tax', urgency: 'low' }, { confidence: 0.9 });

    it('gives the turn where the rule holds', () => {
      expect(dueIn(coordinate(atTimes, [[found], [written]])).map(({ agent }) => agent)).toEqual(['editor']);
      expect(findingsIn(coordinate(atTimes, [[found], [written], [edited]])).by).toContain('editor');
    });

    it('passes it over where the rule does not hold, and decides by what the others said', () => {
      const findings = findingsIn(coordinate(atTimes, [[calm], [written]]));
      expect(findings.judgement).toEqual({ topic: 'tax', urgency: 'low', text: 'Dear Ann' });
      expect(findings.confidence).toBeCloseTo(0.72);
    });

    it('goes on with the next one after an agent that is passed over', () => {
      const skipping = withWriter({ when: () => false }, { takes: null });
      expect(dueIn(coordinate(skipping, [[found]]))).toEqual([
        { agent: 'editor', purpose: 'hand-over', from: ['reader'], handOver: null },
      ]);
      expect(findingsIn(coordinate(skipping, [[found], [edited]])).judgement).toMatchObject({ text: 'Dear Ann,' });
    });

    it('shows the rule the input and what was read, and gives the turn where the rule breaks', () => {
      const seen: unknown[] = [];
      const watching = withEditor({
        when: (judged, facts) => {
          seen.push(judged, facts.input, facts.sources['crm-history']);
          throw new Error('broken');
        },
      });
      const read = [{ ...found, readings: [aReading('crm-history', { stage: 'open' })] }];
      expect(dueIn(coordinate(watching, [read, [written]], { input: { name: 'Ann' } }))).toHaveLength(1);
      expect(seen).toEqual([{ topic: 'tax', urgency: 'high', text: 'Dear Ann' }, { name: 'Ann' }, { stage: 'open' }]);
    });
  });

  describe('in which the editor is not required', () => {
    const optional = withEditor({ isRequired: false });
    const sure = { ...edited, confidence: 0.85 };
    const bare = {
      judgement: { topic: 'tax', urgency: 'high', text: 'Dear Ann' },
      by: 'reader (scripted), writer (scripted)',
    };

    it('takes what it says where it is sure, without a word on how sure the others are', () => {
      const findings = findingsIn(coordinate(optional, [[found], [written], [sure]], { minimumConfidence: 0.8 }));
      expect(findings.judgement).toMatchObject({ text: 'Dear Ann,', isPolite: true });
      expect(findings.confidence).toBeCloseTo(0.72);
    });

    it.each([
      ['is less sure than is asked for', edited],
      ['doubts', { ...sure, doubts: ['I do not know her.'] }],
      ['comes to nothing', said('editor', null)],
      ['has failed', { ...sure, status: 'failed' as const, judgement: null }],
      ['answers only after failed checks', { ...sure, status: 'degraded' as const }],
    ])('leaves it out where it %s, and nobody is asked for its sake', (_what, turn) => {
      const findings = findingsIn(coordinate(optional, [[found], [written], [turn]], { minimumConfidence: 0.8 }));
      expect(findings).toMatchObject({ ...bare, reasons: [], turns: [found, written] });
      expect(findings.confidence).toBeCloseTo(0.72);
    });

    it.each([
      ['doubts', { ...written, doubts: ['Who is Ann?'] }],
      ['is less sure than is asked for', { ...written, confidence: 0.7 }],
    ])('gives it no turn where one before it %s: a person decides then', (_what, unsure) => {
      const findings = findingsIn(coordinate(optional, [[found], [unsure]], { minimumConfidence: 0.8 }));
      expect(findings).toMatchObject({ ...bare, turns: [found, unsure] });
    });

    it('keeps what it read', () => {
      const reading = aReading('crm-history', { stage: 'open' });
      const turn = { ...said('editor', null), readings: [reading] };
      expect(findingsIn(coordinate(optional, [[found], [written], [turn]])).readings).toEqual([reading]);
    });
  });
});

function withEditor(change: Partial<Agent>): Workflow {
  return changed('editor', change);
}

function withWriter(change: Partial<Agent>, ofEditor: Partial<Agent>): Workflow {
  const first = changed('writer', change);
  return changed('editor', ofEditor, first);
}

function changed(id: string, change: Partial<Agent>, workflow: Workflow = row): Workflow {
  return { ...workflow, agents: workflow.agents.map((agent) => (agent.id === id ? { ...agent, ...change } : agent)) };
}
