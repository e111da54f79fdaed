import type { Each, Workflow } from '../authoring/index.ts';
import type { Case, Example, JsonObject } from '../contracts/index.ts';
import { digestOf } from './digest.ts';
import type { JudgedItem } from './judged-items.ts';

/** What a person made of a decision. */
export interface Correction extends Pick<Example['provenance'], 'ref' | 'how' | 'by' | 'atMs' | 'reason'> {
  readonly after: JsonObject;
}

/**
 * A correction as labelled examples: what the agents saw, and the right values of what they judge. One of the case; where an
 * agent judges item by item, one of each item of which the person says otherwise than the decision did. None for a case
 * whose trigger does not fit, or of which the decision names no field that is taught: nothing can be learned from it.
 * @param items what was judged item by item in the case
 */
export function examplesOf(
  workflow: Workflow,
  case_: Case,
  correction: Correction,
  items: readonly JudgedItem[] = [],
): Example[] {
  const each = workflow.agents.find((agent) => agent.each !== undefined)?.each;
  if (each !== undefined)
    return items.flatMap((judged) => exampleOfItem(workflow, case_, correction, { each, judged }));
  const { input, problems, readings, decision: before } = case_;
  const expected = judgedPart(workflow, correction.after);
  if (problems.length > 0 || !isObject(input) || Object.keys(expected).length === 0) return [];
  const sources = readings.flatMap(({ source, status, data }) =>
    status !== 'failed' && isObject(data) ? [[source, data] as const] : [],
  );
  const made = { input: { input, sources: Object.fromEntries(sources) }, expected, before, after: correction.after };
  return [example(workflow, case_, correction, { id: idOf(case_, correction), ...made })];
}

/** What the person changed alone: what stands as it was may never have been looked at. */
function exampleOfItem(
  workflow: Workflow,
  case_: Case,
  correction: Correction,
  { each, judged: { item, said } }: { readonly each: Each; readonly judged: JudgedItem },
): Example[] {
  const labelsBy = (decision: JsonObject): JsonObject => judgedPart(workflow, each.labels?.(item, decision) ?? {});
  const expected = labelsBy(correction.after);
  const isSame = case_.decision !== null && digestOf(labelsBy(case_.decision)) === digestOf(expected);
  if (isSame || Object.keys(expected).length === 0) return [];
  const id = `${idOf(case_, correction)}-${digestOf(item).slice(0, REF_DIGITS)}`;
  const made = { id, input: { input: item, sources: {} }, expected, before: said, after: expected };
  return [example(workflow, case_, correction, made)];
}

function idOf({ id }: Case, { ref }: Correction): string {
  return `case-${id}-${ref.slice(0, REF_DIGITS)}`;
}

function example(
  { id: workflow }: Workflow,
  { id: caseId, versions }: Case,
  { ref, how, by, atMs, reason }: Correction,
  {
    before,
    after,
    ...made
  }: Pick<Example, 'id' | 'input' | 'expected'> & Pick<Example['provenance'], 'before' | 'after'>,
): Example {
  const note = `${HOW_WORDS[how]} by ${by}${reason === '' ? '' : `: ${reason}`}`;
  const provenance = { caseId, ref, how, by, atMs, reason, before, after, version: versions.workflow };
  return { ...made, workflow, note, provenance };
}

/** Enough to tell the corrections of one case apart. */
const REF_DIGITS = 8;

const HOW_WORDS = {
  decided: 'decided',
  reviewed: 'corrected in a review',
  overturned: 'overturned',
  'spot-checked': 'corrected in a spot-check',
} as const;

/** The fields that the learned model is trained on; what the rules make of them is no label. */
function judgedPart({ learned }: Workflow, decision: JsonObject): JsonObject {
  const judged = learned.fields.map(({ name }) => name).filter((name) => Object.hasOwn(decision, name));
  return Object.fromEntries(judged.map((name) => [name, decision[name] ?? null]));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
