import type { Workflow } from '../../shared/authoring/index.ts';
import type { CaseEvent, JsonObject, TurnResult, Versions } from '../../shared/contracts/index.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import { coordinate } from '../../shared/domain/coordinate.ts';
import { type Findings, undecided } from '../../shared/domain/patterns/findings.ts';
import { advanceCase } from '../../shared/operations/advance-case.ts';
import { openCase } from '../../shared/operations/open-case.ts';
import { runTurn } from '../../shared/operations/run-turn.ts';
import type { Advanced, CaseStart } from '../../shared/operations/step-contracts.ts';
import type { Budget, Clock, Models, Sources } from '../../shared/ports/index.ts';
import type { Labelled } from './labelled.ts';
import {
  evaluationSettings,
  noPast,
  noTelemetry,
  ReplayedCase,
  replayedReadings,
  replayedSources,
  withoutRetries,
} from './replay-ports.ts';

export interface ReplayPorts {
  readonly models: Models;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly versions: Versions;
  /** In place of what the example says of its sources. */
  readonly sources?: Sources;
}

/** What the platform made of an example: all turns, and the decision with its verdict. */
export interface Replayed {
  readonly turns: readonly TurnResult[];
  /** What the agents came to together. */
  readonly findings: Findings;
  readonly made: Extract<CaseEvent, { type: 'decision-made' }>;
  /** From opening to the verdict. */
  readonly tookMs: number;
}

/** As many rounds of agents as no workflow takes. */
const MOST_ROUNDS = 50;

/**
 * One example through the operations that a case runs through: opened, its turns run with the sources as the example has
 * them, judged. Actions are planned and never performed.
 */
export async function replay(ports: ReplayPorts, declared: Workflow, example: Labelled): Promise<Replayed> {
  const workflow = withoutRetries(declared);
  const cases = new ReplayedCase();
  const all = {
    ...noPast,
    cases,
    readings: replayedReadings(),
    settings: evaluationSettings(workflow),
    // Examples are nobody's data that is looked for.
    subjects: { of: async () => '' },
    findWorkflow: (id: string) => (id === workflow.id ? workflow : null),
    versionsOf: () => ports.versions,
    sources: ports.sources ?? replayedSources(workflow, example),
    telemetry: noTelemetry,
    ...{ models: ports.models, budget: ports.budget, clock: ports.clock },
  };
  const startedAtMs = ports.clock.nowMs();
  const { pinned, ...opened } = await openCase.run(all, startOf(workflow, example, startedAtMs));
  const waves: TurnResult[][] = [];
  let due: Pick<Advanced, 'turns' | 'cursor' | 'round'> = opened;
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const ran = await Promise.all(due.turns.map((turn) => runTurn.run(all, { pinned, ...turn })));
    waves.push(ran);
    const step = { pinned, cursor: due.cursor, round: due.round, turns: ran };
    const advanced = await advanceCase.run(all, { ...step, requestId: null, failure: null, resume: null });
    if (advanced.next !== 'agents') {
      const through = coordinate(workflow, waves, {
        input: pinned.input as JsonObject,
        minimumConfidence: pinned.settings.minimumConfidence,
      });
      const findings = through.kind === 'decided' ? through.findings : undecided(waves);
      return { turns: waves.flat(), findings, made: lastDecision(cases), tookMs: ports.clock.nowMs() - startedAtMs };
    }
    due = { ...advanced, round: advanced.round + 1 };
  }
  throw new Error(`the agents of ${example.id} came to no end`);
}

function startOf(workflow: Workflow, { id, input }: Labelled, nowMs: number): CaseStart {
  const parsed = workflow.input.safeParse(input.input);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
  return {
    ...{ caseId: caseIdOf({ workflow: workflow.id, trigger: TRIGGER, eventId: id }), workflow: workflow.id },
    ...{ trigger: TRIGGER, eventId: id, receivedAt: new Date(nowMs).toISOString() },
    input: parsed.success ? (parsed.data as JsonObject) : input.input,
    ...{ problems, causedBy: null },
  };
}

/** No trigger of a workflow: nothing comes in by it. */
const TRIGGER = 'evaluation';

function lastDecision({ writes }: ReplayedCase): Replayed['made'] {
  const made = writes.flatMap(({ events }) => events).findLast((event) => event.type === 'decision-made');
  if (made?.type !== 'decision-made') throw new Error('nothing was judged');
  return made;
}
