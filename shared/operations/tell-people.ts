import type { Workflow } from '../authoring/index.ts';
import type { Action, Case, JsonObject } from '../contracts/index.ts';
import { resolvePeople } from '../domain/people.ts';
import { type Clock, EffectError, type Executions, type Mail, type Mailer, type Telemetry } from '../ports/index.ts';

export interface TellPorts {
  readonly asks: Pick<Executions, 'start'>;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Tells the approvers of an action that was done without asking them. Where something takes it back, that is a question
 * with an undo link, put once by an execution of its own; nothing waits for it. Otherwise, or where it cannot be put, a
 * mail. The action is done whatever becomes of it: what cannot be sent is counted as an error. A repeated step mails again.
 */
export async function tellPeople(
  ports: TellPorts,
  { workflow, case: case_, action }: { workflow: Workflow; case: Case; action: Action },
): Promise<void> {
  const wasAsked = action.requestId !== null;
  if (action.mode !== 'perform-and-tell' || wasAsked) return;
  const isUndoable = (workflow.actions[action.action]?.compensation ?? null) !== null;
  if (isUndoable && (await isUndoOffered(ports, case_, action))) return;
  await mailPeople(ports, { workflow, case: case_, action });
}

async function isUndoOffered(ports: TellPorts, { id: caseId, workflow }: Case, action: Action): Promise<boolean> {
  const name = `${caseId}_undo-${action.id.replace('#', '-')}`;
  const question = { caseId, kind: 'undo-action', actionId: action.id, problem: null };
  const isStarted = await patiently(ports.clock, () => ports.asks.start(name, question), isAlwaysPassing);
  if (isStarted) return true;
  ports.telemetry.count('Errors', 1, workflow);
  ports.telemetry.log('undo-not-offered', { caseId, actionId: action.id });
  return false;
}

async function mailPeople(
  ports: TellPorts,
  { workflow, case: case_, action }: { workflow: Workflow; case: Case; action: Action },
): Promise<void> {
  const { toldMail } = await import('../pages/told-mails.ts');
  const { title, team } = workflow;
  const words = { title, team: team.name, subject: subjectOf(workflow, case_) };
  const mail = toldMail({ action, workflow: words, caseId: case_.id, doneAtMs: ports.clock.nowMs() });
  for (const person of resolvePeople(team.approvers, team, case_.input)) {
    const told: Mail = { to: [person], bcc: [], ...mail };
    if (await patiently(ports.clock, () => ports.mailer.send(told), isPassing)) continue;
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

/** @returns whether one of the tries went well. */
async function patiently(
  clock: Clock,
  work: () => Promise<unknown>,
  mayGoWell: (error: unknown) => boolean,
): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      await work();
      return true;
    } catch (error) {
      if (!mayGoWell(error) || attempt === TRIES) return false;
      await clock.sleep(PAUSE_MS * attempt);
    }
  }
  return false;
}

function isPassing(error: unknown): boolean {
  return !(error instanceof EffectError) || error.isPassing;
}

function isAlwaysPassing(): boolean {
  return true;
}
