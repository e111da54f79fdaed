import type { Workflow } from '../authoring/index.ts';
import type { Action, Case, JsonObject } from '../contracts/index.ts';
import { resolvePeople } from '../domain/people.ts';
import { toldMail } from '../pages/index.ts';
import { type Clock, EffectError, type Mail, type Mailer, type Telemetry } from '../ports/index.ts';

export interface TellPorts {
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Tells the approvers of an action that was done without asking them. The action is done whatever becomes of the mail:
 * one that cannot be sent is counted as an error. A repeated step tells again.
 */
export async function tellPeople(
  ports: TellPorts,
  { workflow, case: case_, action }: { workflow: Workflow; case: Case; action: Action },
): Promise<void> {
  const wasAsked = action.requestId !== null;
  if (action.mode !== 'perform-and-tell' || wasAsked) return;
  const { title, team } = workflow;
  const words = { title, team: team.name, subject: subjectOf(workflow, case_) };
  const mail = toldMail({ action, workflow: words, caseId: case_.id, doneAtMs: ports.clock.nowMs() });
  for (const person of resolvePeople(team.approvers, team, case_.input)) {
    if (await isSent(ports, { to: [person], bcc: [], ...mail })) continue;
    ports.telemetry.count('Errors', 1, workflow.id);
    ports.telemetry.log('tell-failed', { caseId: case_.id, actionId: action.id });
  }
}

/** In the builder's words; a done action must not fail for want of them. */
function subjectOf(workflow: Workflow, { input }: Case): string {
  try {
    return workflow.subject(input as JsonObject);
  } catch {
    return '';
  }
}

async function isSent({ mailer, clock }: TellPorts, mail: Mail): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      await mailer.send(mail);
      return true;
    } catch (error) {
      const isFinal = error instanceof EffectError && !error.isPassing;
      if (isFinal || attempt === TRIES) return false;
      await clock.sleep(PAUSE_MS * attempt);
    }
  }
  return false;
}
