import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import type { Action } from '../../contracts/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  EffectError,
  type Mail,
  type Mailer,
  type Telemetry,
} from '../../ports/index.ts';

export interface TellOfAutonomyPorts {
  readonly cases: CaseStore;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

const StepBackTold = z.object({
  ...{ segmentTitle: z.string(), from: z.string(), to: z.string(), reason: z.string() },
  ...{ atMs: z.int(), coolDownUntilMs: z.int(), cases: z.array(z.string()) },
});

export const WarningTold = z.object({
  ...{ person: z.string(), warnings: z.array(z.string()), isForOwner: z.boolean(), atMs: z.int() },
});

/**
 * Mails what the governance ledger says people have to be told of and have not been yet. A mail that fails goes out the
 * next time; one whose note fails goes out twice. An address that refuses for good is counted and not tried again.
 */
export async function tellOfAutonomy(ports: TellOfAutonomyPorts, workflow: Workflow): Promise<number> {
  const due = (await ports.cases.actions(governanceCaseId(workflow.id))).filter(
    ({ action, state }) => state === 'proposed' && (action === 'tell-owner' || action === 'warn-reviewer'),
  );
  for (const action of due) await tell(ports, workflow, action);
  return due.length;
}

async function tell(ports: TellOfAutonomyPorts, workflow: Workflow, action: Action): Promise<void> {
  const { to, about, mail } = await letterOf(workflow, action);
  try {
    await ports.mailer.send({ to: [to], bcc: [], ...mail });
  } catch (error) {
    if (!(error instanceof EffectError) || error.isPassing) throw error;
    ports.telemetry.count('Errors', 1, workflow.id);
    ports.telemetry.log('mail-refused', { caseId: governanceCaseId(workflow.id), actionId: action.id });
  }
  try {
    await ports.cases.commit({
      ...{ caseId: governanceCaseId(workflow.id), workflow: workflow.id, cursor: null, atMs: ports.clock.nowMs() },
      events: [{ type: 'person-told', to, about }],
      actions: [{ action: { ...action, state: 'done' }, from: { states: ['proposed'], digest: action.digest } }],
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}

interface Letter {
  readonly to: string;
  readonly about: string;
  readonly mail: Pick<Mail, 'subject' | 'text' | 'html'>;
}

async function letterOf(workflow: Workflow, { action, arguments: args }: Action): Promise<Letter> {
  const { stepBackMail, warningMail } = await import('../../pages/autonomy-mails.ts');
  const { title, team } = workflow;
  const words = { title, team: team.name };
  if (action === 'tell-owner') {
    const told = StepBackTold.parse(args);
    return { to: team.owner, about: told.reason, mail: stepBackMail({ workflow: words, ...told }) };
  }
  const warning = WarningTold.parse(args);
  const to = warning.isForOwner ? team.owner : warning.person;
  return { to, about: warning.warnings.join(' '), mail: warningMail({ workflow: words, ...warning }) };
}
