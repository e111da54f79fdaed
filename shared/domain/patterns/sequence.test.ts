import { describe, expect, it } from 'vitest';
import { aReading } from '../../../test/support/domain-examples.ts';
import { row } from '../../../test/support/teams/row.ts';
import { codesIn, dueIn, findingsIn, said } from '../../../test/support/teams/turns.ts';
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
});
