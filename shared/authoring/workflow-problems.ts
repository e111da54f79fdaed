import * as z from 'zod';
import { Slug } from '../contracts/index.ts';
import type { Workflow } from './workflow.ts';

/** Words that say nothing about when exactly a trigger fires. */
const SHORTEST_CONDITION_WORDS = 4;

/** The name of an execution that asks about an action holds its case and its name, and has at most 80 characters. */
const LONGEST_ACTION_NAME = 32;

/** Everything that keeps a workflow from being used, in words, each with how to mend it. Empty when it is sound. */
export function workflowProblems(workflow: Workflow): string[] {
  return [
    ...nameProblems(workflow),
    ...triggerProblems(workflow),
    ...agentProblems(workflow),
    ...sourceProblems(workflow),
    ...actionProblems(workflow),
    ...peopleProblems(workflow),
  ];
}

function nameProblems(workflow: Workflow): string[] {
  const names = [
    workflow.id,
    ...workflow.triggers.map((trigger) => trigger.id),
    ...Object.keys(workflow.sources),
    ...workflow.agents.map((agent) => agent.id),
    ...Object.keys(workflow.actions),
    ...workflow.escalation.map((rule) => rule.id),
  ];
  return names
    .filter((name) => !Slug.safeParse(name).success)
    .map((name) => `"${name}" is not a usable name: write lower-case words joined by hyphens`);
}

function triggerProblems({ triggers }: Workflow): string[] {
  if (triggers.length === 0) return ['nothing triggers it: add webhook(), event() or schedule() to triggers'];
  const vague = triggers
    .filter((trigger) => trigger.when.trim().split(/\s+/).length < SHORTEST_CONDITION_WORDS)
    .map(
      (trigger) =>
        `trigger ${trigger.id} is vague ("${trigger.when}"): say in "when" which event on which page or system`,
    );
  return [
    ...vague,
    ...repeated(
      'trigger',
      triggers.map((trigger) => trigger.id),
    ),
  ];
}

function agentProblems({ agents, sources }: Workflow): string[] {
  return agents.flatMap((agent) => [
    ...agent.sources
      .filter((id) => sources[id] === undefined)
      .map((id) => `agent ${agent.id} reads "${id}", which is not among the sources: declare it or take it out`),
    ...(agent.timeoutMs > 0 ? [] : [`agent ${agent.id} has no time-out: set timeoutMs, for example 30_000`]),
  ]);
}

function sourceProblems({ agents, sources }: Workflow): string[] {
  return Object.entries(sources)
    .filter(([id, { isRequired }]) => isRequired && agents.every((agent) => !agent.sources.includes(id)))
    .map(([id]) => `source ${id} is required and no agent reads it: add it to the sources of an agent`);
}

function actionProblems({ actions, escalation }: Workflow): string[] {
  const irreversible = Object.entries(actions)
    .filter(([, action]) => action.connector.effect === 'irreversible' && action.tier === 'autonomous')
    .map(([id]) => `action ${id} cannot be taken back and is set to autonomous: set its tier to notify or approve`);
  const long = Object.keys(actions)
    .filter((id) => id.length > LONGEST_ACTION_NAME)
    .map((id) => `action ${id} is longer than ${LONGEST_ACTION_NAME} characters: shorten it`);
  const unattended =
    escalation.length === 0 ? ['no escalation rule: say in "escalation" when a person has to step in'] : [];
  return [
    ...irreversible,
    ...long,
    ...unattended,
    ...repeated(
      'escalation rule',
      escalation.map((rule) => rule.id),
    ),
  ];
}

function peopleProblems({ team, rollout }: Workflow): string[] {
  const problems: string[] = [];
  if (team.approvers.length === 0) problems.push('nobody answers its requests: name at least one approver in "team"');
  for (const address of [team.owner, ...team.approvers, ...team.nextApprovers]) {
    if (!z.email().safeParse(address).success) {
      problems.push(`"${address}" cannot be reached: write an e-mail address in "team"`);
    }
  }
  if (!(team.answerWithinHours > 0 && Number.isFinite(team.answerWithinHours))) {
    problems.push('requests have no deadline: set team.answerWithinHours');
  }
  if (!(rollout.minimumConfidence > 0 && rollout.minimumConfidence <= 1)) {
    problems.push('rollout.minimumConfidence must be above 0 and at most 1');
  }
  return problems;
}

function repeated(what: string, ids: readonly string[]): string[] {
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `${what} "${id}" is declared twice: rename one`);
}
