import type { Workflow } from '../authoring/index.ts';
import type { Case, Example, JsonObject } from '../contracts/index.ts';

/** What a person made of a decision. */
export interface Correction extends Pick<Example['provenance'], 'ref' | 'how' | 'by' | 'atMs' | 'reason'> {
  readonly after: JsonObject;
}

/**
 * A correction as a labelled example: what the agents saw, and the right values of what they judge. Null for a case whose
 * trigger does not fit, because nothing can be learned from it.
 */
export function exampleOf(workflow: Workflow, case_: Case, correction: Correction): Example | null {
  const { input, problems, readings, versions, decision: before, id: caseId } = case_;
  if (problems.length > 0 || !isObject(input)) return null;
  const { after, ref, how, by, atMs, reason } = correction;
  const sources = readings.flatMap(({ source, status, data }) =>
    status !== 'failed' && isObject(data) ? [[source, data] as const] : [],
  );
  return {
    id: `case-${caseId}-${ref.slice(0, REF_DIGITS)}`,
    workflow: workflow.id,
    input: { input, sources: Object.fromEntries(sources) },
    expected: judgedPart(workflow, after),
    note: `${HOW_WORDS[how]} by ${by}${reason === '' ? '' : `: ${reason}`}`,
    provenance: { caseId, ref, how, by, atMs, reason, before, after, version: versions.workflow },
  };
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
