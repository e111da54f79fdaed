import { expect, it } from 'vitest';
import { CaseMachine } from '../../test/support/case-machine.ts';
import { CrashingPorts } from '../../test/support/crashing-ports.ts';
import { CASE_ID, caseStart, HOT, modelAnswer, READABLE, settingsIn } from '../../test/support/lead-case.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';

it('stops agents and a person who always hand the case to each other, within what it may cost, with the person', async () => {
  const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd: 0.01 };
  const unsure = Array.from({ length: 50 }, () => modelAnswer(HOT, { confidence: 0.5, usage }));
  const ports = memoryPorts({ models: unsure, sources: READABLE });
  ports.settings.set(settingsIn('partial'));
  const machine = new CaseMachine(
    new CrashingPorts(ports, null),
    () => 'respond',
    async () => undefined,
  );
  await machine.run(caseStart());
  expect(ports.models.questions).toHaveLength(4);
  const head = await ports.cases.get(CASE_ID);
  expect(head).toMatchObject({ state: 'closed', outcome: 'expired', notes: { length: 3 } });
  expect(head?.usage.costUsd).toBeCloseTo(0.04, 9);
  const asked = await ports.requests.ofCase(CASE_ID);
  expect(asked.map(({ state }) => state).toSorted()).toEqual(['answered', 'answered', 'answered', 'expired']);
  expect(asked.find(({ state }) => state === 'expired')?.verbs).toEqual(['approve', 'edit', 'reject', 'take-over']);
  expect(ports.effects.calls).toBe(0);
});
