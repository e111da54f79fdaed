import assert from 'node:assert/strict';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { Action, LedgerEntry, Settings } from '../../shared/contracts/index.ts';
import { capCounts } from '../../shared/domain/caps.ts';
import { digestOf } from '../../shared/domain/digest.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { intentKey } from '../../shared/domain/plan-actions.ts';
import type { MemoryPorts } from './memory-ports.ts';

/** What holds after every step of a case, seen from the stores and the outside world alone. */
export async function checkInvariants(ports: MemoryPorts, caseId: string): Promise<void> {
  const head = await ports.cases.get(caseId);
  const ledger = await ports.cases.ledger(caseId);
  const chain = verifyChain(ledger, head?.ledger);
  assert.ok(head === null || chain.ok, `the ledger is broken: ${JSON.stringify(chain)}`);
  const actions = await ports.cases.actions(caseId);
  checkClosedIntents(ledger, actions);
  const seen = new Set<string>();
  for (const effect of ports.effects.done.filter((done) => done.caseId === caseId)) {
    const action = actions.find(({ idempotencyKey }) => idempotencyKey === effect.idempotencyKey);
    assert.ok(action, 'I4: an effect of no action on record');
    const intent = JSON.stringify(action.intent);
    assert.ok(!seen.has(intent), `I2: ${intent} was performed twice`);
    seen.add(intent);
    // What was taken back may be done anew, and what was done anew taken back.
    const original = actions.find(({ id }) => id === action.compensates);
    if (original !== undefined) seen.delete(JSON.stringify(original.intent));
    for (const other of actions.filter(({ compensates }) => compensates !== null)) {
      const undone = actions.find(({ id }) => id === other.compensates);
      if (undone !== undefined && JSON.stringify(undone.intent) === intent) seen.delete(JSON.stringify(other.intent));
    }
    assert.deepEqual(effect.args, action.arguments, 'I3: other arguments than those on record');
    assert.ok(isDecidedBefore(ledger, action), 'I4: no decision and intent before the effect');
    if (action.mode === 'hold') {
      const isOver = (await isHoldOver(ports, action)) || (await isApproved(ports, action));
      assert.ok(isOver, `I3: ${action.id} went out in the time in which people could stop it`);
    }
    if (action.compensates !== null) {
      const { compensates } = action;
      const isAsked = ledger.some(
        ({ event }) => event.type === 'take-back-asked' && event.actionIds.includes(compensates),
      );
      assert.ok(isAsked, `I3: nobody asked to take ${compensates} back`);
    }
    if (action.mode === 'ask') assert.ok(await isApproved(ports, action), `I3: nobody approved ${action.id}`);
  }
}

/** I6: what was done, and what may have been, stays within every cap; and each is counted. */
export async function checkCaps(ports: MemoryPorts, workflow: Workflow, settings: Settings): Promise<void> {
  const totals = new Map<string, { total: number; limit: number }>();
  for (const { caseId, idempotencyKey } of ports.effects.done) {
    const action = (await ports.cases.actions(caseId)).find((known) => known.idempotencyKey === idempotencyKey);
    assert.ok(action, 'an effect of no action on record');
    // It counts on the day that it was begun, whatever day it is now.
    const begun = (await ports.cases.ledger(caseId)).findLast(
      ({ event }) => event.type === 'action-intended' && event.actionId === action.id,
    );
    for (const { cap, day, amount, limit } of capCounts(workflow, action, settings, begun?.atMs ?? 0)) {
      const counter = `${cap}/${day ?? caseId}`;
      totals.set(counter, { total: (totals.get(counter)?.total ?? 0) + amount, limit });
    }
  }
  for (const [counter, { total, limit }] of totals) assert.ok(total <= limit, `I6: ${counter}: ${total} > ${limit}`);
}

/** A refusal is state: what a person has closed is never begun again, whatever the action, until it is reopened. */
function checkClosedIntents(ledger: readonly LedgerEntry[], actions: readonly Action[]): void {
  const closed = new Set<string>();
  for (const { event } of ledger) {
    if (event.type === 'intent-closed') closed.add(intentKey(event.intent));
    if (event.type === 'intent-reopened') closed.delete(intentKey(event.intent));
    if (event.type !== 'action-intended') continue;
    const action = actions.find(({ id }) => id === event.actionId);
    assert.ok(action && !closed.has(intentKey(action.intent)), `${event.actionId} was begun after a refusal`);
  }
}

/** I5: where the case is not closed at the end, a person has been asked and can still answer. */
export async function checkEnd(ports: MemoryPorts, caseId: string): Promise<void> {
  const head = await ports.cases.get(caseId);
  const open = await ports.requests.listOpen({ limit: 10, after: null });
  assert.ok(head?.state === 'closed' || open.items.length > 0, 'I5: the case is neither closed nor with a person');
  // Agents that are asked once more may come to other effects; none is done twice.
  const keys = ports.effects.done.map(({ idempotencyKey }) => idempotencyKey);
  assert.equal(new Set(keys).size, keys.length, 'I2: an effect was done twice');
}

function isDecidedBefore(ledger: readonly LedgerEntry[], { id, digest }: Action): boolean {
  const decided = ledger.findIndex(
    ({ event }) => event.type === 'decision-made' && event.actions.some((action) => action.id === id),
  );
  const intended = ledger.findIndex(
    ({ event }) => event.type === 'action-intended' && event.actionId === id && event.digest === digest,
  );
  return decided !== -1 && intended > decided;
}

async function isHoldOver(ports: MemoryPorts, action: Action): Promise<boolean> {
  const requests = [...ports.tables.requests.values()].map((text) => JSON.parse(text));
  return requests.some(
    ({ actionId, kind, state, answer }) =>
      actionId === action.id && kind === 'hold-action' && (state === 'expired' || answer?.verb === 'approve'),
  );
}

async function isApproved(ports: MemoryPorts, action: Action): Promise<boolean> {
  const requests = [...ports.tables.requests.values()].map((text) => JSON.parse(text));
  return requests.some(({ actionId, state, answer, digest }) => {
    if (actionId !== action.id || state !== 'answered') return false;
    if (answer.verb === 'edit') return digestOf(answer.edits) === digestOf(action.arguments);
    return answer.verb === 'approve' && digest === action.digest;
  });
}
