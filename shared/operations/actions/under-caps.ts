import type { CapCount, CaseEvent } from '../../contracts/index.ts';
import { capCounts, capWords, limitOf, stillToCount } from '../../domain/caps.ts';
import { type CountAgainstPorts, countAgainst } from '../records/count-against.ts';
import { NeedsPersonError } from './needs-person-error.ts';
import type { PerformedAction } from './performed-action.ts';

/** What this action still has to add to counters before it may go ahead, by the limits of today. */
export function countsOf({ workflow, action, definition, settings }: PerformedAction, nowMs: number): CapCount[] {
  const isKeyed = definition.connector.idempotency === 'key';
  return stillToCount(capCounts(workflow, action, settings, nowMs), action.counted, isKeyed);
}

/**
 * Puts on record that a cap has no room for the action. Where agents have come to it by themselves, that counts against
 * them as a breach.
 * @throws NeedsPersonError always: a person does it by hand, or the owner raises the cap.
 */
export async function stopAtCap(
  ports: CountAgainstPorts,
  { workflow, action, case: case_, settings }: PerformedAction,
  capId: string,
): Promise<never> {
  const cap = workflow.caps.find(({ id }) => id === capId);
  if (cap === undefined) throw new Error(`Workflow ${workflow.id} has no cap ${capId}`);
  const limit = limitOf(cap, settings);
  const words = `${capWords(cap, limit)} This would pass it.`;
  const event: CaseEvent = { type: 'cap-reached', actionId: action.id, cap: capId, limit, words };
  const breach = {
    caseId: case_.id,
    kind: 'breach' as const,
    by: 'remit',
    fields: [action.action],
    reason: words,
    event,
  };
  // A person who said yes to it has made it theirs.
  const isCounted = action.state !== 'approved' && (await countAgainst.run(ports, breach));
  if (!isCounted) {
    const place = { caseId: case_.id, workflow: workflow.id, cursor: case_.ledger, atMs: ports.clock.nowMs() };
    await ports.cases.commit({ ...place, events: [event] });
  }
  ports.telemetry.count('CapsReached', 1, workflow.id);
  const until = cap.per === 'day' ? 'on another day or once the owner raises it' : 'once the owner raises it';
  throw new NeedsPersonError(`${words} A yes is taken ${until}; it can also be done by hand.`);
}
