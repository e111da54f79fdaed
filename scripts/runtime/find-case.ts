import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { CaseId } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';
import { problemIn, type RuntimeClient } from './client.ts';

const CaseList = z.object({ items: z.array(z.object({ caseId: CaseId, eventId: z.string() })) });
const POLL_MS = 200;
const PATIENCE_MS = 15_000;

/**
 * The case that an event has started; null when none shows up in time, as when no workflow listens to it. `named-by`: the
 * event's id begins with the name, as that of a mail does.
 */
export async function findCaseOfEvent(
  runtime: RuntimeClient,
  eventId: string,
  match: 'exact' | 'named-by' = 'exact',
): Promise<CaseId | null> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (performance.now() < deadlineMs) {
    const answer = await runtime.getAsOperator('/api/cases?limit=20');
    const list = CaseList.safeParse(answer.body);
    if (!list.success) throw new Problem(`The cases could not be read: ${problemIn(answer)}`);
    const found = list.data.items.find((item) =>
      match === 'exact' ? item.eventId === eventId : item.eventId.startsWith(eventId),
    );
    if (found !== undefined) return found.caseId;
    await sleep(POLL_MS);
  }
  return null;
}
