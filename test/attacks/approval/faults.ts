import { expect } from 'vitest';
import type { Json } from '../../../shared/contracts/index.ts';
import { CaseMachine } from '../../support/case-machine.ts';
import { CrashingPorts } from '../../support/crashing-ports.ts';
import { CASE_ID, caseStart, HOT, modelAnswer, READABLE, settingsIn } from '../../support/lead-case.ts';
import { APPROVER } from '../../support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../support/memory-ports.ts';
import { NotRunError, type Row, text } from './row.ts';

/** Rows in which a service fails at a given write: the same operations with ports that break, driven as the machines do. */
export async function runWithFault({ script, assert }: Row): Promise<void> {
  const ports = memoryPorts({ models: [modelAnswer(HOT)], sources: READABLE });
  ports.settings.set(settingsIn('partial'));
  const seen = { mailsBeforeStore: 0 };
  const broken = script.reduce((known, step) => (step.do === 'fail' ? withFault(known, step, seen) : known), ports);
  const unknown = script.find((step) => !['fail', 'wait', 'post'].includes(step.do));
  if (unknown !== undefined) throw new NotRunError(`This runner does not know the step ${unknown.do} after a fault`);
  const machine = new CaseMachine(
    new CrashingPorts(broken, null),
    () => 'approve',
    async () => undefined,
  );
  await machine.run(caseStart());
  for (const [name, expected] of Object.entries(assert)) await claim(ports, seen, { name, expected });
}

function withFault(ports: MemoryPorts, step: Row['script'][number], seen: { mailsBeforeStore: number }): MemoryPorts {
  if (step['when'] !== 'before') throw new NotRunError('a fault after the write');
  switch (text(step, 'at')) {
    case 'mail.send':
      ports.mailer.throttle(Number(step['times'] ?? 1));
      return ports;
    case 'request.store': {
      let left = Number(step['times'] ?? 1);
      const cases = new Proxy(ports.cases, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name, target);
          if (typeof member !== 'function') return member;
          const call = member.bind(target) as (...args: unknown[]) => unknown;
          if (name !== 'commit') return call;
          return async (...args: unknown[]) => {
            const isStore = (args[0] as { openedRequest?: unknown }).openedRequest !== undefined;
            if (isStore && left > 0) {
              left -= 1;
              seen.mailsBeforeStore += ports.mailer.to(APPROVER).length;
              throw new Error('the store cannot be reached');
            }
            if (isStore) seen.mailsBeforeStore += ports.mailer.to(APPROVER).length;
            return call(...args);
          };
        },
      });
      return { ...ports, cases };
    }
    default:
      throw new NotRunError(`a fault at ${text(step, 'at')}`);
  }
}

async function claim(
  ports: MemoryPorts,
  seen: { mailsBeforeStore: number },
  { name, expected }: { name: string; expected: Json },
): Promise<void> {
  const answered = (await ports.cases.ledger(CASE_ID)).filter(({ event }) => event.type === 'request-answered');
  switch (name) {
    case 'effects':
      return expect(ports.effects.done.filter(({ connector }) => connector === 'mail.send').length).toBe(expected);
    case 'decisions':
      return expect(answered.length).toBe(expected);
    case 'mailsAtMost':
      return expect(ports.mailer.to(APPROVER).length).toBeLessThanOrEqual(Number(expected));
    case 'mailsBeforeStore':
      return expect(seen.mailsBeforeStore).toBe(expected);
    default:
      throw new NotRunError(`This runner does not know the claim ${name} after a fault`);
  }
}
