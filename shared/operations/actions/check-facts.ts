import type { FactChange, JsonObject, Reading } from '../../contracts/index.ts';
import { changedFacts, type FactNow, pinFacts } from '../../domain/pinned-facts.ts';
import { factKey, rebound } from '../../domain/plan-actions.ts';
import { type CaseStore, type Clock, ConflictError, type Sources } from '../../ports/index.ts';
import { readSources } from '../read-sources.ts';
import { NeedsPersonError } from './needs-person-error.ts';
import type { PerformedAction } from './performed-action.ts';

/** For reading what an action rests on once more. */
const LONGEST_READ_MS = 10_000;

interface FactPorts {
  readonly cases: CaseStore;
  readonly sources: Sources;
  readonly clock: Clock;
}

/**
 * Reads again what the action rests on. Where that is no longer as it was, the action is bound anew to what holds now,
 * keeps what changed for the approver to see, and waits for a new yes.
 * @throws NeedsPersonError naming what changed.
 */
export async function checkFacts(ports: FactPorts, subject: PerformedAction): Promise<void> {
  const { action, definition } = subject;
  if (definition.pins.length === 0 && action.pinned.length === 0) return;
  const changed = await readAnew(ports, subject);
  if (changed !== null) throw new NeedsPersonError(changed);
}

/**
 * Why a person has to be asked about an action that nobody has been asked about yet. What it rests on is read again before:
 * it may have been read long ago, and what this case itself has done since may have changed it. So the yes is to what
 * holds now, and is not asked for twice.
 */
export async function reasonToAsk(ports: FactPorts, subject: PerformedAction, reason: string): Promise<string> {
  const { state, mode, requestId, pinned, compensates } = subject.action;
  const isFirst = state === 'proposed' && mode === 'ask' && requestId === null && compensates === null;
  const changed = isFirst && pinned.length > 0 ? await readAnew(ports, subject) : null;
  return changed === null ? reason : `${reason} ${changed}`;
}

/** @returns what changed, in words, once the action is bound to it; null where nothing has. */
async function readAnew(ports: FactPorts, subject: PerformedAction): Promise<string | null> {
  const read = await readAgain(ports, subject);
  const changes = changedFacts(subject.action.pinned, subject.case.readings, read.facts);
  if (changes.length === 0) return null;
  await bindAnew(ports, subject, { ...read, changes });
  return wordsFor(subject, changes);
}

interface ReadAgain {
  readonly facts: readonly FactNow[];
  readonly readings: readonly Reading[];
}

async function readAgain(
  ports: { readonly sources: Sources; readonly clock: Clock },
  { workflow, action, case: case_ }: PerformedAction,
): Promise<ReadAgain> {
  const input = case_.input as JsonObject;
  const pinned = action.pinned.filter(({ source }) => workflow.sources[source] !== undefined);
  const sources = [...new Set(pinned.map(({ source }) => source))];
  const deadlineMs = ports.clock.nowMs() + LONGEST_READ_MS;
  const readings = await readSources(ports, { workflow, sources, input, deadlineMs });
  const facts = pinned.map(({ source, path }) => ({
    ...{ source, path, key: factKey(workflow, source, input) },
    reading: readings.find((reading) => reading.source === source) ?? null,
  }));
  return { facts, readings };
}

async function bindAnew(
  ports: { readonly cases: CaseStore; readonly clock: Clock },
  { workflow, action, case: case_ }: PerformedAction,
  { facts, readings, changes }: ReadAgain & { readonly changes: FactChange[] },
): Promise<void> {
  const version = case_.versions.workflow;
  const changed = {
    ...action,
    state: 'proposed' as const,
    mode: 'ask' as const,
    releasedBy: null,
    pinned: pinFacts(facts),
    changes,
  };
  const bound = rebound({ caseId: case_.id, workflow, version }, changed);
  const kept = case_.readings.filter(({ source }) => readings.every((reading) => reading.source !== source));
  try {
    await ports.cases.commit({
      caseId: case_.id,
      workflow: workflow.id,
      cursor: case_.ledger,
      atMs: ports.clock.nowMs(),
      events: [{ type: 'facts-changed', actionId: action.id, changes }],
      head: { readings: [...kept, ...readings] },
      actions: [{ action: bound, from: { states: [action.state], digest: action.digest } }],
    });
  } catch (error) {
    // Another run of this step wrote it down first.
    if (!(error instanceof ConflictError)) throw error;
  }
}

function wordsFor({ workflow }: PerformedAction, changes: readonly FactChange[]): string {
  const sources = [...new Set(changes.map(({ source }) => workflow.sources[source]?.title ?? source))];
  return `What this rests on has changed since: ${sources.join(', ')}.`;
}
