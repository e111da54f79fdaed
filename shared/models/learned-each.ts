import type { Each } from '../authoring/index.ts';
import { type FieldConfidence, JsonObject } from '../contracts/index.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { Question } from '../ports/index.ts';
import type { TierAnswer } from './answer.ts';
import type { Scored } from './learned/index.ts';

/**
 * What the learned model says of each item that its agent is handed. All of it is right with the product of what it is sure
 * of, so many items are seldom decided alone; each that it is unsure of is named. Null where nothing was handed over.
 */
export function answerForEach(
  { agent, handOver, notes, workflow }: Question,
  { of, as, repeats }: Each,
  score: (facts: { input: JsonObject; sources: JsonObject }) => Scored,
): TierAnswer | null {
  const items = handOver?.[of];
  if (!Array.isArray(items)) return null;
  const judged = items.map((value) => {
    const item = JsonObject.parse(value);
    return { item, scored: score({ input: item, sources: {} }) };
  });
  const said = judged.map(({ item, scored }) => ({ ...known(item, repeats), ...valuesOf(scored) }));
  const fits = (list: readonly JsonObject[]): boolean => agent.decides.safeParse({ [as]: list }).success;
  const odd = judged.filter((_one, at) => !fits([said[at] ?? {}]));
  const parsed = agent.decides.safeParse({ [as]: said.filter((one) => fits([one])) });
  const unsure = judged.flatMap(({ item, scored }) => doubtsOf(nameOf(item, repeats), scored));
  const told = notes.length === 0 ? [] : ['A person told more than this model can read.'];
  const confidence = judged.reduce((all, { scored }) => all * scored.confidence, 1);
  return {
    ...{ status: 'answered', tier: 'learned', model: `learned:${workflow.id}` },
    judgement: parsed.success ? inForm(agent, parsed.data) : null,
    confidence,
    fields: leastOf(judged.map(({ scored }) => scored)),
    reasons: judged.map(({ item, scored }) => `${nameOf(item, repeats)}: ${sureOf(scored)}`),
    doubts: [
      ...told,
      ...odd.map(({ item }) => `${nameOf(item, repeats)}: unlike anything that it was taught.`),
      ...unsure,
    ],
    ...{ usage: NO_USAGE, cites: null, attempts: [], cap: null },
  };
}

/** By field, how sure it is of the item that it is least sure of. */
function leastOf(scored: readonly Scored[]): FieldConfidence[] {
  const least = new Map<string, FieldConfidence>();
  for (const { fields } of scored) {
    for (const [field, { confidence, threshold, because }] of Object.entries(fields)) {
      if (confidence >= (least.get(field)?.confidence ?? Number.POSITIVE_INFINITY)) continue;
      const words = because.map(({ feature, weight }) => `${weight < 0 ? 'against: ' : ''}${feature}`);
      least.set(field, { field, confidence, threshold, because: words });
    }
  }
  return [...least.values()];
}

function known(item: JsonObject, repeats: readonly string[]): JsonObject {
  return Object.fromEntries(repeats.map((field) => [field, item[field] ?? null]));
}

function valuesOf({ fields }: Scored): JsonObject {
  return JsonObject.parse(Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])));
}

function nameOf(item: JsonObject, repeats: readonly string[]): string {
  return repeats.map((field) => String(item[field] ?? '')).join(' ');
}

function sureOf({ fields }: Scored): string {
  return Object.entries(fields)
    .map(([name, { value, confidence }]) => `${name} ${String(value)} (${Math.floor(confidence * 100)} %)`)
    .join(', ');
}

function doubtsOf(name: string, { decides, unknown, fields }: Scored): string[] {
  if (decides) return [];
  const below = Object.entries(fields).filter(([, { passes }]) => !passes);
  const names = below.map(([field]) => field).join(' and ');
  return [
    ...unknown.map((words) => `${name}: ${words}`),
    ...(names === '' ? [] : [`${name}: the learned model is not sure enough of ${names} to decide alone.`]),
  ];
}

function inForm({ hasChoice }: Question['agent'], judgement: JsonObject): JsonObject {
  return hasChoice ? { next: 'decide', judgement } : judgement;
}
