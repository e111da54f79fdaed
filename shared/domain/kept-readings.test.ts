import { describe, expect, it } from 'vitest';
import { READINGS } from '../../test/support/domain-examples.ts';
import type { Reading } from '../contracts/index.ts';
import { firstReadings, handedOn, restored } from './kept-readings.ts';

const MOST_STATE_BYTES = 262_144;
const [first] = READINGS;
if (first === undefined) throw new Error('there are readings');

function large(bytes: number, changes: Partial<Reading> = {}): Reading {
  return { ...first, data: { text: 'x'.repeat(bytes) }, arguments: { at: bytes }, ...changes } as Reading;
}

describe('readings that are handed on', () => {
  it('are whole where they are as small as usual', () => {
    expect(handedOn(READINGS)).toEqual({ readings: READINGS, toKeep: [] });
  });

  it('are references where they are large, in their place and with what became of them', () => {
    const reading = large(60_000, { status: 'incomplete', problems: ['size'], digest: 'd' });
    const { readings, toKeep } = handedOn([first, reading]);
    expect(readings[0]).toBe(first);
    expect(readings[1]).toMatchObject({ status: 'incomplete', problems: ['size'], digest: 'd', data: null });
    expect(readings[1]?.kept).toEqual({ id: toKeep[0]?.id, bytes: expect.any(Number) });
    expect(readings[1]?.kept?.bytes).toBeGreaterThan(60_000);
    const [kept] = toKeep;
    expect(kept && readings[1] && restored(readings[1], kept)).toMatchObject({ data: reading.data });
  });

  it.each([
    ['10 MB in 200', 200, 52_000],
    ['the most that an agent may read', 250, 2_000],
    ['many small ones', 250, 300],
  ])('fit into a state: %s', (_what, count, bytes) => {
    const { readings, toKeep } = handedOn(Array.from({ length: count }, (_, at) => large(bytes + at)));
    expect(JSON.stringify(readings).length).toBeLessThan(MOST_STATE_BYTES - 64 * 1_024);
    expect(readings.filter(({ data }) => data === null)).toHaveLength(toKeep.length);
  });

  it('are refused where what was kept is something else', () => {
    const reading = large(60_000);
    const { toKeep } = handedOn([reading]);
    const id = toKeep[0]?.id ?? '';
    expect(() => restored(reading, { id, text: '{"data":{}}' })).toThrow('not what was read');
  });

  it('are looked up for rules only where they come first', () => {
    const failed = large(1, { status: 'failed', data: null });
    const later = large(2);
    const other = large(3, { source: 'crm-history' });
    expect(firstReadings([failed, first, later, other])).toEqual([first, other]);
  });
});
