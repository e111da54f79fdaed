import * as z from 'zod';
import type { Agent, Each, Workflow } from '../../shared/authoring/index.ts';
import { SINGLE } from '../../shared/authoring/pattern.ts';
import { type FieldConfidence, JsonObject } from '../../shared/contracts/index.ts';
import type { ModelAnswer, Models } from '../../shared/ports/index.ts';

/** One agent of a workflow that judges item by item, and the workflow in which it does so alone. */
export interface ItemByItem {
  /** Its input is an item, its decision what is said of that item. Nothing follows from it. */
  readonly workflow: Workflow;
  readonly agent: Agent;
  /** Asks the models as the agent is asked in production: it is handed a list, of this one item. */
  readonly models: (models: Models) => Models;
}

/**
 * Where examples are items that one agent of several judges, that agent is measured by itself: what the others find and
 * write is not in its examples. Null for a workflow without such an agent.
 */
export function itemByItem(whole: Workflow): ItemByItem | null {
  const agent = whole.agents.find(({ each }) => each !== undefined);
  if (agent?.each === undefined) return null;
  const { of, as, repeats } = agent.each;
  const item = elementOf(agent.takes, of);
  const said = elementOf(agent.decides, as);
  const workflow: Workflow = {
    ...whole,
    title: `${whole.title}: ${agent.title} alone`,
    summary: `One agent of ${whole.agents.length} is measured, on one item at a time. What the others find and write is not.`,
    ...{ input: item, decision: said, agents: [{ ...agent, judgement: said, decides: said, hasChoice: false }] },
    ...{ pattern: SINGLE, sources: {}, actions: {}, escalation: [], segments: [], plan: () => [] },
    ...{ caseKey: (input) => JSON.stringify(input), requestedBy: () => null },
    subject: (input) => repeats.map((field) => String(input[field] ?? '')).join(' '),
    // A label speaks of what is judged; which item it is of is known.
    conclude: (judgement, { input }) => ({ ...repeated(input, repeats), ...judgement }),
  };
  return { workflow, agent, models: (models) => asItems(models, { whole, agent, each: agent.each as Each }) };
}

function asItems(
  models: Models,
  { whole, agent, each: { of, as, repeats } }: { readonly whole: Workflow; readonly agent: Agent; readonly each: Each },
): Models {
  return {
    async judge(question): Promise<ModelAnswer> {
      const asked = { ...question, workflow: whole, agent, handOver: { [of]: [question.input] } };
      const answer = await models.judge(asked);
      const list = answer.judgement?.[as];
      const first = JsonObject.safeParse(Array.isArray(list) ? list[0] : null);
      if (!first.success) return { ...answer, judgement: null };
      const fields = Object.keys(first.data)
        .filter((name) => !repeats.includes(name))
        .map((name) => answer.fields.find(({ field }) => field === name) ?? asWhole(name, answer));
      return { ...answer, judgement: first.data, fields };
    },
  };
}

/** Claude says how sure it is of all fields alike. */
function asWhole(field: string, { confidence }: ModelAnswer): FieldConfidence {
  return { field, confidence, threshold: null, because: [] };
}

function repeated(input: JsonObject, repeats: readonly string[]): JsonObject {
  return Object.fromEntries(repeats.map((field) => [field, input[field] ?? null]));
}

/** @throws Error where what an agent takes or decides has no such list. */
function elementOf(schema: z.ZodType | null, list: string): z.ZodType<JsonObject> {
  const field = schema instanceof z.ZodObject ? schema.shape[list] : undefined;
  if (field instanceof z.ZodArray) return field.element as z.ZodType<JsonObject>;
  throw new Error(`There is no list ${list} that the agent is handed or answers`);
}
