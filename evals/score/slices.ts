import type { Workflow } from '../../shared/authoring/index.ts';
import type { Json } from '../../shared/contracts/index.ts';
import { segmentKey, segmentTitle } from '../../shared/domain/phase-changes.ts';
import type { Labelled } from '../run/labelled.ts';
import type { CaseResult } from '../run/result.ts';
import { type Figures, figuresOf } from './figures.ts';

/** Figures of a part of the set. */
export interface Slice {
  /** Segment id, or `<what>: <value>`. */
  readonly id: string;
  readonly title: string;
  readonly figures: Figures;
}

/** The workflow's segments, as its decisions fall into them. */
export function segmentSlices(workflow: Workflow, results: readonly CaseResult[]): Slice[] {
  return [...Map.groupBy(results, ({ segment }) => segment)].map(([segment, own]) => ({
    id: segmentKey(segment),
    title: segmentTitle(workflow, segment),
    figures: figuresOf(own),
  }));
}

/** Values that tell kinds of cases apart; a field of more says too little about each. */
const MOST_VALUES = 8;
const FEWEST_CASES = 20;

/** Kinds of cases by what came in and what was decided: where the workflow is strong, and where it is weak. */
export function kindSlices(
  workflow: Workflow,
  examples: readonly Labelled[],
  results: readonly CaseResult[],
): readonly { readonly by: string; readonly slices: readonly Slice[] }[] {
  const inputs = new Map(examples.map(({ id, input }) => [id, input.input]));
  const title = (field: string): string => workflow.labels[field] ?? field;
  const decided = fieldsOf(results.map(({ decision }) => decision ?? {}));
  const came = fieldsOf([...inputs.values()]);
  return [
    ...came.map((field) => cut(title(field), results, ({ id }) => inputs.get(id)?.[field])),
    ...decided.map((field) => cut(`Decided: ${field}`, results, ({ decision }) => decision?.[field])),
  ].filter(({ slices }) => slices.length > 1);
}

function fieldsOf(rows: readonly Readonly<Record<string, Json>>[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function cut(
  by: string,
  results: readonly CaseResult[],
  readValue: (result: CaseResult) => Json | undefined,
): { readonly by: string; readonly slices: readonly Slice[] } {
  const groups = Map.groupBy(results, (result) => wordOf(readValue(result)));
  // Numbers and texts are not kinds; what is rare is put together with what has no value.
  const isKinds = results.every((result) => isPlain(readValue(result))) && groups.size <= MOST_VALUES;
  const slices = [...groups]
    .filter(([, own]) => own.length >= FEWEST_CASES)
    .map(([value, own]) => ({ id: `${by}: ${value}`, title: value, figures: figuresOf(own) }));
  return { by, slices: isKinds ? slices.toSorted((a, b) => b.figures.cases - a.figures.cases) : [] };
}

function isPlain(value: Json | undefined): boolean {
  return value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean';
}

function wordOf(value: Json | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}
