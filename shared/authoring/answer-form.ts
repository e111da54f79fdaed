import * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';

/** Agents to whom work or the case may be given, with what each takes; null for nothing. */
export type Reachable = readonly {
  readonly id: string;
  readonly title: string;
  readonly takes: z.ZodType<JsonObject> | null;
}[];

/** What an agent may do in place of deciding. */
export interface Choices {
  readonly delegates: Reachable;
  readonly handsTo: Reachable;
  readonly mayAsk: boolean;
}

const LONGEST_QUESTION = 500;

/** Whether there is anything that it may do in place of deciding. */
export function hasChoice({ delegates, handsTo, mayAsk }: Choices): boolean {
  return mayAsk || delegates.length + handsTo.length > 0;
}

/** What an agent with choices answers: `next` says which it takes. Names and hand-overs that do not fit are no answer. */
export function answerForm(decides: z.ZodType<JsonObject>, choices: Choices): z.ZodType<JsonObject> {
  const { delegates, handsTo, mayAsk } = choices;
  const forms: z.ZodType<JsonObject>[] = [z.strictObject({ next: z.literal('decide'), judgement: decides })];
  if (delegates.length > 0) {
    const turns = z.array(oneOf(delegates.map((one) => z.strictObject({ agent: named(one), handOver: taken(one) }))));
    forms.push(z.strictObject({ next: z.literal('delegate'), turns: turns.min(1).describe(DELEGATE) }));
  }
  for (const one of handsTo) {
    forms.push(z.strictObject({ next: z.literal('hand-over'), to: named(one), handOver: taken(one) }));
  }
  if (mayAsk) {
    const question = z.string().min(1).max(LONGEST_QUESTION).describe('One question to a person of the team');
    forms.push(z.strictObject({ next: z.literal('ask'), question }));
  }
  return oneOf(forms);
}

const DELEGATE = 'Work for agents that you lead, each at most once; they work side by side, and you get their results';

function named({ id, title }: Reachable[number]) {
  return z.literal(id).describe(title);
}

function taken({ takes }: Reachable[number]): z.ZodType<JsonObject> | z.ZodNull {
  return takes ?? z.null();
}

function oneOf<T extends z.ZodType>(forms: readonly T[]): T | z.ZodUnion<readonly T[]> {
  const [only] = forms;
  return only !== undefined && forms.length === 1 ? only : z.union(forms);
}
