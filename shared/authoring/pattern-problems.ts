import * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';
import { siteOf } from './call-site.ts';
import type {
  Bounds,
  HandOffPattern,
  MergePattern,
  OrchestratorPattern,
  Pattern,
  SequencePattern,
  VotePattern,
} from './pattern.ts';
import type { Agent, Workflow } from './workflow.ts';

/** More turns than that in one run are no plan but a loop. */
const MOST_TURNS = 30;
const MOST_DEBATES = 3;
const MOST_MEMBERS = 10;

/** What keeps agents from working together as a pattern has it, with the line of the pattern and how to mend it. */
export function patternProblems({ agents, pattern }: Pick<Workflow, 'agents' | 'pattern'>): string[] {
  const site = siteOf(pattern);
  const problems = [...placeProblems(agents, pattern), ...problemsOf(agents, pattern)];
  return site === '' ? problems : problems.map((problem) => `${problem} (${site})`);
}

function problemsOf(agents: readonly Agent[], pattern: Pattern): string[] {
  switch (pattern.kind) {
    case 'single':
      return [];
    case 'sequence':
      return sequenceProblems(agents, pattern);
    case 'panel':
      return pattern.settle === 'merge' ? mergeProblems(agents, pattern) : voteProblems(agents, pattern);
    case 'orchestrator':
      return orchestratorProblems(pattern);
    case 'hand-off':
      return handOffProblems(pattern);
  }
}

/** The agents that a pattern names, each as often as it is named. */
function namedIn(pattern: Pattern): readonly string[] | null {
  switch (pattern.kind) {
    case 'single':
      return null;
    case 'sequence':
      return pattern.order;
    case 'panel':
      return pattern.settle === 'vote' && pattern.judge !== null
        ? [...pattern.members, pattern.judge]
        : pattern.members;
    case 'orchestrator':
      return [pattern.leader, ...pattern.leads];
    case 'hand-off':
      return [
        ...new Set([pattern.first, ...Object.entries(pattern.routes).flatMap(([from, to = []]) => [from, ...to])]),
      ];
  }
}

function placeProblems(agents: readonly Agent[], pattern: Pattern): string[] {
  const ids = agents.map(({ id }) => id);
  const named = namedIn(pattern);
  if (named === null) {
    return ids.length > 1 ? [`${ids.length} agents work alone: say in "pattern" how they work together`] : [];
  }
  const atTimes = agents.filter((agent) => pattern.kind !== 'sequence' && saysAtTimes(agent));
  const repeated = [...new Set(named.filter((id, index) => named.indexOf(id) !== index))];
  return [
    ...[...new Set(named)]
      .filter((id) => !ids.includes(id))
      .map((id) => `the pattern names "${id}", which is not among the agents: declare it or take it out`),
    ...ids
      .filter((id) => !named.includes(id))
      .map((id) => `agent ${id} has no place in the pattern: add it there or take it out`),
    ...atTimes.map(({ id }) => `agent ${id} has a "when" or is not required, which only a sequence heeds: take it out`),
    ...repeated.map((id) => `agent ${id} has two places in the pattern: take one out`),
  ];
}

function sequenceProblems(agents: readonly Agent[], { order }: SequencePattern): string[] {
  const [first = ''] = order;
  const isFirstAtTimes = saysAtTimes(agentIn(agents, first));
  const atTimes = isFirstAtTimes
    ? [`agent ${first} begins: take out its "when", and "isRequired" where it is false`]
    : [];
  return [...atTimes, ...takenProblems(agents, order)];
}

function saysAtTimes(agent: Agent | undefined): boolean {
  return agent?.when !== undefined || agent?.isRequired === false;
}

function takenProblems(agents: readonly Agent[], order: readonly string[]): string[] {
  return order.slice(1).flatMap((id, index) => {
    const agent = agentIn(agents, id);
    if (agent === undefined) return [];
    if (agent.takes === null) {
      return [`agent ${id} comes after ${order[index]} and does not say what it takes: set its "takes"`];
    }
    const always = order.slice(0, index + 1).filter((before) => !saysAtTimes(agentIn(agents, before)));
    const said = new Set(always.flatMap((before) => fieldsOf(agentIn(agents, before)?.decides)));
    return requiredOf(agent.takes)
      .filter((field) => !said.has(field))
      .map(
        (field) => `agent ${id} takes "${field}", which no agent before it always says: add it there or take it out`,
      );
  });
}

function mergeProblems(agents: readonly Agent[], { members }: MergePattern): string[] {
  const owners = new Map<string, string>();
  return [
    ...memberProblems(members),
    ...members.flatMap((id) =>
      fieldsOf(agentIn(agents, id)?.decides).flatMap((field) => {
        const owner = owners.get(field);
        if (owner === undefined) owners.set(field, id);
        return owner === undefined ? [] : [`${owner} and ${id} both decide "${field}": leave it to one of them`];
      }),
    ),
  ];
}

function voteProblems(agents: readonly Agent[], pattern: VotePattern<readonly string[], string, string>): string[] {
  const { members, on, judge, rule, debates } = pattern;
  const [first, ...others] = judge === null ? members : [...members, judge];
  const asked = agentIn(agents, first ?? '')?.decides;
  const fields = fieldsOf(asked);
  return [
    ...memberProblems(members),
    ...others
      .filter((id) => !isSameSchema(asked, agentIn(agents, id)?.decides))
      .map((id) => `agent ${id} judges something else than ${first}: give both the same judgement`),
    ...on
      .filter((field) => !fields.includes(field))
      .map((field) => `the panel votes on "${field}", which it does not judge: take it out of "on"`),
    ...(Number.isInteger(debates) && debates >= 0 && debates <= MOST_DEBATES
      ? []
      : [`the panel debates ${debates} times: set debates from 0 to ${MOST_DEBATES}`]),
    ...(rule.kind === 'weighted' ? weightProblems(members, rule) : []),
  ];
}

function weightProblems(
  members: readonly string[],
  { weights, above }: { readonly weights: Readonly<Record<string, number>>; readonly above: number },
): string[] {
  return [
    ...members
      .filter((id) => !(Number.isFinite(weights[id]) && (weights[id] ?? 0) > 0))
      .map((id) => `the vote of ${id} has no weight: set one above 0`),
    ...(above >= 0.5 && above < 1 ? [] : [`the vote needs a share above ${above}: set "above" from 0.5 to below 1`]),
  ];
}

function memberProblems(members: readonly string[]): string[] {
  if (members.length >= 2 && members.length <= MOST_MEMBERS) return [];
  return [`a panel of ${members.length} is none: give it 2 to ${MOST_MEMBERS} members`];
}

function orchestratorProblems({ leads, most }: OrchestratorPattern): string[] {
  return [
    ...(leads.length === 0 ? ['the orchestrator leads nobody: name agents in "leads"'] : []),
    // The leader plans, one works, the leader decides.
    ...boundProblems(most, 3),
  ];
}

function handOffProblems({ routes, most }: HandOffPattern): string[] {
  const toItself = Object.entries(routes)
    .filter(([from, to]) => to?.includes(from))
    .map(([from]) => `agent ${from} hands over to itself: take it out of its route`);
  return [...toItself, ...boundProblems(most, 2)];
}

function boundProblems({ turns, calls, costUsd }: Bounds, leastTurns: number): string[] {
  return [
    ...(Number.isInteger(turns) && turns >= leastTurns && turns <= MOST_TURNS
      ? []
      : [`the agents may take ${turns} turns: set most.turns from ${leastTurns} to ${MOST_TURNS}`]),
    ...(Number.isInteger(calls) && calls > 0 ? [] : [`the agents may make ${calls} calls: set most.calls above 0`]),
    ...(Number.isFinite(costUsd) && costUsd > 0
      ? []
      : [`the agents may cost ${costUsd} USD: set most.costUsd above 0`]),
  ];
}

function agentIn(agents: readonly Agent[], id: string): Agent | undefined {
  return agents.find((agent) => agent.id === id);
}

/** Read off the schema itself: a JSON Schema of it would be in every bundle. None for one that is no plain object. */
function shapeOf(schema: z.ZodType<JsonObject> | undefined): Readonly<Record<string, z.core.$ZodType>> {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

function fieldsOf(schema: z.ZodType<JsonObject> | undefined): string[] {
  return Object.keys(shapeOf(schema));
}

function requiredOf(schema: z.ZodType<JsonObject>): string[] {
  return Object.entries(shapeOf(schema))
    .filter(([, field]) => field._zod.optin !== 'optional')
    .map(([name]) => name);
}

/** The same fields of the same kinds; the compiler sees the rest. */
function isSameSchema(a: z.ZodType<JsonObject> | undefined, b: z.ZodType<JsonObject> | undefined): boolean {
  if (a === undefined || b === undefined || a === b) return true;
  const kinds = (schema: z.ZodType<JsonObject>): string =>
    Object.entries(shapeOf(schema))
      .map(([name, field]) => `${name}: ${field._zod.def.type}`)
      .toSorted()
      .join();
  return kinds(a) === kinds(b);
}
