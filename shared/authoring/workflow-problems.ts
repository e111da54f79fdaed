import * as z from 'zod';
import { ALL_WORKFLOWS, GOVERNANCE_TRIGGER, Money, Phase, Slug, Tier } from '../contracts/index.ts';
import { historyProblems } from './history-problems.ts';
import { patternProblems } from './pattern-problems.ts';
import { triggerProblems } from './trigger-problems.ts';
import type { PeopleRule, Workflow } from './workflow.ts';

/** The name of an execution that asks about an action holds its case and its name, and has at most 80 characters. */
const LONGEST_ACTION_NAME = 32;

/** Everything that keeps a workflow from being used, in words, each with how to mend it. Empty when it is sound. */
export function workflowProblems(workflow: Workflow): string[] {
  const problems = [
    ...nameProblems(workflow),
    ...triggerProblems(workflow),
    ...agentProblems(workflow),
    ...patternProblems(workflow),
    ...cascadeProblems(workflow),
    ...historyProblems(workflow),
    ...sourceProblems(workflow),
    ...onDemandProblems(workflow),
    ...actionProblems(workflow),
    ...takeBackProblems(workflow),
    ...approvalProblems(workflow),
    ...peopleProblems(workflow),
    ...capProblems(workflow),
  ];
  return [...new Set(problems)];
}

function nameProblems(workflow: Workflow): string[] {
  const names = [
    workflow.id,
    ...workflow.triggers.map((trigger) => trigger.id),
    ...Object.keys(workflow.sources),
    ...workflow.agents.map((agent) => agent.id),
    ...Object.keys(workflow.actions),
    ...workflow.escalation.map((rule) => rule.id),
    ...workflow.segments.map((segment) => segment.id),
    ...workflow.caps.map((cap) => cap.id),
  ];
  const reserved =
    workflow.id === ALL_WORKFLOWS ? [`"${ALL_WORKFLOWS}" stands for all workflows: give it another id`] : [];
  if (workflow.segments.some(({ id }) => id === ALL_WORKFLOWS)) {
    reserved.push(`segment "${ALL_WORKFLOWS}" stands for cases of no segment: give it another id`);
  }
  if (workflow.triggers.some(({ id }) => id === GOVERNANCE_TRIGGER)) {
    reserved.push(`trigger "${GOVERNANCE_TRIGGER}" stands for changes of the workflow's limits: give it another id`);
  }
  const unusable = names
    .filter((name) => !Slug.safeParse(name).success)
    .map((name) => `"${name}" is not a usable name: write lower-case words joined by hyphens`);
  return [...reserved, ...unusable];
}

function agentProblems({ agents, sources }: Workflow): string[] {
  return agents.flatMap((agent) => [
    ...agent.sources
      .filter((id) => sources[id] === undefined)
      .map((id) => `agent ${agent.id} reads "${id}", which is not among the sources: declare it or take it out`),
    ...(agent.timeoutMs > 0 ? [] : [`agent ${agent.id} has no time-out: set timeoutMs, for example 30_000`]),
    ...(isCount(agent.mostReadings ?? 0)
      ? []
      : [`agent ${agent.id} may read ${agent.mostReadings} times: set mostReadings from 0 to ${MOST_READINGS}`]),
  ]);
}

function cascadeProblems({ agents }: Workflow): string[] {
  return agents.flatMap(({ id, cascade = [], whenDown = 'ask', decides }) => {
    const fields = decides instanceof z.ZodObject ? new Set(Object.keys(decides.shape)) : null;
    return [
      ...repeated(
        `tier of agent ${id}`,
        cascade.map(({ tier }) => tier),
      ),
      ...cascade.flatMap(({ tier, thresholds = {}, unmeasuredConfidence = 0 }) => [
        ...Object.entries(thresholds)
          .filter(([, threshold]) => !isShare(threshold))
          .map(([field]) => `agent ${id}: the threshold of ${tier} for ${field} must be from 0 to 1`),
        ...Object.keys(thresholds)
          .filter((field) => fields !== null && !fields.has(field))
          .map((field) => `agent ${id}: ${tier} has a threshold for "${field}", which it does not judge: take it out`),
        ...(isShare(unmeasuredConfidence) ? [] : [`agent ${id}: unmeasuredConfidence of ${tier} must be from 0 to 1`]),
      ]),
      ...(whenDown === 'ask' || (whenDown.waitHours > 0 && whenDown.waitHours <= LONGEST_WAIT_HOURS)
        ? []
        : [`agent ${id} waits ${whenDown.waitHours} hours for its models: set waitHours up to ${LONGEST_WAIT_HOURS}`]),
    ];
  });
}

/** The state machine has fewer tries than a longer wait would take. */
const LONGEST_WAIT_HOURS = 72;

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

/** More than that would not fit into one record, not even as references. */
const MOST_READINGS = 250;

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= MOST_READINGS;
}

function sourceProblems({ agents, sources }: Workflow): string[] {
  return Object.entries(sources)
    .filter(([id, { isRequired }]) => isRequired && agents.every((agent) => !agent.sources.includes(id)))
    .map(([id]) => `source ${id} is required and no agent reads it: add it to the sources of an agent`);
}

function onDemandProblems({ sources, actions }: Workflow): string[] {
  const pinned = new Set(Object.values(actions).flatMap(({ pins }) => pins.map((pin) => pin.split('.')[0] ?? '')));
  return Object.entries(sources).flatMap(([id, { read, asks, mostBytes }]) => [
    ...(read === 'on-demand' && asks === null
      ? [`source ${id} is read on demand: say in "asks" what it is good for and what a model may ask of it`]
      : []),
    ...(read === 'always' && asks !== null
      ? [`source ${id} is always read, and no model asks for it: set read to on-demand, or take "asks" out`]
      : []),
    ...(read === 'on-demand' && pinned.has(id)
      ? [`source ${id} is read on demand and pinned: what an action rests on is read with no model, so read it always`]
      : []),
    ...(mostBytes > 0 ? [] : [`source ${id} shows a model nothing: set mostBytes above 0`]),
  ]);
}

function actionProblems({ actions, escalation }: Workflow): string[] {
  const irreversible = Object.entries(actions)
    .filter(([, action]) => action.connector.effect === 'irreversible' && action.tier !== 'approve')
    .map(([id, { tier }]) => `action ${id} cannot be taken back and is set to ${tier}: set its tier to approve`);
  const untiered = Object.entries(actions)
    .filter(([, { tier }]) => !Tier.safeParse(tier).success)
    .map(([id]) => `action ${id} has no tier: set its tier to autonomous, notify or approve`);
  const unreasoned = escalation
    .filter(({ because }) => because.trim() === '')
    .map(({ id }) => `escalation rule ${id} gives no reason: say in "because" what the person will read`);
  const long = Object.keys(actions)
    .filter((id) => id.length > LONGEST_ACTION_NAME)
    .map((id) => `action ${id} is longer than ${LONGEST_ACTION_NAME} characters: shorten it`);
  const unattended =
    escalation.length === 0 ? ['no escalation rule: say in "escalation" when a person has to step in'] : [];
  return [
    ...irreversible,
    ...untiered,
    ...long,
    ...unattended,
    ...unreasoned,
    ...repeated(
      'escalation rule',
      escalation.map((rule) => rule.id),
    ),
  ];
}

function peopleProblems({ team, rollout }: Workflow): string[] {
  const problems: string[] = [];
  if (team.approvers.length === 0) problems.push('nobody answers its requests: name at least one approver in "team"');
  for (const address of [
    team.owner,
    ...addressesOf([...team.approvers, ...team.nextApprovers]),
    ...Object.values(team.roles).flat(),
  ]) {
    if (!z.email().safeParse(address).success) {
      problems.push(`"${address}" cannot be reached: write an e-mail address in "team"`);
    }
  }
  if (!(team.answerWithinHours > 0 && Number.isFinite(team.answerWithinHours))) {
    problems.push('requests have no deadline: set team.answerWithinHours');
  }
  if (!Phase.safeParse(rollout.phase).success) {
    problems.push(`rollout.phase "${rollout.phase}" is no phase: set it to shadow, partial or full`);
  }
  if (!(rollout.minimumConfidence > 0 && rollout.minimumConfidence <= 1)) {
    problems.push('rollout.minimumConfidence must be above 0 and at most 1');
  }
  for (const share of ['blindShare', 'secondReviewShare', 'spotCheckShare'] as const) {
    if (!(rollout[share] >= 0 && rollout[share] <= 1)) problems.push(`rollout.${share} must be from 0 to 1`);
  }
  return problems;
}

function repeated(what: string, ids: readonly string[]): string[] {
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `${what} "${id}" is declared twice: rename one`);
}

function addressesOf(rules: readonly PeopleRule[]): string[] {
  return rules.filter((rule) => typeof rule === 'string');
}

function takeBackProblems({ actions }: Workflow): string[] {
  return Object.entries(actions).flatMap(([id, { tier, holdMinutes, compensation, connector }]) => {
    const problems: string[] = [];
    if (holdMinutes !== null && !(holdMinutes > 0 && Number.isFinite(holdMinutes))) {
      problems.push(`action ${id} is held for ${holdMinutes} minutes: set holdMinutes above 0, or leave it out`);
    }
    if (tier === 'notify' && connector.effect === 'reversible' && holdMinutes === null && compensation === null) {
      problems.push(
        `action ${id} is set to notify, and nobody could stop it or take it back: set holdMinutes or compensation`,
      );
    }
    if (compensation !== null && !Object.hasOwn(actions, compensation.action)) {
      problems.push(
        `action ${id} is taken back by "${compensation.action}", which is not among the actions: declare it`,
      );
    }
    return problems;
  });
}

function approvalProblems({ actions, sources, team }: Workflow): string[] {
  const roles = new Set(Object.keys(team.roles));
  const unknownRoles = (where: string, rules: readonly PeopleRule[]): string[] =>
    rules
      .flatMap((rule) => (typeof rule === 'object' && 'role' in rule && !roles.has(rule.role) ? [rule.role] : []))
      .map((role) => `${where} asks the role "${role}", which is not in team.roles: add it there`);
  return [
    ...unknownRoles('the team', [...team.approvers, ...team.nextApprovers]),
    ...Object.entries(actions).flatMap(([id, { pins, approval }]) => [
      ...pins
        .filter((pin) => sources[pin.split('.')[0] ?? ''] === undefined)
        .map((source) => `action ${id} pins "${source}", which is not among the sources: declare it or take it out`),
      ...unknownRoles(`action ${id}`, [
        ...approval.people,
        ...approval.nextPeople,
        ...approval.above.flatMap(({ people }) => people),
      ]),
      ...(approval.verbs.length === 0 ? [`action ${id} permits no answer: name verbs in approval`] : []),
      ...(Number.isInteger(approval.quorum) && approval.quorum > 0
        ? []
        : [`action ${id} needs the yes of ${approval.quorum} people: set approval.quorum to 1 or more`]),
    ]),
  ];
}

function capProblems({ actions, caps }: Workflow): string[] {
  const late = Object.entries(actions).flatMap(([id, { after }]) =>
    after
      .filter((other) => other === id || !Object.hasOwn(actions, other))
      .map((other) => `action ${id} comes after "${other}", which is no other action of it: declare it or take it out`),
  );
  return [
    ...late,
    ...repeated(
      'cap',
      caps.map(({ id }) => id),
    ),
    ...caps.flatMap((cap) => [
      ...cap.actions
        .filter((id) => actions[id] === undefined)
        .map((id) => `cap ${cap.id} counts the action "${id}", which is not declared: declare it or take it out`),
      ...(cap.limit >= 0 && Number.isFinite(cap.limit) ? [] : [`cap ${cap.id} has no limit: set limit to 0 or more`]),
      ...(cap.counts === 'amount' && !Money.shape.currency.safeParse(cap.currency).success
        ? [`cap ${cap.id} sums amounts of no currency: set its currency, three capital letters`]
        : []),
    ]),
  ];
}
