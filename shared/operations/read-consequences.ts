import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Case, CaseId, type Reader } from '../contracts/index.ts';
import { type ConsequenceCase, consequenceOf, consequencesDigest, ofAnotherTeam } from '../domain/consequences.ts';
import { mayRead } from '../domain/team-members.ts';
import type { CaseStore } from '../ports/index.ts';
import { operation } from './operation.ts';

const ReadConsequences = z.object({ caseId: CaseId });

export interface ConsequencePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
}

/** Everything that was done because of a decision. */
export interface Consequences {
  readonly caseId: CaseId;
  readonly decision: Case['decision'];
  readonly decidedBy: Case['decidedBy'];
  readonly outcome: Case['outcome'];
  /** Its own case first, then those that followed, nearest first. */
  readonly cases: readonly ConsequenceCase[];
  /** False: more followed than is shown. */
  readonly isWhole: boolean;
  /** What an overturning has to name. */
  readonly digest: string;
}

/** More than these are not shown; a chain is told to be cut where it is. */
const MOST_CASES = 100;
const MOST_HOPS = 10;

/**
 * What was done because of the decision of a case: its actions, and those of the cases that followed from them over
 * several hops, each with what takes it back. Null where there is no such case.
 */
export const readConsequences = operation({
  name: 'read-consequences',
  input: ReadConsequences,
  async run(ports: ConsequencePorts, { caseId }): Promise<Consequences | null> {
    const root = await ports.cases.get(caseId);
    if (root === null) return null;
    const { cases, isWhole } = await chainFrom(ports, root);
    const { decision, decidedBy, outcome } = root;
    return { caseId, decision, decidedBy, outcome, cases, isWhole, digest: consequencesDigest(decision, cases) };
  },
});

/** As one person may read it: of cases of other teams, that there are such, and not whom they are about. */
export function shownTo(
  { findWorkflow }: Pick<ConsequencePorts, 'findWorkflow'>,
  consequences: Consequences,
  reader: Reader,
): Consequences {
  const cases = consequences.cases.map((one) => {
    const workflow = findWorkflow(one.workflow);
    const isShown = reader.isOperator || (workflow !== null && mayRead(workflow, reader));
    return isShown ? one : ofAnotherTeam(one, workflow);
  });
  return { ...consequences, cases };
}

type Reached = { readonly caseId: CaseId; readonly hops: number };

/** Nearest first, each case once: a chain that comes back to itself ends there. */
async function chainFrom(ports: ConsequencePorts, root: Case): Promise<Pick<Consequences, 'cases' | 'isWhole'>> {
  const seen = new Set<string>([root.id]);
  const due: Reached[] = [{ caseId: root.id, hops: 0 }];
  const cases: ConsequenceCase[] = [];
  let isWhole = true;
  for (let next = due.shift(); next !== undefined; next = due.shift()) {
    const { caseId, hops } = next;
    const [case_, actions, followers] = await Promise.all([
      caseId === root.id ? root : ports.cases.get(caseId),
      ports.cases.actions(caseId),
      ports.cases.followers(caseId, MOST_CASES + 1),
    ]);
    if (case_ === null) continue;
    cases.push(consequenceOf(case_, actions, { workflow: ports.findWorkflow(case_.workflow), hops }));
    const fresh = followers.filter((follower) => !seen.has(follower.caseId));
    const room = hops < MOST_HOPS ? Math.max(0, MOST_CASES - seen.size) : 0;
    if (fresh.length > room) isWhole = false;
    for (const follower of fresh.slice(0, room)) {
      seen.add(follower.caseId);
      due.push({ caseId: follower.caseId, hops: hops + 1 });
    }
  }
  return { cases, isWhole };
}
