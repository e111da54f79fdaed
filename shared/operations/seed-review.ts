import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import {
  type Case,
  type CaseEvent,
  type CaseId,
  type JsonObject,
  JsonObject as JsonObjectSchema,
  type Reading,
  type Settings,
  Slug,
  type Versions,
} from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { digestOf } from '../domain/digest.ts';
import { factsOf } from '../domain/facts-of.ts';
import { judge } from '../domain/judge.ts';
import { EMPTY_LEDGER } from '../domain/ledger.ts';
import { parseDecision } from '../domain/parse-decision.ts';
import { settingsUnder } from '../domain/phase-changes.ts';
import { phaseOf, segmentOf } from '../domain/phases.ts';
import { type SeededCourse, seededCourse } from '../domain/seeded-course.ts';
import { membershipOf } from '../domain/team-members.ts';
import { NO_USAGE } from '../domain/usage.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type Executions,
  type Ids,
  type SettingsStore,
} from '../ports/index.ts';
import { currentSettings } from './current-settings.ts';
import { operation } from './operation.ts';
import { keyOf } from './rounds/agents-round.ts';

export const SeedReview = z.object({
  workflow: Slug,
  by: z.string(),
  input: JsonObjectSchema,
  /** By source, what the question shows as read. */
  sources: z.record(Slug, JsonObjectSchema).default({}),
  /** The decision that is shown as the agents' own: right, or wrong on purpose. */
  shown: JsonObjectSchema,
  /** The right decision. */
  answer: JsonObjectSchema,
});

export interface SeedReviewPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly settings: SettingsStore;
  readonly versionsOf: (workflow: string) => Versions;
  /** Of the machine `ask`. */
  readonly askExecutions: Executions;
  readonly ids: Ids;
  readonly clock: Clock;
}

export type SeedReceipt =
  | { readonly kind: 'seeded'; readonly caseId: CaseId }
  | { readonly kind: 'not-allowed' | 'incomplete'; readonly problem: string }
  | { readonly kind: 'unknown' };

/**
 * Puts a question with a known answer among the others. It looks like every question of the workflow; only the store
 * knows. No execution of a case stands behind it, so whatever is answered, nothing can be carried out.
 */
export const seedReview = operation({
  name: 'seed-review',
  input: SeedReview,
  async run(ports: SeedReviewPorts, command): Promise<SeedReceipt> {
    const workflow = ports.findWorkflow(command.workflow);
    if (workflow === null) return { kind: 'unknown' };
    if (membershipOf(workflow, command.by) !== 'owner') {
      return {
        kind: 'not-allowed',
        problem: 'Only the owner of a workflow may put known answers among its questions.',
      };
    }
    const versions = ports.versionsOf(workflow.id);
    const settings = settingsUnder(await currentSettings(ports.settings, workflow), workflow, versions.workflow);
    const checked = check(workflow, command);
    if ('problem' in checked) return { kind: 'incomplete', problem: checked.problem };
    const { case_, course, kind } = seededCase(workflow, { ...checked, settings, versions }, ports);
    await store(ports, case_, course, { ...command, ...checked });
    const execution = `${case_.id}-${kind}-1`;
    await ports.askExecutions.start(execution, { caseId: case_.id, kind, actionId: null, problem: null });
    return { kind: 'seeded', caseId: case_.id };
  },
});

interface Checked {
  readonly input: JsonObject;
  readonly shown: JsonObject;
  readonly answer: JsonObject;
  readonly sources: z.infer<typeof SeedReview>['sources'];
}

function check(workflow: Workflow, command: z.infer<typeof SeedReview>): Checked | { readonly problem: string } {
  const input = workflow.input.safeParse(command.input);
  const [shown, answer] = [parseDecision(workflow, command.shown), parseDecision(workflow, command.answer)];
  const problems = [
    ...(input.success ? [] : [`The input does not fit: ${z.prettifyError(input.error)}`]),
    ...shown.problems,
    ...answer.problems,
    ...Object.keys(command.sources)
      .filter((id) => workflow.sources[id] === undefined)
      .map((id) => `The workflow has no source "${id}".`),
  ];
  if (!input.success || shown.decision === null || answer.decision === null || problems.length > 0) {
    return { problem: problems.join(' ') };
  }
  return { input: input.data, shown: shown.decision, answer: answer.decision, sources: command.sources };
}

function seededCase(
  workflow: Workflow,
  { input, shown, sources, settings, versions }: Checked & { readonly settings: Settings; readonly versions: Versions },
  { clock, ids }: SeedReviewPorts,
): {
  readonly case_: Omit<Case, 'ledger'>;
  readonly course: SeededCourse;
  readonly kind: 'review-decision' | 'decide-case';
} {
  const nowMs = clock.nowMs();
  const trigger = workflow.triggers[0]?.id ?? 'unknown';
  const eventId = ids.linkSecret();
  const readings = Object.entries(sources).map(([source, data]) => readingOf(workflow, { source, data, nowMs }));
  const facts = factsOf(workflow, input, readings);
  const segment = segmentOf(workflow, shown, facts);
  const phase = phaseOf(settings, segment, keyOf(workflow, input));
  const { minimumConfidence } = settings;
  const sure = confidenceOf(eventId, minimumConfidence, phase === 'shadow');
  const course = seededCourse(workflow, { input, shown, confidence: sure, readings, minimumConfidence, nowMs });
  const { turns, confidence, by, origins } = course.findings;
  const unsaid = { problems: [], rules: [], missingSources: [], caps: [], citations: [] };
  const verdict = judge({ ...unsaid, decision: shown, turns, confidence, plannedActions: 1, settings, phase });
  const case_: Omit<Case, 'ledger'> = {
    ...{ id: caseIdOf({ workflow: workflow.id, trigger, eventId }), workflow: workflow.id, trigger, eventId, input },
    ...{ problems: [], state: 'waiting', outcome: null, settings: { ...settings, evaluations: [] }, versions },
    ...{ decision: shown, confidence, decidedBy: by, verdict, readings, round: course.waves.length },
    ...(workflow.agents.length > 1 ? { origins: [...origins] } : {}),
    ...{ personAsked: false, usage: NO_USAGE, openedAtMs: nowMs, closedAtMs: null, segment, phase, notes: [] },
    ...{ requestedBy: null, causedBy: null, reopened: false },
  };
  return { case_, course, kind: phase === 'shadow' ? 'review-decision' : 'decide-case' };
}

/** Another one each time, so that it does not stand out: of a sure agent in shadow, of one that asks elsewhere. */
function confidenceOf(eventId: string, minimum: number, isSure: boolean): number {
  const chance = Number.parseInt(digestOf(eventId).slice(0, CHANCE_DIGITS), 16) / 16 ** CHANCE_DIGITS;
  const [least, most] = isSure ? [minimum, 1] : [minimum / 2, minimum];
  // Below the upper end, also after rounding.
  return Math.floor((least + (most - least) * chance) * 1_000) / 1_000;
}

const CHANCE_DIGITS = 8;

function readingOf(
  workflow: Workflow,
  { source, data, nowMs }: { source: string; data: JsonObject; nowMs: number },
): Reading {
  const problems = [...(workflow.sources[source]?.missing(data) ?? [])];
  const status = problems.length === 0 ? 'complete' : 'incomplete';
  return { source, status, readAtMs: nowMs, tookMs: 0, data, problems };
}

async function store(
  { cases, clock }: SeedReviewPorts,
  case_: Omit<Case, 'ledger'>,
  { waves, plans, findings }: SeededCourse,
  { by, shown, answer }: { by: string; shown: JsonObject; answer: JsonObject },
): Promise<void> {
  const { id: caseId, workflow, trigger, eventId, input, problems, settings, versions } = case_;
  const { decidedBy, confidence, verdict, segment, phase } = case_;
  const nowMs = clock.nowMs();
  if (verdict === null) throw new Error('a known-answer item has a verdict');
  const events: CaseEvent[] = [
    { type: 'case-opened', workflow, trigger, eventId, input, problems, settings, versions },
    ...waves.flatMap((turns, at): CaseEvent[] => {
      const planned = plans[at];
      return [
        ...turns.map((turn) => ({ type: 'turn-finished' as const, round: at + 1, turn })),
        ...(planned === undefined ? [] : [{ type: 'turns-planned' as const, round: at + 1, turns: [...planned] }]),
      ];
    }),
    ...(findings.count === null ? [] : [{ type: 'votes-counted' as const, round: case_.round, count: findings.count }]),
    {
      ...{
        type: 'decision-made',
        round: case_.round,
        by: decidedBy ?? '',
        decision: shown,
        confidence: confidence ?? 0,
      },
      ...{ verdict, actions: [], segment, phase, occasion: null },
      ...(case_.origins === undefined ? {} : { origins: case_.origins }),
    },
  ];
  try {
    await cases.commit({
      ...{ caseId, workflow, cursor: EMPTY_LEDGER, atMs: nowMs, events, opened: case_ },
      seed: { caseId, workflow, shown, answer, by, seededAtMs: nowMs },
    });
  } catch (error) {
    if (!(error instanceof ConflictError && error.kind === 'case-exists')) throw error;
  }
}
