import type { Facts, Workflow } from '../authoring/index.ts';
import { wordingsOf } from '../authoring/plain-words.ts';
import type { JsonObject, Reading, Reason, TurnResult } from '../contracts/index.ts';
import { messageOf } from './message-of.ts';
import { parseDecision } from './parse-decision.ts';

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
