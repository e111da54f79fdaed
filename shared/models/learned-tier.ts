import * as z from 'zod';
import { JsonObject } from '../contracts/index.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { Assets, HistoryStore, Question } from '../ports/index.ts';
import type { HandOn, Tier, TierAnswer } from './answer.ts';
import { confirmedFor, scoredWith } from './confirmed-cases.ts';
import { type LearnedModel, load, type Scored } from './learned/index.ts';
import { answerForEach } from './learned-each.ts';
import { learnedInput } from './learned-input.ts';

/**
 * The tier that was trained on the workflow's own examples at build time: free, offline, calibrated. Null where a
 * workflow has none. `history`: what people confirmed since, for workflows that go on learning; without it, as in evaluations,
 * the same case gets the same answer at any time. @throws when the model cannot be read, or scores with what is no probability.
 */
export function learnedTier(assets: Assets, history?: HistoryStore | null): Tier {
  const models = new Map<string, Promise<LearnedModel | null>>();
  const modelOf = (workflow: string): Promise<LearnedModel | null> => {
    const known = models.get(workflow);
    if (known !== undefined) return known;
    const reading = readModel(assets, workflow);
    models.set(workflow, reading);
    // A read that failed is tried again with the next case.
    reading.catch(() => models.delete(workflow));
    return reading;
  };
  return async (question) => {
    const model = await modelOf(question.workflow.id);
    if (model === null) return null;
    const confirmed = await confirmedFor(history ?? null, question, model);
    const score = (facts: Parameters<typeof learnedInput>[1]): Scored =>
      ownPart(question, checked(scoredWith(model, learnedInput(question.workflow, facts), confirmed)));
    const { each } = question.agent;
    if (each !== undefined) return answerForEach(question, each, score);
    const answer = answerOf(question, score(factsIn(question)));
    return { ...answer, doubts: [...confirmed.doubts, ...answer.doubts] };
  };
}

function factsIn({ input, readings }: Question): Parameters<typeof learnedInput>[1] {
  return { input, sources: Object.fromEntries(readings.map(({ source, data }) => [source, data])) };
}

async function readModel(assets: Assets, workflow: string): Promise<LearnedModel | null> {
  const bytes = await assets.read(`agents/${workflow}/learned.bin`);
  return bytes === null ? null : load(bytes);
}

function checked(scored: Scored): Scored {
  const confidences = [scored.confidence, ...Object.values(scored.fields).map(({ confidence }) => confidence)];
  if (confidences.every((confidence) => confidence >= 0 && confidence <= 1)) return scored;
  throw new RangeError('The learned model scored with what is no probability');
}

/**
 * One model is trained for all fields of a workflow; an agent that judges some of them answers for those. One that judges all
 * that are required is as sure as the model is of these together. For any other part they are right with the product of their
 * confidences, which is less than the least.
 */
function ownPart({ agent: { decides, each }, workflow: { learned } }: Question, scored: Scored): Scored {
  // Of an item it says all that was taught.
  if (each !== undefined) return scored;
  const own = decides instanceof z.ZodObject ? new Set(Object.keys(decides.shape)) : null;
  const fields = Object.entries(scored.fields).filter(([name]) => own === null || own.has(name));
  if (fields.length === Object.keys(scored.fields).length) return scored;
  const required = learned.fields.filter((field) => field.required !== false).map(({ name }) => name);
  if (
    required.length > 0 &&
    isSameSet(
      required,
      fields.map(([name]) => name),
    )
  ) {
    return { ...scored, fields: Object.fromEntries(fields) };
  }
  return {
    ...scored,
    fields: Object.fromEntries(fields),
    confidence: fields.reduce((all, [, { confidence }]) => all * confidence, 1),
    decides: scored.unknown.length === 0 && fields.length > 0 && fields.every(([, { passes }]) => passes),
  };
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}

function answerOf({ agent, workflow, readings, notes }: Question, scored: Scored): TierAnswer {
  const fields = Object.entries(scored.fields);
  const judgement = JsonObject.parse(Object.fromEntries(fields.map(([name, { value }]) => [name, value])));
  const isValid = agent.decides.safeParse(judgement).success;
  return {
    status: 'answered',
    tier: 'learned',
    model: `learned:${workflow.id}`,
    judgement: isValid ? asked(agent, judgement) : null,
    confidence: scored.confidence,
    fields: fields.map(([field, { confidence, threshold, because }]) => ({
      field,
      confidence,
      threshold,
      because: because.map(({ feature, weight }) => `${weight < 0 ? 'against: ' : ''}${feature}`),
    })),
    reasons: scored.nearest
      .slice(0, 3)
      .map(({ id, similarity }) => `like past case ${id} (${Math.round(similarity * 100)} %)`),
    doubts: [...toldMore(notes), ...doubtsOf(scored, isValid)],
    usage: NO_USAGE,
    // Its features are made of all that was read.
    cites: readings.filter(({ status }) => status !== 'failed').map(({ source }) => source),
    attempts: [],
    cap: null,
    handOn: handOn(scored),
  };
}

/** An agent with choices is asked for a form around what it decides; this model only ever decides. */
function asked({ hasChoice }: Question['agent'], judgement: JsonObject): JsonObject {
  return hasChoice ? { next: 'decide', judgement } : judgement;
}

/** Labels and past cases: no text of a stranger, and nothing personal. */
function handOn({ fields, nearest }: Scored): HandOn {
  const likely = Object.entries(fields).map(([name, { top }]) => [name, top] as const);
  const alike = nearest.map(({ similarity, expected }) => ({
    similarity: Math.round(similarity * 100) / 100,
    decision: JsonObject.parse(expected),
  }));
  return { likely: Object.fromEntries(likely), alike };
}

/** It answers as it did before, so that whoever told more decides by it. */
function toldMore(notes: Question['notes']): string[] {
  const people = [...new Set(notes.map(({ by }) => by))].join(', ');
  return people === '' ? [] : [`A person told more than this model can read: ${people}.`];
}

function doubtsOf(scored: Scored, isValid: boolean): string[] {
  if (!isValid) return ['The case is unlike anything that the learned model was taught.'];
  if (scored.decides) return [];
  const unsure = Object.entries(scored.fields)
    .filter(([, field]) => !field.passes)
    .map(([name, { threshold }]) =>
      threshold === null
        ? `${name}: too few examples to decide alone`
        : `${name}: below the confidence that it takes to decide alone`,
    );
  return [...scored.unknown, ...unsure];
}
