import { expect, test } from 'vitest';
import { many, resultThat, wrongAlone } from '../testing/results.ts';
import { fieldCalibrations } from './calibrations.ts';

const fieldsAt = (confidence: number) => [{ field: 'queue', confidence, threshold: 0.8, because: [] }];

test('holds the confidence of each tier in each field against what was right', () => {
  const found = fieldCalibrations([
    ...many(30, () => resultThat({ fields: fieldsAt(0.95) })),
    ...many(10, () => wrongAlone({ fields: fieldsAt(0.95) })),
    ...many(20, () => resultThat({ by: 'desk (fast)', fields: fieldsAt(0.65) })),
  ]);
  expect(found).toMatchObject([
    { tier: 'learned', field: 'queue', answers: 40, bins: [{ from: 0.9, to: 1, right: { agreed: 30, of: 40 } }] },
    { tier: 'fast', field: 'queue', answers: 20, bins: [{ right: { agreed: 20, of: 20 } }] },
  ]);
  expect(found[0]?.error).toBeCloseTo(0.2, 10);
  expect(found[1]?.error).toBeCloseTo(0.35, 10);
});

test('draws no curve of a handful, nor of a field that no label speaks of', () => {
  expect(fieldCalibrations(many(19, resultThat))).toEqual([]);
  expect(fieldCalibrations(many(40, () => resultThat({ expected: { urgent: true } })))).toEqual([]);
});
