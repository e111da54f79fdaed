import type { Workflow } from '../../authoring/index.ts';
import type { Case, Json, JsonObject } from '../../contracts/index.ts';
import { digestOf } from '../digest.ts';

/** A key of the history as one case has it. */
export interface CaseKey {
  /** As the workflow names it, from which values it is made. */
  readonly paths: readonly string[];
  /** Of the workflow, the paths and the values: nothing of the case can be read from it. */
  readonly digest: string;
}

export interface CaseFacts {
  readonly input: JsonObject;
  /** What was read, by source. */
  readonly sources: Readonly<Record<string, Json>>;
}

/**
 * The keys under which a case is remembered and looked up, from the narrowest to the broadest; one of which the case lacks a
 * part is not there. Another list of paths makes other keys, so what was remembered under the old one is not mistaken for it.
 */
export function caseKeys(workflow: Workflow, { input, sources }: CaseFacts): readonly CaseKey[] {
  const { history, features = {} } = workflow.learned;
  if (history?.learnsAsItGoes !== true) return [];
  const seen = { input, sources: { ...sources }, signals: workflow.signals(input) };
  return history.keys.flatMap((paths) => {
    const parts = paths.map((reference) => partOf(seen, reference, features));
    if (parts.includes(null)) return [];
    return [{ paths, digest: digestOf([workflow.id, [...paths], parts]).slice(0, DIGITS) }];
  });
}

const DIGITS = 32;

/** What a case looked like when it was judged: its input, and all that was read for it. */
export function factsRead({ input, readings }: Pick<Case, 'input' | 'readings'>): CaseFacts | null {
  if (!isObject(input)) return null;
  const read = readings.filter(({ status, data }) => status !== 'failed' && isObject(data));
  return { input, sources: Object.fromEntries(read.map(({ source, data }) => [source, data])) };
}

function partOf(seen: JsonObject, reference: string, features: NonNullable<Workflow['learned']['features']>) {
  const [, path = reference, from, to] = /^(.*)\[(\d+)\.\.(\d+)\]$/.exec(reference) ?? [];
  const values = [...new Set(scalarsAt(seen, path.split('.')))].sort();
  if (values.length === 0) return null;
  const text = values.join('\u0002');
  // As the model reads names: the number of a shop or an order is no part of one.
  const name = features[path] === 'text' ? text.replace(/[\d*]/g, '0') : text;
  return to === undefined ? name : name.slice(Number(from), Number(to));
}

/** A list is the set of its values; what is empty is not there. */
function scalarsAt(value: Json | undefined, [name, ...rest]: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => scalarsAt(one, name === undefined ? [] : [name, ...rest]));
  if (isObject(value)) return name !== undefined && Object.hasOwn(value, name) ? scalarsAt(value[name], rest) : [];
  if (name !== undefined || value === null || value === undefined) return [];
  const text = String(value).normalize('NFKC').trim().toLowerCase();
  return text === '' ? [] : [text];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
