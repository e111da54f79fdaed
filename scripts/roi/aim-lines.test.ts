import { expect, test } from 'vitest';
import { shareOf } from '../../shared/domain/agreement.ts';
import { aimLines } from './aim-lines.ts';

const title = 'From the lead to the meeting mail';
const MINUTE = 60_000;

test('the aim is told in two lines, with how many cases they rest on', () => {
  const live = { decidedAlone: shareOf(12, 40), reached: 9, medianMs: 20 * MINUTE, p90Ms: 300 * MINUTE };
  expect(aimLines({ title, live: { ...live, days: 30, cases: 40 }, evaluated: shareOf(195, 640) })).toEqual([
    'Decided without a person: 12 of 40 cases (30.0 %); evaluated: 195 of 640 labelled cases (30.5 %).',
    'From the lead to the meeting mail: half within 20.0 minutes, nine of ten within 5.0 hours, of 9 in 30 days.',
  ]);
});

test('what is not known is said, not guessed', () => {
  expect(aimLines({ title, live: null, evaluated: null })).toEqual([
    'Decided without a person: no cases; evaluated: no labelled cases.',
    'From the lead to the meeting mail: not known, as no runtime runs here.',
  ]);
  const none = { decidedAlone: shareOf(0, 0), reached: 0, medianMs: null, p90Ms: null };
  expect(aimLines({ title, live: { ...none, days: 7, cases: 0 }, evaluated: null })[1]).toContain('no case of 7 days');
});
