import { describe, expect, it } from 'vitest';
import { ask } from '../../test/support/asked-lead.ts';
import { decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY } from '../../test/support/leads.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { colleaguesOf, readAbsence, setAbsence } from './set-absence.ts';

const DAY_MS = 24 * 3_600_000;

function world() {
  const ports = memoryPorts();
  const nowMs = ports.clock.nowMs();
  const away = { fromMs: nowMs, untilMs: nowMs + DAY_MS, delegate: DEPUTY };
  return { ports, nowMs, away };
}

describe('an absence', () => {
  it('is set and called off by oneself, and both stay on record', async () => {
    const { ports, nowMs, away } = world();
    expect(await setAbsence.run(ports, { person: APPROVER, absence: away })).toEqual({
      kind: 'set',
      absence: { person: APPROVER, ...away },
    });
    await setAbsence.run(ports, { person: APPROVER, absence: null });
    const { absence, changes } = await readAbsence.run(ports, { person: APPROVER });
    expect(absence).toBeNull();
    expect(changes).toEqual([
      { by: APPROVER, atMs: nowMs, absence: null },
      { by: APPROVER, atMs: nowMs, absence: { person: APPROVER, ...away } },
    ]);
    const lines = ports.telemetry.lines.filter(({ event }) => event === 'absence-changed');
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain('@');
  });

  it.each([
    ['that ends before it begins', { untilMs: -1 }, 'before the first'],
    ['that is over', { fromMs: -2 * DAY_MS, untilMs: -DAY_MS }, 'over already'],
    ['of two years', { untilMs: 730 * DAY_MS }, 'longer than a year'],
    ['with oneself to stand in', { delegate: APPROVER.toUpperCase() }, 'Somebody else'],
    ['with somebody of no team of one’s own', { delegate: 'mia@other.example' }, 'another member of your team'],
  ])('%s is not taken', async (_what, changes: { fromMs?: number; untilMs?: number; delegate?: string }, words) => {
    const { ports, nowMs, away } = world();
    const at = (ms: number | undefined, known: number): number => (ms === undefined ? known : nowMs + ms);
    const absence = {
      ...away,
      ...changes,
      fromMs: at(changes.fromMs, away.fromMs),
      untilMs: at(changes.untilMs, away.untilMs),
    };
    const receipt = await setAbsence.run(ports, { person: APPROVER, absence });
    expect(receipt).toMatchObject({ kind: 'refused', problem: expect.stringContaining(words) });
    expect((await readAbsence.run(ports, { person: APPROVER })).changes).toEqual([]);
  });

  it('lets only colleagues stand in, and nobody for who is in no team', () => {
    const { ports } = world();
    expect(colleaguesOf(ports.workflows, APPROVER)).toEqual([DEPUTY]);
    expect(colleaguesOf(ports.workflows, 'mia@other.example')).toEqual([]);
  });
});

describe('a question to somebody who is away', () => {
  it('goes to who stands in, who is told for whom', async () => {
    const { ports } = await decidedLead();
    const nowMs = ports.clock.nowMs();
    const absence = { fromMs: nowMs, untilMs: nowMs + DAY_MS, delegate: DEPUTY };
    await setAbsence.run(ports, { person: APPROVER, absence });
    await ask(ports);
    expect(ports.mailer.to(APPROVER)).toEqual([]);
    expect(ports.mailer.to(DEPUTY)[0]?.text).toContain(`You are asked for ${APPROVER}`);
  });

  it('goes to the next person at once where nobody stands in', async () => {
    const { ports } = await decidedLead();
    const nowMs = ports.clock.nowMs();
    await setAbsence.run(ports, {
      person: APPROVER,
      absence: { fromMs: nowMs, untilMs: nowMs + DAY_MS, delegate: null },
    });
    const requestId = await ask(ports);
    expect(await ports.requests.get(requestId)).toMatchObject({ people: [APPROVER, DEPUTY], nextPeople: [] });
    expect(ports.mailer.to(DEPUTY)).toHaveLength(1);
  });

  it('goes to them as long as the absence has not begun', async () => {
    const { ports } = await decidedLead();
    const nowMs = ports.clock.nowMs();
    await setAbsence.run(ports, {
      person: APPROVER,
      absence: { fromMs: nowMs + 1, untilMs: nowMs + DAY_MS, delegate: null },
    });
    await ask(ports);
    expect(ports.mailer.to(APPROVER)).toHaveLength(1);
    expect(ports.mailer.to(DEPUTY)).toEqual([]);
  });
});
