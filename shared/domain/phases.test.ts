import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { settingsIn } from '../../test/support/lead-case.ts';
import { phaseOf, segmentOf } from './phases.ts';

const FACTS = { input: {}, sources: {} };
const segment = (id: string, when: () => boolean) => ({ id, title: id, when });

describe('segments', () => {
  it('are the first whose condition holds; one that throws is passed over', () => {
    const broken = segment('broken', () => {
      throw new Error('no such field');
    });
    const segments = [broken, segment('no', () => false), segment('yes', () => true), segment('also', () => true)];
    expect(segmentOf({ ...leadQualification, segments }, {}, FACTS)).toBe('yes');
    expect(segmentOf({ ...leadQualification, segments: segments.slice(0, 2) }, {}, FACTS)).toBeNull();
  });
});

describe('the phase of a case', () => {
  it('is that of its segment, and the one of the workflow for all others', () => {
    const settings = settingsIn('partial', { segments: { small: 'full', large: 'shadow' } });
    const phases = ['small', 'large', 'other', null].map((id) => phaseOf(settings, id, 'hanna'));
    expect(phases).toEqual(['full', 'shadow', 'partial', 'partial']);
  });

  it('is the same for the same customer, always', () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), (key, partialShare) => {
        const settings = settingsIn('partial', { partialShare });
        expect(phaseOf(settings, 'small', key)).toBe(phaseOf(settings, 'small', key));
      }),
    );
  });

  it('is partial for about the share that is set, and shadow for the others', () => {
    const share = (partialShare: number): number => {
      const phases = Array.from({ length: 2_000 }, (_, n) =>
        phaseOf(settingsIn('partial', { partialShare }), null, `${n}`),
      );
      return phases.filter((phase) => phase === 'partial').length / phases.length;
    };
    expect([share(0), share(1)]).toEqual([0, 1]);
    expect(Math.abs(share(0.25) - 0.25)).toBeLessThan(0.04);
  });

  it('only ever loses customers to shadow as the share shrinks', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (key, a, b) => {
          const [less, more] = a < b ? [a, b] : [b, a];
          const phase = (partialShare: number) => phaseOf(settingsIn('partial', { partialShare }), null, key);
          if (phase(less) === 'partial') expect(phase(more)).toBe('partial');
        },
      ),
    );
  });
});
