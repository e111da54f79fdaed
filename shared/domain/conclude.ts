import * as z from 'zod';
import type { Facts, Workflow } from '../authoring/index.ts';
import { wordingsOf } from '../authoring/plain-words.ts';
import type { JsonObject, Reading, Reason, TurnResult } from '../contracts/index.ts';
import { messageOf } from './message-of.ts';

/** What follows from an agent's answer by the workflow's own rules. */
export interface Conclusion {
  readonly decision: JsonObject | null;
  readonly problems: readonly string[];
  readonly rules: readonly Reason[];
  readonly missingSources: readonly Reason[];
}

/** From judgement and facts to the decision, its escalation rules and what was missing. A rule that throws holds. */
export function conclude(
  workflow: Workflow,
  turn: Pick<TurnResult, 'judgement' | 'readings'> | undefined,
  facts: Facts,
): Conclusion {
  const missingSources = missing(workflow, turn?.readings ?? []);
  if (turn?.judgement === undefined || turn.judgement === null) {
    return { decision: null, problems: [], rules: [], missingSources };
  }
  missingSources.push(...unread(workflow, turn.readings));
  const concluded = decide(workflow, turn.judgement, facts);
  const rules = concluded.decision === null ? [] : holdingRules(workflow, concluded.decision, facts);
  return { ...concluded, rules, missingSources };
}

/** A decision as the workflow's schema has it, or why it is none. */
export function parseDecision(workflow: Workflow, value: unknown): Pick<Conclusion, 'decision' | 'problems'> {
  const parsed = workflow.decision.safeParse(value);
  if (parsed.success) return { decision: parsed.data, problems: [] };
  return { decision: null, problems: [`The decision does not fit its schema: ${z.prettifyError(parsed.error)}`] };
}

/** The facts that rules and plans see: the input and, per source, what was read of it. */
export function factsOf(workflow: Workflow, input: JsonObject, readings: readonly Reading[]): Facts {
  const sources = Object.keys(workflow.sources).map((id) => {
    const reading = readings.find((candidate) => candidate.source === id && candidate.status !== 'failed');
    const data = reading?.data;
    return [id, isObject(data) ? data : null] as const;
  });
  const given = readings.flatMap(({ source, status, data, arguments: asked = {} }) =>
    status !== 'failed' && isObject(data) ? [{ source, arguments: asked, data }] : [],
  );
  return { input, sources: Object.fromEntries(sources), readings: given };
}

function decide(workflow: Workflow, judgement: JsonObject, facts: Facts): Pick<Conclusion, 'decision' | 'problems'> {
  try {
    return parseDecision(workflow, workflow.conclude(judgement, facts));
  } catch (error) {
    return { decision: null, problems: [`The rules of the workflow could not be applied: ${messageOf(error)}`] };
  }
}

/**
 * Escalation rules that hold for a decision, in its words and those of the facts as they came or as they read without what
 * is hidden in them; one that throws holds.
 */
export function holdingRules(
  { escalation }: Pick<Workflow, 'escalation'>,
  decision: JsonObject,
  facts: Facts,
): Reason[] {
  const wordings = wordingsOf({ decision, facts });
  return escalation.flatMap((rule) => {
    try {
      return wordings.some((seen) => rule.when(seen.decision, seen.facts))
        ? [{ code: `rule:${rule.id}`, text: rule.because }]
        : [];
    } catch (error) {
      return [{ code: `rule:${rule.id}`, text: `Rule ${rule.id} could not be checked: ${messageOf(error)}` }];
    }
  });
}

function missing(workflow: Workflow, readings: readonly Reading[]): Reason[] {
  return Object.entries(workflow.sources)
    .filter(
      ([id, source]) =>
        source.isRequired && readings.some((reading) => reading.source === id && reading.status !== 'complete'),
    )
    .map(([id, source]) => {
      const problems =
        readings.find(({ source: read, status }) => read === id && status !== 'complete')?.problems ?? [];
      return { code: `missing-source:${id}`, text: `${source.title}: ${problems.join(', ') || 'incomplete'}.` };
    });
}

/** Nobody read it: what was decided without a required source is not complete either. */
function unread(workflow: Workflow, readings: readonly Reading[]): Reason[] {
  return Object.entries(workflow.sources)
    .filter(([id, source]) => source.isRequired && readings.every((reading) => reading.source !== id))
    .map(([id, source]) => ({ code: `missing-source:${id}`, text: `${source.title}: not read.` }));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
