import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { Answer, type Case, CaseId, JsonObject, Proof } from '../contracts/index.ts';
import { parseDecision } from '../domain/conclude.ts';
import { digestOf } from '../domain/digest.ts';
import { isMember } from '../domain/team-members.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type Executions,
  type RequestStore,
  type Telemetry,
  type TokenStore,
} from '../ports/index.ts';
import { operation } from './operation.ts';
import { type Consequences, readConsequences } from './read-consequences.ts';
import { askBack, type Chosen, chosenBy } from './taking-back/ask-back.ts';
import { cancelQuestions, refusePending } from './taking-back/drop-pending.ts';
import { overturnWrite } from './taking-back/overturn-write.ts';

/** Somebody who is signed in says that a decision was wrong. */
export const OverturnCase = z.object({
  caseId: CaseId,
  by: z.string(),
  proof: Proof,
  channel: Answer.shape.channel,
  reason: z.string().trim().min(1, 'Please say why.').max(2_000),
  /** Digest of the consequences that the person was shown. */
  digest: z.string(),
  /** The right decision; null where none is given. */
  decision: JsonObject.nullable().default(null),
  takeBack: z
    .array(z.object({ caseId: CaseId, actionId: z.string() }))
    .max(100)
    .default([]),
});
export type OverturnCase = z.infer<typeof OverturnCase>;

export interface OverturnPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly tokens: TokenStore;
  readonly executions: Executions;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/**
 * | kind | what became of it |
 * |---|---|
 * | `overturned` | on record; what was chosen is being taken back |
 * | `changed` | nothing: more was done, or somebody was first, since the person looked |
 * | `not-allowed`, `incomplete`, `unknown` | nothing |
 */
export type Overturned =
  | { readonly kind: 'overturned'; readonly case: Case }
  | { readonly kind: 'changed'; readonly consequences: Consequences }
  | { readonly kind: 'not-allowed' | 'incomplete'; readonly problem: string }
  | { readonly kind: 'unknown' };

/**
 * Overturns the decision of a case: what still waits because of it is refused, the correction becomes a labelled example,
 * and what was chosen of all that followed is taken back, in its own case each. Sent again, it goes on where it broke off.
 */
export const overturnCase = operation({
  name: 'overturn-case',
  input: OverturnCase,
  async run(ports: OverturnPorts, command): Promise<Overturned> {
    const [case_, consequences] = await Promise.all([
      ports.cases.get(command.caseId),
      readConsequences.run(ports, { caseId: command.caseId }),
    ]);
    const workflow = case_ === null ? null : ports.findWorkflow(case_.workflow);
    if (case_ === null || consequences === null || workflow === null) return { kind: 'unknown' };
    if (!isMember(workflow, command.by)) return notAllowed(ports, workflow, command);
    const ref = refOf(command);
    if (await isOnRecord(ports, command.caseId, ref)) return goOn(ports, command, ref);
    if (consequences.digest !== command.digest) return { kind: 'changed', consequences };
    const judged = judge(ports, { case_, workflow, consequences }, command);
    if ('kind' in judged) return judged;
    try {
      const last = await refusePending(ports, case_, command);
      const atMs = ports.clock.nowMs();
      await ports.cases.commit(overturnWrite({ case_, workflow, consequences, last, atMs, ...judged }, command, ref));
    } catch (error) {
      const now = error instanceof ConflictError ? await readConsequences.run(ports, { caseId: case_.id }) : null;
      if (now === null) throw error;
      return { kind: 'changed', consequences: now };
    }
    ports.telemetry.count('Reversals', 1, workflow.id);
    ports.telemetry.log('decision-overturned', {
      caseId: case_.id,
      workflow: workflow.id,
      takeBack: judged.chosen.length,
    });
    return goOn(ports, command, ref);
  },
});

/** The same person with the same words about the same consequences: that is the same overturning. */
function refOf({ caseId, by, digest, reason, decision, takeBack }: OverturnCase): string {
  return digestOf([caseId, by.toLowerCase(), digest, reason, decision, takeBack]).slice(0, REF_DIGITS);
}

const REF_DIGITS = 32;

async function isOnRecord({ cases }: OverturnPorts, caseId: string, ref: string): Promise<boolean> {
  const ledger = await cases.ledger(caseId);
  return ledger.some(({ event }) => event.type === 'decision-overturned' && event.ref === ref);
}

function notAllowed({ telemetry }: OverturnPorts, { id, team }: Workflow, { caseId }: OverturnCase): Overturned {
  telemetry.count('AnswersRefused', 1, id);
  telemetry.log('overturn-refused', { caseId, workflow: id });
  return { kind: 'not-allowed', problem: `Only people of the team ${team.name} may overturn this.` };
}

/** The right decision as its schema has it, and what is to be taken back, or why it cannot be so. */
function judge(
  ports: OverturnPorts,
  { case_, workflow, consequences }: { case_: Case; workflow: Workflow; consequences: Consequences },
  command: OverturnCase,
): Overturned | { readonly before: JsonObject; readonly after: JsonObject | null; readonly chosen: readonly Chosen[] } {
  const { decision: before } = case_;
  if (before === null) return { kind: 'incomplete', problem: 'There is no decision yet that could be overturned.' };
  const parsed = command.decision === null ? null : parseDecision(workflow, command.decision);
  if (parsed !== null && parsed.decision === null) return { kind: 'incomplete', problem: parsed.problems.join(' ') };
  const chosen = chosenBy(ports, consequences, command);
  if ('kind' in chosen) return chosen;
  return { before, after: parsed?.decision ?? null, chosen: chosen.chosen };
}

/** What follows once it is on record; every part of it may be repeated. */
async function goOn(ports: OverturnPorts, command: OverturnCase, ref: string): Promise<Overturned> {
  await cancelQuestions(ports, command);
  await askBack(ports, command, ref);
  const case_ = await ports.cases.get(command.caseId);
  return case_ === null ? { kind: 'unknown' } : { kind: 'overturned', case: case_ };
}
