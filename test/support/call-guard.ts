import { isDeepStrictEqual } from 'node:util';
import type { Action, CaseEvent, Settings } from '../../shared/contracts/index.ts';
import type { CaseWrite } from '../../shared/ports/index.ts';
import type { MemoryPorts } from './memory-ports.ts';

/** When the switch is turned: before the n-th write to the cases, for one workflow or all. */
export interface SwitchTurn {
  readonly beforeWrite: number;
  readonly settings: Settings;
}

/**
 * Stands between the operations and the outside world of several cases that run at the same time, and looks at each call
 * as it starts: the decision and this very try are on record, and the switch was on when the try was noted.
 */
export class CallGuard {
  readonly ports: MemoryPorts;
  /** Calls that began after the switch was turned: their tries were noted before it. */
  callsAfterSwitch = 0;
  /** Kept, because the steps of a case are tried again whatever is thrown in them. */
  readonly violations: string[] = [];
  #writes = 0;
  #turned: readonly SwitchTurn[];
  /** Tries that were noted and not yet made. */
  readonly #noted = new Set<string>();

  constructor(ports: MemoryPorts, turns: readonly SwitchTurn[]) {
    this.#turned = turns;
    this.ports = {
      ...ports,
      cases: withMethod(ports.cases, 'commit', (write: CaseWrite) => this.#commit(ports, write)),
      effects: withMethod(ports.effects, 'perform', (...call: Parameters<MemoryPorts['effects']['perform']>) =>
        this.#call(ports, call),
      ),
    };
  }

  async #commit(ports: MemoryPorts, write: CaseWrite): ReturnType<MemoryPorts['cases']['commit']> {
    this.#writes += 1;
    for (const { beforeWrite, settings } of this.#turned)
      if (beforeWrite === this.#writes) ports.settings.set(settings);
    const begun = write.events.filter(isBegun);
    const cursor = await ports.cases.commit(write);
    if (begun.length > 0 && isOff(ports)) this.violations.push('a try was noted while the switch was off');
    for (const { actionId } of begun) this.#noted.add(`${write.caseId}.${actionId}`);
    return cursor;
  }

  async #call(ports: MemoryPorts, call: Parameters<MemoryPorts['effects']['perform']>) {
    const [, args, { caseId, idempotencyKey: key }] = call;
    if (!this.#noted.delete(key)) this.violations.push(`${key} was called without a try on record`);
    const ledger = await ports.cases.ledger(caseId);
    const decided = ledger.flatMap(({ event }) => (event.type === 'decision-made' ? event.actions : []));
    const action: Action | undefined = decided.find(({ idempotencyKey }) => idempotencyKey === key);
    if (action === undefined) this.violations.push(`${key} was called without a decision on record`);
    const stored = action === undefined ? null : await ports.cases.action(caseId, action.id);
    if (!isDeepStrictEqual(stored?.arguments, args)) this.violations.push(`${key} was called with other arguments`);
    if (isOff(ports)) this.callsAfterSwitch += 1;
    return ports.effects.perform(...call);
  }
}

/** The port with one method in place of its own; the others are called on the port itself, which has private fields. */
function withMethod<Port extends object>(port: Port, name: keyof Port, method: unknown): Port {
  return new Proxy(port, {
    get: (target, wanted) => {
      if (wanted === name) return method;
      const member: unknown = Reflect.get(target, wanted, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

function isBegun(event: CaseEvent): event is Extract<CaseEvent, { type: 'action-intended' }> {
  return event.type === 'action-intended';
}

/** There is one workflow in these runs: its own switch, or the one for all. */
function isOff({ tables }: MemoryPorts): boolean {
  return [...tables.settings.values()].some(({ paused }) => paused);
}
