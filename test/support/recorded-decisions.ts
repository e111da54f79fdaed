import type { DecisionRecord } from '../../shared/contracts/index.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import type { MemoryPorts } from './memory-ports.ts';
import { aRecord } from './stored-records.ts';

/** Puts decisions on record, one a minute up to now: `right` that people agreed with, then `wrong` that they did not. */
export function recordDecisions(
  ports: MemoryPorts,
  { right, wrong = 0, ...changes }: { right: number; wrong?: number } & Partial<DecisionRecord>,
): void {
  const all = right + wrong;
  for (let at = 0; at < all; at += 1) {
    const isRight = at < right;
    const caseId = caseIdOf({ workflow: 'recorded', trigger: 't', eventId: `${ports.tables.records.size}` });
    const decidedAtMs = ports.clock.nowMs() - (all - at) * 60_000;
    const signal = {
      kind: 'override' as const,
      atMs: decidedAtMs,
      by: 'p@remit.example',
      fields: ['tier'],
      reason: 'No.',
    };
    const record = aRecord({
      ...{ caseId, decidedAtMs, compared: [{ field: 'tier', agrees: isRight }], signals: isRight ? [] : [signal] },
      ...changes,
    });
    ports.tables.records.set(caseId, JSON.stringify(record));
  }
}
