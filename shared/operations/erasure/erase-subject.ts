import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { type Case, type CaseId, Proof, Reader } from '../../contracts/index.ts';
import { MANY_SUBJECTS, subjectName } from '../../domain/erasure/subjects.ts';
import { messageOf } from '../../domain/message-of.ts';
import { membershipOf } from '../../domain/team-members.ts';
import {
  type CaseStore,
  type Clock,
  type DeadLetters,
  type ErasureStore,
  type Files,
  type RequestStore,
  type SettingsStore,
  type SubjectDigests,
  type Telemetry,
  TooManyLettersError,
} from '../../ports/index.ts';
import { operation } from '../operation.ts';
import { eraseBesideCases, type TracesBesideCases, tracesBesideCases } from './erase-beside-cases.ts';
import {
  type Erasable,
  type ErasureCounts,
  eraseCase,
  isAbout,
  surveyCase,
  UnsaltedError,
  WorkflowGoneError,
} from './erase-case.ts';

/** Anything shorter stands for nobody. */
const SHORTEST = 3;

export const EraseSubject = z.object({
  /** By what the person is known, as it came in: an e-mail address, in any case. */
  subject: z
    .string()
    .trim()
    .max(512)
    .refine((subject) => subjectName(subject).length >= SHORTEST, 'what somebody is known by has 3 characters or more'),
  /** Kept on record: it must not name the person. */
  reason: z.string().trim().max(2_000).default(''),
  /** Says what would be removed, and removes nothing. */
  isDryRun: z.boolean().default(true),
  /** How many cases are looked at, or erased, by one call at most; default 5. */
  atMost: z.int().min(1).max(25).default(5),
  /** Goes on looking after the case of this id. An erasure needs no such place: what is erased is not found again. */
  after: z.string().default(''),
  reader: Reader,
  proof: Proof,
});
type EraseSubject = z.infer<typeof EraseSubject>;

export interface EraseSubjectPorts {
  readonly workflows: readonly Workflow[];
  readonly settings: SettingsStore;
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly erasures: ErasureStore;
  readonly deadLetters: DeadLetters;
  readonly files: Pick<Files, 'remove'>;
  readonly subjects: SubjectDigests;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** A case of the person. `waits`: it goes on still, or a question of it is open, so nothing of it is erased. */
export interface SubjectCase {
  readonly caseId: CaseId;
  readonly workflow: string;
  readonly waits: boolean;
  /** What is there to be removed, by place. */
  readonly counts: ErasureCounts;
  /** Effects on the outside world that may have carried the person's data there: action and when it was done. */
  readonly outside: readonly { readonly action: string; readonly effect: string }[];
}

/**
 * | kind | what became of it |
 * |---|---|
 * | `found` | a dry run: cases of the person, and what would be removed; `left` come after these |
 * | `erased` | these cases are done; `left` are not yet: call again |
 * | `waiting` | nothing was erased by this call: these cases go on still |
 * | `not-allowed`, `incomplete` | nothing |
 */
export type Erasure =
  | {
      readonly kind: 'found' | 'erased';
      readonly cases: readonly SubjectCase[];
      readonly left: number;
      /** What there is, or was, beside cases; told with the first that are found, and the last that are erased. */
      readonly besideCases: readonly TracesBesideCases[];
    }
  | { readonly kind: 'waiting'; readonly cases: readonly SubjectCase[] }
  | { readonly kind: 'not-allowed' | 'incomplete'; readonly problem: string };

/**
 * Takes what is personal out of every case about one person. A case stays as a record of what happened: its ledger verifies,
 * and says in an event of its own who had it erased, when, why and how much. Called again after it broke off, it goes on
 * where it was: a case leaves the lists of the person last of all.
 */
export const eraseSubject = operation({
  name: 'erase-subject',
  input: EraseSubject,
  async run(ports: EraseSubjectPorts, command): Promise<Erasure> {
    try {
      return await eraseOf(ports, command);
    } catch (error) {
      if (INCOMPLETE.some((kind) => error instanceof kind)) {
        return { kind: 'incomplete', problem: messageOf(error) };
      }
      throw error;
    }
  },
});

const INCOMPLETE = [UnsaltedError, TooManyLettersError, WorkflowGoneError];

async function eraseOf(ports: EraseSubjectPorts, command: EraseSubject): Promise<Erasure> {
  const name = subjectName(command.subject);
  if (!ownsSome(ports, command.reader)) return NOT_ALLOWED;
  const listed = await casesOf(ports, name);
  if (!(await ownsAll(ports, command.reader, listed))) return NOT_ALLOWED;
  const refusal = refusalFor(command, name);
  if (refusal !== null) return refusal;
  const next = listed.filter(({ caseId }) => !command.isDryRun || caseId > command.after);
  const found = await Promise.all(next.slice(0, command.atMost).map((one) => load(ports, one)));
  const left = next.length - found.length;
  const { reader, proof, reason } = command;
  if (command.isDryRun) {
    const besideCases = command.after === '' ? await tracesBesideCases(ports, { reader, name }) : [];
    return { kind: 'found', cases: await surveyed(ports, found), left, besideCases };
  }
  const waiting = found.filter(({ waits }) => waits);
  if (waiting.length > 0) return { kind: 'waiting', cases: await surveyed(ports, waiting) };
  const cases: SubjectCase[] = [];
  for (const one of found) {
    const seen = await survey(ports, one);
    const wish = { by: reader.person, proof, reason, because: 'asked' as const, foundBy: { subject: one.subject } };
    cases.push({ ...seen, counts: await eraseCase(ports, one, wish) });
  }
  const besideCases = left === 0 ? await eraseBesideCases(ports, { reader, name, proof, reason }) : [];
  ports.telemetry.log('subject-erased', { cases: cases.length, left });
  return { kind: 'erased', cases, left, besideCases };
}

interface Listed {
  readonly caseId: CaseId;
  /** The list it was found by: the digest of a name. */
  readonly subject: string;
}

/** In the order of their ids, each once. */
async function casesOf(ports: EraseSubjectPorts, name: string): Promise<Listed[]> {
  const found = await listOf(ports, name);
  for (const one of await listOf(ports, MANY_SUBJECTS)) {
    const case_ = await ports.cases.get(one.caseId);
    if (case_ === null) throw new Error(`Case ${one.caseId} is not there`);
    if (await isAbout(ports, { case_, workflow: ports.findWorkflow(case_.workflow) }, name)) found.push(one);
  }
  return found.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1));
}

async function listOf({ subjects, erasures }: EraseSubjectPorts, name: string): Promise<Listed[]> {
  const subject = await subjects.of(name);
  return (await erasures.casesOf(subject)).map((caseId) => ({ caseId, subject }));
}

interface Loaded {
  readonly subject: string;
  readonly case_: Case;
  readonly workflow: Workflow;
  readonly waits: boolean;
}

async function caseAndWorkflow({ cases, findWorkflow }: EraseSubjectPorts, caseId: CaseId): Promise<Erasable> {
  const case_ = await cases.get(caseId);
  const workflow = case_ === null ? null : findWorkflow(case_.workflow);
  if (case_ === null) throw new Error(`Case ${caseId} is not there`);
  if (workflow === null) throw new WorkflowGoneError(case_);
  return { case_, workflow };
}

async function load(ports: EraseSubjectPorts, { caseId, subject }: Listed): Promise<Loaded> {
  const [{ case_, workflow }, asked] = await Promise.all([
    caseAndWorkflow(ports, caseId),
    ports.requests.ofCase(caseId),
  ]);
  return { subject, case_, workflow, waits: case_.state !== 'closed' || asked.some(({ state }) => state === 'open') };
}

const NOT_ALLOWED: Erasure = {
  kind: 'not-allowed',
  problem: 'Only an operator, or the owner of all workflows concerned, may do this.',
};

/** Who owns nothing is not told whether anybody is known here. */
function ownsSome({ workflows }: EraseSubjectPorts, { isOperator, person }: Reader): boolean {
  return isOperator || workflows.some((workflow) => membershipOf(workflow, person) === 'owner');
}

const AT_A_TIME = 25;

/** An operator, or the owner of every workflow that the person stands in; who is refused is not told in which. */
async function ownsAll(
  { cases, findWorkflow }: EraseSubjectPorts,
  { isOperator, person }: Reader,
  listed: readonly Listed[],
): Promise<boolean> {
  for (let from = 0; !isOperator && from < listed.length; from += AT_A_TIME) {
    const some = listed.slice(from, from + AT_A_TIME);
    const found = await Promise.all(some.map(({ caseId }) => cases.get(caseId)));
    const workflows = found.map((case_) => (case_ === null ? null : findWorkflow(case_.workflow)));
    if (!workflows.every((one) => one !== null && membershipOf(one, person) === 'owner')) return false;
  }
  return true;
}

function refusalFor({ reason, isDryRun }: EraseSubject, name: string): Erasure | null {
  if (isDryRun) return null;
  if (reason === '') return { kind: 'incomplete', problem: 'Please give a reason: it is kept on record.' };
  if (subjectName(reason).includes(name)) {
    return { kind: 'incomplete', problem: 'The reason stays on record, so it must not name the person.' };
  }
  return null;
}

async function surveyed(ports: EraseSubjectPorts, found: readonly Loaded[]): Promise<SubjectCase[]> {
  const all: SubjectCase[] = [];
  for (const one of found) all.push(await survey(ports, one));
  return all;
}

async function survey(ports: EraseSubjectPorts, { case_, workflow, waits }: Loaded): Promise<SubjectCase> {
  const [counts, actions] = await Promise.all([surveyCase(ports, { case_, workflow }), ports.cases.actions(case_.id)]);
  const done = actions.filter(({ state }) => state === 'done' || state === 'unsure' || state === 'taken-back');
  const outside = done.map(({ action, intent }) => ({ action, effect: intent.effect }));
  return { caseId: case_.id, workflow: case_.workflow, waits, counts, outside };
}
