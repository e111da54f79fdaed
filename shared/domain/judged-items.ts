import type { Workflow } from '../authoring/index.ts';
import type { CaseEvent, Json, JsonObject } from '../contracts/index.ts';

/** One item as an agent was handed it, and what it said of it; null for nothing. */
export interface JudgedItem {
  readonly item: JsonObject;
  readonly said: JsonObject | null;
}

/**
 * What the agent that judges item by item was handed in a case, in that order. Of an item that it was handed twice the last
 * word counts. None for a workflow without such an agent.
 * @param events of the case's ledger, oldest first
 */
export function judgedItems({ agents }: Workflow, events: readonly CaseEvent[]): JudgedItem[] {
  const agent = agents.find(({ each }) => each !== undefined);
  if (agent?.each === undefined) return [];
  const { of, as, repeats } = agent.each;
  const found = new Map<string, JudgedItem>();
  let handed: readonly JsonObject[] = [];
  for (const event of events) {
    if (event.type === 'turns-planned') {
      const due = event.turns.find((turn) => turn.agent === agent.id);
      if (due !== undefined) handed = objectsIn(due.handOver?.[of]);
    } else if (event.type === 'turn-finished' && event.turn.agent === agent.id) {
      const said = objectsIn(decidedIn(event.turn.judgement)[as]);
      for (const item of handed) {
        const own = said.find((one) => keyOf(one, repeats) === keyOf(item, repeats));
        found.set(keyOf(item, repeats), { item, said: own ?? null });
      }
      handed = [];
    }
  }
  return [...found.values()];
}

function keyOf(of: JsonObject, repeats: readonly string[]): string {
  return JSON.stringify(repeats.map((field) => of[field] ?? null));
}

/** An agent with choices answers in a form around what it decides. */
function decidedIn(judgement: JsonObject | null): JsonObject {
  const within = judgement?.['judgement'];
  return isObject(within) ? within : (judgement ?? {});
}

function objectsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
