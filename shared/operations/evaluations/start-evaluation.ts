import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import {
  type CaseEvent,
  type DeployedSet,
  EvaluationId,
  type EvaluationRun,
  EvaluationWish,
  Proof,
  type Versions,
} from '../../contracts/index.ts';
import { sha256 } from '../../domain/digest.ts';
import { membershipOf } from '../../domain/team-members.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type EvaluationStore,
  type ExecutionStates,
  type Executions,
  type Ids,
  type SettingsStore,
} from '../../ports/index.ts';
import { commitGovernance } from '../autonomy/commit-governance.ts';
import { ownSettings } from '../current-settings.ts';
import { operation } from '../operation.ts';

export interface StartEvaluationPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly versionsOf: (workflow: string) => Versions;
  /** The labelled sets that were deployed with a workflow. */
  readonly setsOf: (workflow: string) => Promise<readonly DeployedSet[]>;
  readonly cases: CaseStore;
  readonly settings: SettingsStore;
  readonly evaluations: EvaluationStore;
  readonly executions: Pick<Executions, 'start'> & ExecutionStates;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * | kind | what became of it |
 * |---|---|
 * | `started` | it runs on so many examples at most, and its start is in the governance ledger |
 * | `not-allowed`, `unknown`, `unfit`, `in-the-way` | nothing was begun; `problem` says why |
 */
export type EvaluationReceipt =
  | {
      readonly kind: 'started';
      readonly evaluationId: EvaluationId;
      readonly attempt: number;
      readonly examples: number;
    }
  | { readonly kind: 'not-allowed' | 'unknown' | 'unfit' | 'in-the-way'; readonly problem: string };

const asker = { by: z.string(), proof: Proof, reason: z.string().max(2_000) };

/** Has the deployed version of a workflow measured. Anybody of its team may: it costs no more than the wish allows. */
export const startEvaluation = operation({
  name: 'start-evaluation',
  input: z.object({
    wish: EvaluationWish,
    /** Of the set as whoever asks has it: another one is not measured in its place. Null: whatever was deployed. */
    setDigest: z.string().nullable().default(null),
    ...asker,
  }),
  async run(ports: StartEvaluationPorts, { wish, setDigest, ...who }): Promise<EvaluationReceipt> {
    const found = await allowed(ports, wish, who.by);
    if ('kind' in found) return found;
    if (setDigest !== null && setDigest !== found.set.digest) return anotherSet(found, setDigest);
    const running = await runningAlready(ports, wish);
    if (running !== null) return { kind: 'in-the-way', problem: alreadyWords(running) };
    const run: EvaluationRun = {
      ...{ id: newId(ports.ids), wish, versions: ports.versionsOf(wish.workflow), by: who.by },
      ...{ startedAtMs: ports.clock.nowMs(), attempt: 1, state: 'running', outcome: null },
    };
    await ports.evaluations.open(run);
    return begin(ports, run, found, who);
  },
});

/**
 * Goes on with one that ended without a measurement, or whose money was spent: what was run of it is not run again. More
 * money may be allowed by `maxUsd`.
 */
export const goOnWithEvaluation = operation({
  name: 'go-on-with-evaluation',
  input: z.object({ evaluationId: EvaluationId, maxUsd: EvaluationWish.shape.maxUsd.unwrap().nullable(), ...asker }),
  async run(ports: StartEvaluationPorts, { evaluationId, maxUsd, ...who }): Promise<EvaluationReceipt> {
    const last = await ports.evaluations.get(evaluationId);
    if (last === null) return { kind: 'unknown', problem: `There is no evaluation ${evaluationId}.` };
    const wish = { ...last.wish, maxUsd: maxUsd ?? last.wish.maxUsd };
    const found = await allowed(ports, wish, who.by);
    if ('kind' in found) return found;
    const problem = await inTheWay(ports, last);
    if (problem !== null) return { kind: 'in-the-way', problem };
    if (!(await ports.evaluations.goOn({ ...last, wish }))) return { kind: 'in-the-way', problem: RUNS };
    return begin(ports, { ...last, wish, attempt: last.attempt + 1 }, found, who);
  },
});

/** The name of an attempt's execution. */
export function executionOf({ id, attempt }: Pick<EvaluationRun, 'id' | 'attempt'>): string {
  return `${id}-${attempt}`;
}

function anotherSet({ workflow, set }: Found, wanted: string): EvaluationReceipt {
  const problem =
    `The set ${set.name} of ${workflow.id} was deployed with other examples (digest ${set.digest}) than yours (${wanted}): ` +
    'deploy your checkout first, or check out what is deployed.';
  return { kind: 'in-the-way', problem };
}

/** One that measures the same just now; the same would be paid for twice. */
async function runningAlready(
  { evaluations, executions, versionsOf }: StartEvaluationPorts,
  { workflow, set, models }: EvaluationWish,
): Promise<EvaluationRun | null> {
  const { workflow: version } = versionsOf(workflow);
  const same = (await evaluations.latest(workflow, LOOKED_AT)).filter(
    ({ state, wish, versions }) =>
      state === 'running' && versions.workflow === version && wish.set === set && `${wish.models}` === `${models}`,
  );
  for (const run of same) if ((await executions.stateOf(executionOf(run))) === 'running') return run;
  return null;
}

function alreadyWords({ id, by, startedAtMs }: EvaluationRun): string {
  const since = new Date(startedAtMs).toISOString().slice(0, 16).replace('T', ', ');
  return `The same is measured just now: evaluation ${id}, begun by ${by} on ${since} UTC. Wait for it, or follow it.`;
}

/** The newest of a workflow; older ones run no more. */
const LOOKED_AT = 10;
const RUNS = 'It runs just now.';
const MOST_TRIES = 5;

type Asker = { readonly by: string; readonly proof: z.infer<typeof Proof>; readonly reason: string };
interface Found {
  readonly workflow: Workflow;
  readonly set: DeployedSet;
}

async function allowed(
  { findWorkflow, setsOf }: StartEvaluationPorts,
  wish: EvaluationWish,
  by: string,
): Promise<Found | Exclude<EvaluationReceipt, { kind: 'started' }>> {
  const workflow = findWorkflow(wish.workflow);
  if (workflow === null) return { kind: 'unknown', problem: `There is no workflow ${wish.workflow}.` };
  if (membershipOf(workflow, by) === null) {
    return { kind: 'not-allowed', problem: `Only people of the team ${workflow.team.name} may have it measured.` };
  }
  const sets = await setsOf(workflow.id);
  const set = sets.find(({ name }) => name === wish.set);
  if (set !== undefined) return { workflow, set };
  const known = sets.length === 0 ? 'no set' : sets.map(({ name }) => name).join(', ');
  return { kind: 'unfit', problem: `There is no set ${wish.set}: ${known} was deployed with ${workflow.id}.` };
}

async function inTheWay({ executions, versionsOf }: StartEvaluationPorts, last: EvaluationRun): Promise<string | null> {
  const now = versionsOf(last.wish.workflow);
  if (now.workflow !== last.versions.workflow || now.code !== last.versions.code) {
    return 'Another version was deployed since it was begun: begin a new one.';
  }
  if (last.state === 'running' && (await executions.stateOf(executionOf(last))) === 'running') return RUNS;
  return null;
}

/** On record first: who had it begun, and what is measured on what. */
async function begin(
  ports: StartEvaluationPorts,
  run: EvaluationRun,
  { workflow, set }: Found,
  { by, proof, reason }: Asker,
): Promise<EvaluationReceipt> {
  const { id: evaluationId, attempt, wish, versions } = run;
  const started: CaseEvent = {
    ...{ type: 'evaluation-started', by, proof, reason, evaluationId, attempt, wish, set, versions },
  };
  await note(ports, workflow, started, versions);
  await ports.executions.start(executionOf(run), { evaluationId, attempt });
  const examples = Math.min(wish.limit ?? set.examples, set.examples);
  return { kind: 'started', evaluationId, attempt, examples };
}

/** Somebody else may write into the same ledger in the same moment. */
async function note(
  { cases, settings, clock }: StartEvaluationPorts,
  workflow: Workflow,
  event: CaseEvent,
  versions: Versions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const own = await ownSettings(settings, workflow);
      await commitGovernance(cases, own.settings, versions.workflow, { atMs: clock.nowMs(), events: [event] });
      return;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === MOST_TRIES) throw error;
    }
  }
}

function newId(ids: Ids): EvaluationId {
  return EvaluationId.parse(sha256(ids.linkSecret()).slice(0, 32));
}
