import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { Answer, type Case, CaseId, JsonObject, Proof } from '../contracts/index.ts';
import { digestOf } from '../domain/digest.ts';
import { parseDecision } from '../domain/parse-decision.ts';
import { isMember } from '../domain/team-members.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type Executions,
  type HistoryStore,
  type RecordStore,
  type RequestStore,
  type SettingsStore,
  type Telemetry,
  type TokenStore,
} from '../ports/index.ts';
import { stepBackAfter } from './autonomy/step-back-if-due.ts';
import { lessonOf } from './history/lesson-of.ts';
import { operation } from './operation.ts';
import { type Consequences, readConsequences, shownTo } from './read-consequences.ts';
import { reversalChange } from './records/count-against.ts';
import { itemsJudged } from './records/items-judged.ts';
import { isWithheld } from './second-reviews/withhold.ts';
import { type Chosen, chosenBy } from './taking-back/ask-back.ts';
import { refusePending } from './taking-back/drop-pending.ts';
import { goOn } from './taking-back/go-on.ts';
import { overturnWrite } from './taking-back/overturn-write.ts';
import { problemsWithCarryOut } from './taking-back/plan-carry-out.ts';

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
  /** Whether the actions of the right decision are carried out, asking where people have to be asked. */
  carryOut: z.boolean().default(true),
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
  readonly records: RecordStore;
  readonly history: HistoryStore;
  readonly settings: SettingsStore;
  readonly tokens: TokenStore;
  readonly executions: Executions;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/**
 * | kind | what became of it |
 * |---|---|
 * | `overturned` | on record; what was chosen is being taken back, and the right decision carried out |
 * | `changed` | nothing: more was done, or somebody was first, since the person looked |
 * | `not-allowed`, `incomplete`, `unknown` | nothing |
 */
export type Overturned =
  | { readonly kind: 'overturned'; readonly case: Case }
  | { readonly kind: 'changed'; readonly consequences: Consequences }
  | { readonly kind: 'not-allowed' | 'incomplete'; readonly problem: string }
  | { readonly kind: 'unknown' };

/** Tries while others change the record of the same decision. */
const TRIES = 4;

/**
 * Overturns the decision of a case: what still waits because of it is refused, the correction becomes a labelled example and
 * counts against the agents, and what was chosen of all that followed is taken back, in its own case each. After that the
 * right decision is carried out, judged as one that a person has made. Sent again, it goes on where it broke off, and
 * so does `sweepOverturnings`.
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
    if (case_.erasedAtMs !== undefined) return { kind: 'incomplete', problem: ERASED };
    const ref = refOf(command);
    if (await isOnRecord(ports, command.caseId, ref)) return started(ports, command, ref);
    // What was done would tell whoever still has to review it what was decided.
    if (await isWithheld(ports.records, workflow, case_)) return incomplete(WITHHELD);
    if (consequences.digest !== command.digest) return changed(ports, consequences, command);
    const judged = await judge(ports, { case_, workflow, consequences }, command);
    if ('kind' in judged) return judged;
    try {
      await write(ports, { case_, workflow, consequences, ...judged }, command, ref);
    } catch (error) {
      const now = error instanceof ConflictError ? await readConsequences.run(ports, { caseId: case_.id }) : null;
      if (now === null) throw error;
      return changed(ports, now, command);
    }
    ports.telemetry.count('Reversals', 1, workflow.id);
    ports.telemetry.log('decision-overturned', {
      caseId: case_.id,
      workflow: workflow.id,
      takeBack: judged.chosen.length,
    });
    return started(ports, command, ref);
  },
});

function changed(ports: OverturnPorts, now: Consequences, { by: person }: OverturnCase): Overturned {
  return { kind: 'changed', consequences: shownTo(ports, now, { person, isOperator: false }) };
}

const ERASED = 'What is personal was taken out of this case: nothing more can be done in it.';

const WITHHELD = 'Somebody still reviews this case on their own: it can be overturned once they have answered.';

/** The same person with the same words about the same consequences: that is the same overturning. */
function refOf({ caseId, by, digest, reason, decision, carryOut, takeBack }: OverturnCase): string {
  return digestOf([caseId, by.toLowerCase(), digest, reason, decision, carryOut, takeBack]).slice(0, REF_DIGITS);
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

interface Judged {
  readonly before: JsonObject;
  readonly after: JsonObject | null;
  readonly chosen: readonly Chosen[];
}

interface Subject {
  readonly case_: Case;
  readonly workflow: Workflow;
  readonly consequences: Consequences;
}

/** The right decision as its schema has it, and what is to be taken back, or why it cannot be so. */
async function judge(
  ports: OverturnPorts,
  { case_, workflow, consequences }: Subject,
  command: OverturnCase,
): Promise<Overturned | Judged> {
  const { decision: before } = case_;
  if (before === null) return incomplete('There is no decision yet that could be overturned.');
  const asked = await ports.requests.ofCase(case_.id);
  if (asked.some(({ state, kind }) => state === 'open' && IS_ABOUT_DECISION.has(kind)))
    return incomplete(ASKED_ALREADY);
  const parsed = command.decision === null ? null : parseDecision(workflow, command.decision);
  if (parsed !== null && parsed.decision === null) return incomplete(parsed.problems.join(' '));
  const after = parsed?.decision ?? null;
  const stuck = after === null || !command.carryOut ? [] : problemsWithCarryOut(workflow, case_, after);
  if (stuck.length > 0) return incomplete(`${stuck.join(' ')} It can be put on record alone, without carrying it out.`);
  const chosen = chosenBy(ports, consequences, command);
  return 'kind' in chosen ? chosen : { before, after, chosen: chosen.chosen };
}

const IS_ABOUT_DECISION: ReadonlySet<string> = new Set(['decide-case', 'review-decision']);
const ASKED_ALREADY =
  'A person is asked about this decision right now: answer that question in place of overturning it.';

function incomplete(problem: string): Overturned {
  return { kind: 'incomplete', problem };
}

/** The decision is overturned and counts against the agents in one write; what that costs them follows. */
async function write(
  ports: OverturnPorts,
  made: Subject & Judged,
  command: OverturnCase,
  ref: string,
  tries = TRIES,
): Promise<void> {
  const { case_, workflow, after } = made;
  const { caseId, by, reason } = command;
  const last = await refusePending(ports, case_, command);
  const items = after === null ? [] : await itemsJudged(ports.cases, workflow, case_.id);
  const atMs = ports.clock.nowMs();
  const record = await reversalChange(ports.records, workflow, { caseId, by, atMs, reason, decision: after });
  const settled = record === null ? null : { workflow, case_, record: record.record, atMs };
  const lesson = settled === null ? {} : await lessonOf(ports.history, settled);
  try {
    await ports.cases.commit({ ...overturnWrite({ ...made, last, record, atMs, items }, command, ref), ...lesson });
  } catch (error) {
    const isOther = error instanceof ConflictError && error.kind === 'record-changed';
    if (!isOther || tries === 1) throw error;
    return write(ports, made, command, ref, tries - 1);
  }
  await stepBackAfter(ports, workflow, record?.record ?? null);
}

async function started(ports: OverturnPorts, command: OverturnCase, ref: string): Promise<Overturned> {
  await goOn(ports, command, ref);
  const case_ = await ports.cases.get(command.caseId);
  return case_ === null ? { kind: 'unknown' } : { kind: 'overturned', case: case_ };
}
