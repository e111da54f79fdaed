import { expect, test } from 'vitest';
import { autonomyTable } from './autonomy-table.ts';

const none = { agreed: 0, of: 0, lower: 0, upper: 1 };
const spotChecks = {
  ...{ cases: 400, drawn: 40, checked: 36, wrong: 3 },
  accuracy: { share: 0.931, lower: 0.781, upper: 0.981, effective: 31.5 },
};

test('shows numbers, gate, cool-down, disagreements and hasty answers', () => {
  const lines = autonomyTable(
    {
      ...{ workflow: 'leads', title: 'Leads', version: 'v2', paused: true },
      gates: { agreement: 0.85, minimumDecisions: 30, errors: 0.05 },
      segments: [
        {
          ...{ segment: 'all', title: 'All cases of Leads', phase: 'shadow', setPhase: 'full', earnedUnder: 'v1' },
          coolDownUntilMs: Date.UTC(2026, 4, 3),
          agreement: {
            ...{ sure: { agreed: 90, of: 100, lower: 0.826, upper: 0.945 }, blind: none, shown: none, asked: none },
            edited: 2,
            fields: [{ field: 'tier', agreed: 90, of: 100, lower: 0.826, upper: 0.945 }],
          },
          failed: { failed: 1, of: 100, share: 0.01 },
          missed: ['Agreement is 90 of 100, 82.6 to 94.5 %; its lower end has to be 85 %.'],
          against: { decisions: 3, of: 50, allowed: 5 },
          disagreements: [{ caseId: 'f'.repeat(32), fields: ['*'], by: 'a@remit.example', reason: 'A student.' }],
          proposal: null,
          spotChecks,
        },
      ],
      spotChecks,
      twoReviewers: {
        ...{ asked: 60, pairs: 50, same: { agreed: 35, of: 50, lower: 0.562, upper: 0.809 } },
        kappas: [{ about: '*', pairs: 50, kappa: 0.4, lower: 0.151, upper: 0.649 }],
      },
      curves: [
        {
          ...{ tier: 'smart', model: 'claude-sonnet-5-5', field: '*' },
          curve: { judged: 200, steps: [{ from: 0.99, judged: 200, agreed: 100, confidence: 0.455 }] },
        },
      ],
    },
    [
      {
        ...{
          person: 'quick@remit.example',
          answers: 20,
          medianTookMs: 2_000,
          reversed: 1,
          seeded: none,
          agreement: none,
        },
        ...{ approvals: { ...none, agreed: 20, of: 20 }, hasty: { ...none, agreed: 20, of: 20 } },
        segments: ['all', 'small'].map((segment) => ({ segment, agreed: 9, of: 10, lower: 0.596, upper: 0.982 })),
        warnings: ['20 of 20 yes answers came faster than the question can be read.'],
      },
    ],
  );
  const text = lines.join('\n');
  expect(text).toContain('Leads (leads), version v2, SWITCHED OFF');
  expect(text).toMatch(/All cases of Leads {2}shadow +90\/100 +82\.6 % to 94\.5 %/);
  expect(text).toContain('Set to full, which was given under version v1.');
  expect(text).toContain('Nothing is proposed before 2026-05-03 00:00:00 UTC.');
  expect(text).toContain('Misses the gate: Agreement is 90 of 100');
  expect(text).toContain('a@remit.example disagreed in case ffffffff about all of it: A student.');
  expect(text).toMatch(/All cases of Leads +400 +40 +36 +3 +93\.1 % +78\.1 % to 98\.1 %/);
  expect(text).toMatch(/smart \(claude-sonnet-5-5\) +all of it +from 99\.0 % +100\/200 +45\.5 %/);
  expect(text).toMatch(/quick@remit\.example +20 +100\.0 % +2\.0 s +0\/0 +- +20\/20 +0\/0 +1/);
  expect(text).toContain('quick@remit.example in small: 9/10 agree, 59.6 % to 98.2 %');
  expect(text).toContain('both have given 50; 35 of 50 decide the same');
  expect(text).toMatch(/whether the agents are right +50 +0\.40 +0\.15 to 0\.65/);
  expect(text).toContain('quick@remit.example: 20 of 20 yes answers');
});
