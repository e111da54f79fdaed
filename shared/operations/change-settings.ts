import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import {
  ALL_WORKFLOWS,
  type CaseEvent,
  EVALUATIONS_PATH,
  EvaluationEvidence,
  Proof,
  type Settings,
  Slug,
  type Versions,
} from '../contracts/index.ts';
import { switchForAll } from '../domain/governance-case.ts';
import { phaseUnder, segmentKey, segmentsOf } from '../domain/phase-changes.ts';
import { changesBetween, loosenings, SettingsWish, wished, wishProblems } from '../domain/settings-change.ts';
import { membershipOf } from '../domain/team-members.ts';
import { type CaseStore, type Clock, ConflictError, type SettingsStore } from '../ports/index.ts';
import { commitGovernance } from './autonomy/commit-governance.ts';
import { ownSettings } from './current-settings.ts';
import { operation } from './operation.ts';

const asker = { by: z.string(), proof: Proof, reason: z.string().max(2_000) };

export interface ChangeSettingsPorts {
  readonly workflows: readonly Workflow[];
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly settings: SettingsStore;
  readonly versionsOf: (workflow: string) => Versions;
  readonly clock: Clock;
}

/**
 * | kind | what became of the settings |
 * |---|---|
 * | `changed` | as wanted, and told in the governance ledger |
 * | `stale` | as they were: somebody changed them meanwhile |
 * | `not-allowed`, `incomplete`, `unknown` | as they were |
 */
export type SettingsReceipt =
  | { readonly kind: 'changed'; readonly settings: Settings }
  | { readonly kind: 'stale'; readonly settings: Settings }
  | { readonly kind: 'not-allowed' | 'incomplete'; readonly problem: string }
  | { readonly kind: 'unknown' };

/**
 * Changes the settings of one workflow, from the revision that the person saw. Whatever lets the agents do more needs the
 * owner; whatever lets them do less may be done by anybody of the team, and holds at once.
 */
export const changeSettings = operation({
  name: 'change-settings',
  input: z.object({ workflow: Slug, revision: z.int().min(0), wish: SettingsWish, ...asker }),
  async run(ports: ChangeSettingsPorts, command): Promise<SettingsReceipt> {
    const workflow = ports.findWorkflow(command.workflow);
    if (workflow === null) return { kind: 'unknown' };
    const { settings: before, from } = await ownSettings(ports.settings, workflow);
    if (before.revision !== command.revision) return { kind: 'stale', settings: before };
    const context = contextOf(ports, workflow);
    const problems = [...wishProblems(command.wish, workflow), ...reasonProblems(command)];
    const after = wished(before, command.wish, context);
    const looser = loosenings(before, after, context);
    const refusal = refusalFor(command.by, workflow, looser);
    if (refusal !== null) return { kind: 'not-allowed', problem: refusal };
    if (problems.length > 0) return { kind: 'incomplete', problem: problems.join(' ') };
    if (changesBetween(before, after).length === 0) return { kind: 'changed', settings: before };
    const events = eventsOf(before, after, command, context);
    return (await commit(ports, { before, from, after, events, version: context.version })) ?? stale(ports, workflow);
  },
});

/** Switches one workflow, or all, off or on. Off is for anybody of the team; on is for the owner. */
export const switchWorkflow = operation({
  name: 'switch-workflow',
  input: z.object({ workflow: Slug, isOn: z.boolean(), ...asker }),
  async run(ports: ChangeSettingsPorts, command): Promise<SettingsReceipt> {
    if (command.workflow === ALL_WORKFLOWS) return switchAll(ports, command);
    const { isOn, ...who } = command;
    // It must not fail because somebody else changed another setting in the same moment.
    for (let attempt = 1; ; attempt += 1) {
      const { own } = await ports.settings.get(command.workflow);
      const wanted = { ...who, revision: own?.revision ?? 0, wish: { paused: !isOn } };
      const receipt = await changeSettings.run(ports, wanted);
      if (receipt.kind !== 'stale' || attempt === MOST_TRIES) return receipt;
    }
  },
});

/** Puts the evaluation of a version on record: where it passes the gates, phases are kept under that version. */
export const recordEvaluation = operation({
  name: 'record-evaluation',
  /** `isOwnReport`: read by the stack from a report that it made itself. */
  input: z.object({ workflow: Slug, evaluation: EvaluationEvidence, isOwnReport: z.boolean().optional(), ...asker }),
  async run(ports: ChangeSettingsPorts, { evaluation, isOwnReport = false, ...command }): Promise<SettingsReceipt> {
    const workflow = ports.findWorkflow(command.workflow);
    if (workflow === null) return { kind: 'unknown' };
    const refusal = refusalFor(command.by, workflow, ['an evaluation for a version']);
    if (refusal !== null) return { kind: 'not-allowed', problem: refusal };
    const keys = segmentsOf(workflow).map(segmentKey);
    const problems = [
      ...reasonProblems(command),
      ...(keys.includes(evaluation.segment) ? [] : [`The workflow has no segment "${evaluation.segment}".`]),
      ...(evaluation.agreed > evaluation.decisions ? ['More were right than were decided.'] : []),
      ...(isOwnReport ? [] : sentProblems(evaluation)),
    ];
    if (problems.length > 0) return { kind: 'incomplete', problem: problems.join(' ') };
    const { settings: before, from } = await ownSettings(ports.settings, workflow);
    const others = before.evaluations.filter(
      (one) => one.version !== evaluation.version || one.segment !== evaluation.segment,
    );
    const evaluations = [...others, evaluation].slice(-MOST_EVALUATIONS);
    const after = { ...before, evaluations, revision: before.revision + 1 };
    const { by, proof, reason } = command;
    const events: CaseEvent[] = [{ type: 'evaluation-recorded', by, proof, reason, evaluation }];
    const { version } = contextOf(ports, workflow);
    return (await commit(ports, { before, from, after, events, version })) ?? stale(ports, workflow);
  },
});

/** What somebody says that they measured, it must be possible to check; and it may not pass for what was measured here. */
function sentProblems({ report, reportDigest = '', setDigest = '' }: EvaluationEvidence): string[] {
  return [
    ...(DIGEST.test(reportDigest) && setDigest !== ''
      ? []
      : ['Name the digests of the report and of its examples (reportDigest, setDigest): else nobody can check it.']),
    ...(report.startsWith(EVALUATIONS_PATH)
      ? [`What was measured here is put on record from its own report: POST ${EVALUATIONS_PATH}{id}/evidence.`]
      : []),
  ];
}

const DIGEST = /^[0-9a-f]{64}$/;

const MOST_TRIES = 5;
const MOST_EVALUATIONS = 20;

type Asker = { readonly by: string; readonly proof: z.infer<typeof Proof>; readonly reason: string };

function contextOf({ versionsOf, clock }: ChangeSettingsPorts, workflow: Workflow) {
  return { workflow, version: versionsOf(workflow.id).workflow, nowMs: clock.nowMs() };
}

function reasonProblems({ reason }: Asker): string[] {
  return reason.trim() === '' ? ['Please give a reason: it is kept with the change.'] : [];
}

function refusalFor(by: string, workflow: Workflow, looser: readonly string[]): string | null {
  const { team } = workflow;
  const membership = membershipOf(workflow, by);
  if (membership === null) return `Only people of the team ${team.name} may change this.`;
  if (looser.length === 0 || membership === 'owner') return null;
  return `This lets the agents do more (${looser.join(', ')}), so it needs the owner, ${team.owner}.`;
}

function eventsOf(
  before: Settings,
  after: Settings,
  { by, proof, reason }: Asker,
  { workflow, version }: ReturnType<typeof contextOf>,
): CaseEvent[] {
  const phases = segmentsOf(workflow).flatMap((segment): CaseEvent[] => {
    const from = phaseUnder(before, workflow, { segment, version });
    const to = phaseUnder(after, workflow, { segment, version });
    const key = segmentKey(segment);
    if (from === to) return [];
    const coolDownUntilMs = after.coolDownUntilMs[key] ?? null;
    return [
      {
        ...{ type: 'phase-changed', by, proof, reason, segment: key, from, to, because: 'person', version },
        ...{ cases: [], coolDownUntilMs },
      },
    ];
  });
  const changes = changesBetween(before, after);
  return [{ type: 'settings-changed', by, proof, reason, revision: after.revision, changes }, ...phases];
}

/** @returns null when somebody else was first. */
async function commit(
  { cases, clock }: ChangeSettingsPorts,
  change: {
    readonly before: Settings;
    readonly from: number | null;
    readonly after: Settings;
    readonly events: CaseEvent[];
    readonly version: string;
  },
): Promise<SettingsReceipt | null> {
  const { before, from, after, events, version } = change;
  try {
    await commitGovernance(cases, before, version, {
      atMs: clock.nowMs(),
      events,
      changedSettings: { settings: after, from },
    });
    return { kind: 'changed', settings: after };
  } catch (error) {
    if (error instanceof ConflictError && error.kind === 'settings-changed') return null;
    throw error;
  }
}

async function stale(ports: ChangeSettingsPorts, workflow: Workflow): Promise<SettingsReceipt> {
  const { settings } = await ownSettings(ports.settings, workflow);
  return { kind: 'stale', settings };
}

async function switchAll(
  ports: ChangeSettingsPorts,
  command: Asker & { readonly isOn: boolean },
): Promise<SettingsReceipt> {
  const { by, isOn } = command;
  const memberships = ports.workflows.map((workflow) => membershipOf(workflow, by));
  if (memberships.every((membership) => membership === null)) {
    return { kind: 'not-allowed', problem: 'Only people of a team that owns a workflow may do this.' };
  }
  if (isOn && !memberships.includes('owner')) {
    return { kind: 'not-allowed', problem: 'Switching everything on again needs the owner of a workflow.' };
  }
  const [problem] = reasonProblems(command);
  if (problem !== undefined) return { kind: 'incomplete', problem };
  for (let attempt = 1; ; attempt += 1) {
    const { own } = await ports.settings.get(ALL_WORKFLOWS);
    const before: Settings = own ?? { ...switchForAll(false), revision: 0 };
    if (before.paused === !isOn) return { kind: 'changed', settings: before };
    const after: Settings = { ...switchForAll(!isOn), revision: before.revision + 1 };
    const { proof, reason } = command;
    const changes = changesBetween(before, after);
    const events: CaseEvent[] = [{ type: 'settings-changed', by, proof, reason, revision: after.revision, changes }];
    const receipt = await commit(ports, { before, from: own?.revision ?? null, after, events, version: '' });
    if (receipt !== null) return receipt;
    if (attempt === MOST_TRIES) return { kind: 'stale', settings: before };
  }
}
