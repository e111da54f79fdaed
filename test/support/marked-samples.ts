import type { Sample } from '../../scripts/demo/traffic.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { Json } from '../../shared/contracts/index.ts';
import { readInput } from '../../shared/domain/trigger-input.ts';

/** A word that stands in every text of a marked sample, and nowhere else. */
export const MARK = 'zebrafinch';

/** Samples with the mark in each of their texts that may hold it and still be what its workflow reads. */
export function markedSamples(workflows: readonly Workflow[], samples: readonly Sample[]): readonly Sample[] {
  return samples.map((sample) => {
    const workflow = workflows.find(({ id }) => id === sample.workflow);
    if (sample.file.endsWith('.eml')) return { ...sample, text: `${sample.text.trimEnd()}\n\n${MARK}\n` };
    if (workflow === undefined || !sample.file.endsWith('.json')) return sample;
    return { ...sample, text: JSON.stringify(marked(workflow, JSON.parse(sample.text))) };
  });
}

function marked(workflow: Workflow, body: Json): Json {
  const known = fits(workflow, body);
  return textsIn(body).reduce<Json>((now, path) => {
    const next = withMark(now, path);
    return fits(workflow, next) === known ? next : now;
  }, body);
}

/** By how many of its triggers a workflow can read it. */
function fits(workflow: Workflow, body: Json): number {
  return workflow.triggers.filter((trigger) => readInput(workflow, trigger, body).problems.length === 0).length;
}

type Path = readonly (string | number)[];

function textsIn(value: Json, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  const members = Array.isArray(value) ? value.map((one, at) => [at, one] as const) : Object.entries(value);
  return members.flatMap(([name, one]) => textsIn(one as Json, [...path, name]));
}

function withMark(value: Json, [name, ...rest]: Path): Json {
  if (name === undefined) return markedText(String(value));
  if (Array.isArray(value)) return value.map((one, at) => (at === name ? withMark(one, rest) : one));
  const members = value as { readonly [name: string]: Json };
  return { ...members, [name]: withMark(members[name] ?? null, rest) };
}

/** An address stays one. */
function markedText(text: string): string {
  return /^\S+@\S+$/.test(text) ? `${MARK}.${text}` : `${text} ${MARK}`;
}
