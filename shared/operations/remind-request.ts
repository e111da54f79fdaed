import * as z from 'zod';
import { RequestId } from '../contracts/index.ts';
import { type CaseStore, ConflictError } from '../ports/index.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { mailRequest } from './mail-request.ts';
import type { OpenRequestPorts } from './open-request.ts';
import { operation } from './operation.ts';

export const RemindRequest = z.object({ requestId: RequestId });

/** Half of the time is over: reminds those who were asked and asks the next ones too. Does nothing once it is settled. */
export const remindRequest = operation({
  name: 'remind-request',
  input: RemindRequest,
  async run(ports: OpenRequestPorts, { requestId }): Promise<{ reminded: number }> {
    const loaded = await loadRequest(ports, requestId);
    if (loaded === null || loaded.request.state !== 'open') return { reminded: 0 };
    const people = [...new Set([...loaded.request.people, ...loaded.request.nextPeople])];
    const request = { ...loaded.request, reminded: true };
    const isOpen = await note(ports.cases, { ...loaded, request }, people, ports.clock.nowMs());
    if (!isOpen) return { reminded: 0 };
    await mailRequest(ports, { ...loaded, request, people, isReminder: true });
    return { reminded: people.length };
  },
});

async function note(
  cases: CaseStore,
  { request, case: case_ }: LoadedRequest,
  people: string[],
  atMs: number,
): Promise<boolean> {
  try {
    await cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs,
      events: [{ type: 'request-reminded', requestId: request.id, people }],
      changedRequest: request,
    });
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
