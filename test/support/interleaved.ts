import type { Scheduler } from 'fast-check';
import type { MemoryPorts } from './memory-ports.ts';

/** Ports whose calls begin in whatever order the scheduler takes: every interleaving of the work that uses them. */
export function interleaved(ports: MemoryPorts, scheduler: Scheduler): MemoryPorts {
  const stores = { cases: ports.cases, requests: ports.requests, settings: ports.settings, people: ports.people };
  const slowed = Object.entries(stores).map(([name, store]) => [name, slow(store, scheduler)] as const);
  return { ...ports, ...Object.fromEntries(slowed) };
}

function slow<T extends object>(store: T, scheduler: Scheduler): T {
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const call = member.bind(target) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), String(name));
        return call(...args);
      };
    },
  });
}
