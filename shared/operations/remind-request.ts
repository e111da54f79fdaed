import * as z from 'zod';
import { type PersonRequest, RequestId } from '../contracts/index.ts';
import { askedOf, isSamePerson, reachedBy } from '../domain/people.ts';
import { absencesFor } from '../domain/team-members.ts';
import { type CaseStore, ConflictError } from '../ports/index.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { mailRequest } from './mail-request.ts';
import type { OpenRequestPorts } from './open-request.ts';
import { operation } from './operation.ts';
import { showCard } from './show-card.ts';

export const RemindRequest = z.object({
  requestId: RequestId,
  /** `time`: half of it is over. `change`: somebody gave other values, and the others have to agree with them. */
  because: z.enum(['time', 'change']).default('time'),
});

export interface Reminded {
  readonly people: number;
  readonly reminded: boolean;
  readonly remindInSeconds: number;
  readonly expireInSeconds: number;
}

/** Mails an open question again: to remind those who were asked and ask the next ones too, or because it changed. */
export const remindRequest = operation({
  name: 'remind-request',
  input: RemindRequest,
  async run(ports: Omit<OpenRequestPorts, 'records'>, { requestId, because }): Promise<Reminded> {
    const loaded = await loadRequest(ports, requestId);
    if (loaded === null) throw new Error(`There is no request ${requestId}`);
    // What is held goes out at its deadline, and what is done is done; there is nothing to remind of.
    const isSilent = loaded.request.state !== 'open' || SILENT.has(loaded.request.kind);
    const nowMs = ports.clock.nowMs();
    if (isSilent) return timesOf(loaded.request, { people: 0, nowMs });
    const isReminder = because === 'time';
    const request = isReminder
      ? { ...loaded.request, reminded: true, revision: loaded.request.revision + 1 }
      : loaded.request;
    const asked = askedOf(request);
    const absences = absencesFor(loaded.workflow, await ports.people.absences(asked, nowMs));
    const people = reachedBy(asked, absences, nowMs);
    const isOpen =
      !isReminder || (await note(ports.cases, { ...loaded, request }, { from: loaded.request, people, atMs: nowMs }));
    if (!isOpen) return timesOf(loaded.request, { people: 0, nowMs });
    if (!isReminder) await showCard(ports, loaded);
    await mailRequest(ports, { ...loaded, request, people: unasked(request, people), absences, isReminder });
    return timesOf(request, { people: people.length, nowMs });
  },
});

const SILENT: ReadonlySet<PersonRequest['kind']> = new Set(['hold-action', 'undo-action']);

/** Whoever has said yes to it as it stands need not be asked. */
function unasked({ votes }: PersonRequest, people: readonly string[]): string[] {
  return people.filter((person) => votes.every(({ by }) => !isSamePerson(by, person)));
}

function timesOf(
  { remindAtMs, deadlineMs, reminded }: PersonRequest,
  { people, nowMs }: { people: number; nowMs: number },
): Reminded {
  const seconds = (ms: number): number => Math.max(1, Math.round(ms / 1_000));
  return {
    ...{ people, reminded, remindInSeconds: seconds(remindAtMs - nowMs) },
    expireInSeconds: seconds(deadlineMs - Math.max(nowMs, remindAtMs)),
  };
}

async function note(
  cases: CaseStore,
  { request, case: case_ }: LoadedRequest,
  { from, people, atMs }: { from: LoadedRequest['request']; people: string[]; atMs: number },
): Promise<boolean> {
  try {
    await cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs,
      events: [{ type: 'request-reminded', requestId: request.id, people }],
      changedRequest: { request, from },
    });
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
