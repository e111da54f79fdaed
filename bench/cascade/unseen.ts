import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import type { TierAnswer } from '../../shared/models/answer.ts';
import { type Example, serialise, train } from '../../shared/models/learned/index.ts';
import { learnedInput } from '../../shared/models/learned-input.ts';
import { learnedTier } from '../../shared/models/learned-tier.ts';
import type { Question } from '../../shared/ports/index.ts';

/** One labelled case, with what a learned model says of it that was trained on others. */
export interface UnseenCase {
  readonly question: Question;
  readonly expected: JsonObject;
  readonly learned: TierAnswer;
  /** By the rule of the cascade: at or above every threshold, and without a doubt. */
  readonly isDecided: boolean;
  readonly isRight: boolean;
}

const FOLDS = 5;

type Facts = Parameters<typeof learnedInput>[1];

/** The workflow's examples in five parts; each is judged by a model of the other four. */
export async function unseenCases(workflow: Workflow): Promise<readonly UnseenCase[]> {
  const lines = readFileSync(`agents/${workflow.id}/examples.jsonl`, 'utf8').split('\n');
  const examples = lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Example);
  const cases: UnseenCase[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const seen = examples.filter((_, at) => at % FOLDS !== fold);
    const taught = seen.map((example) => ({ ...example, input: learnedInput(workflow, example.input as Facts) }));
    const bytes = serialise(train(taught, workflow.learned));
    const tier = learnedTier({ read: async () => bytes });
    for (const example of examples.filter((_, at) => at % FOLDS === fold))
      cases.push(await judged(workflow, example, tier));
  }
  return cases;
}

async function judged(workflow: Workflow, example: Example, tier: ReturnType<typeof learnedTier>): Promise<UnseenCase> {
  const question = questionOf(workflow, example.input as Facts);
  const learned = await tier(question, { rule: { tier: 'learned' }, earlier: [] });
  if (learned === null) throw new Error(`${workflow.id} has no learned model`);
  const expected = expectedOf(question.agent, example.expected as JsonObject);
  const isDecided = learned.doubts.length === 0 && learned.confidence >= workflow.rollout.minimumConfidence;
  const isRight = Object.entries(expected).every(([field, value]) => learned.judgement?.[field] === value);
  return { question, expected, learned, isDecided, isRight };
}

/** One agent of several decides some of the fields that are labelled. */
function expectedOf({ decides }: Question['agent'], expected: JsonObject): JsonObject {
  if (!(decides instanceof z.ZodObject)) return expected;
  return Object.fromEntries(Object.entries(expected).filter(([field]) => Object.hasOwn(decides.shape, field)));
}

function questionOf(workflow: Workflow, { input, sources }: Facts): Question {
  const [agent] = workflow.agents;
  if (agent === undefined) throw new Error(`${workflow.id} has no agent`);
  const readings = Object.entries(sources).map(([source, data]) => ({
    ...{ source, status: 'complete' as const, readAtMs: 0, tookMs: 0, problems: [] },
    data: data ?? null,
  }));
  return {
    ...{ workflow, agent, input, readings, notes: [] },
    lookUp: { sources: [], left: 0, read: async () => [] },
    minimumConfidence: workflow.rollout.minimumConfidence,
    past: async () => [],
    deadlineMs: Date.now() + 600_000,
    purse: { reserve: async () => ({ kind: 'reserved', settle: async () => undefined }) },
  };
}
