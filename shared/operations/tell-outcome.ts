import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type PersonRequest, RequestId } from '../contracts/index.ts';
import { isSamePerson } from '../domain/people.ts';
import { absencesFor, everybodyAsked } from '../domain/team-members.ts';
import { type CaseStore, EffectError, type Mailer, type PeopleStore, type RequestStore } from '../ports/index.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { operation } from './operation.ts';
import { type CardPorts, showCard } from './show-card.ts';

export const TellOutcome = z.object({ requestId: RequestId });

export interface TellOutcomePorts extends CardPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly people: PeopleStore;
  readonly mailer: Mailer;
}

/**
 * Tells everybody else who was asked how a question ended, each once, and settles the card of the channel. A repeat of
 * the step tells only those who certainly were not told.
 */
export const tellOutcome = operation({
  name: 'tell-outcome',
  input: TellOutcome,
  async run(ports: TellOutcomePorts, { requestId }): Promise<{ told: number }> {
    const loaded = await loadRequest(ports, requestId);
    if (loaded === null) throw new Error(`There is no request ${requestId}`);
    if (loaded.request.state === 'open') return { told: 0 };
    await showCard(ports, loaded);
    let told = 0;
    for (const person of await toldOf(ports, loaded)) {
      if (await tellOne(ports, loaded, person)) told += 1;
    }
    return { told };
  },
});

/** What they were told happens unless somebody answers: that nobody did is no news. */
const FORETOLD: ReadonlySet<PersonRequest['kind']> = new Set([
  'hold-action',
  'undo-action',
  'spot-check',
  'second-review',
]);

/** Not the one who answered: they know. */
async function toldOf({ people, clock }: TellOutcomePorts, { request, workflow }: LoadedRequest): Promise<string[]> {
  const { answer } = request;
  if (answer === null && FORETOLD.has(request.kind)) return [];
  const nowMs = clock.nowMs();
  const asked = [...request.people, ...(request.reminded ? request.nextPeople : [])];
  const absences = absencesFor(workflow, await people.absences(asked, nowMs));
  return everybodyAsked(request, absences, nowMs).filter(
    (person) => answer === null || !isSamePerson(person, answer.by),
  );
}

async function tellOne(ports: TellOutcomePorts, loaded: LoadedRequest, person: string): Promise<boolean> {
  const { requests, mailer, telemetry, clock } = ports;
  const { request } = loaded;
  const { settledMail } = await import('../pages/told-mails.ts');
  const { viewOf } = await import('./request-view-of.ts');
  if (!(await requests.claimTelling(request.id, person))) return false;
  try {
    const mail = settledMail(viewOf(loaded, person, clock.nowMs()));
    await mailer.send({ to: [person], bcc: [], ...mail, requestId: request.id });
    return true;
  } catch (error) {
    if (error instanceof EffectError && error.isPassing) {
      await requests.releaseTelling(request.id, person);
      throw error;
    }
    // Refused for good, or nobody knows whether it went out: either way it is not sent twice.
    telemetry.count('Errors', 1, request.workflow);
    telemetry.log('tell-outcome-failed', { caseId: request.caseId, requestId: request.id });
    return false;
  }
}
