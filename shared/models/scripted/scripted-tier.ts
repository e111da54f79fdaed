import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, Reading } from '../../contracts/index.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import type { Assets, Question } from '../../ports/index.ts';
import { failedAnswer, type Tier, type TierAnswer } from '../answer.ts';
import { atOrNull, fillIn, type Scope, ScriptMisfit } from './fill-in.ts';
import { parseScript, type Script, type ScriptedTurn } from './script.ts';

/** Stands wherever the model of a turn is named. */
export const SCRIPTED_MODEL = 'scripted (no model: plays written turns)';

export interface ScriptedPorts {
  readonly assets: Assets;
  /** Whether this deployment may play scripts: it says so, and no model is configured. Asked for every turn. */
  readonly mayPlay: () => Promise<boolean>;
}

/**
 * Plays the turns that were written beforehand, in `scripted.json` beside the workflow, for trying it out where there is no
 * model. It reads the sources for real and takes over what they give. It is sure of nothing: each of its answers carries a
 * doubt, so it never decides alone. Null where it may not play, or the workflow brings no script. A request that no turn was
 * written for, or sources that say something else, are a failed answer: a person decides.
 */
export function scriptedTier({ assets, mayPlay }: ScriptedPorts): Tier {
  return async (question) => {
    if (!(await mayPlay())) return null;
    const script = await scriptOf(assets, question.workflow.id);
    if (script === null) return null;
    const scope = { input: question.input, handOver: question.handOver ?? {} };
    const turn = script.turns.find(({ agent, when }) => agent === question.agent.id && holds(when, scope));
    if (turn === undefined) return failed(`No turn is written for this: the script knows ${script.knows}.`);
    return play(turn, question, scope);
  };
}

function failed(problem: string): TierAnswer {
  return failedAnswer('scripted', SCRIPTED_MODEL, `No model is configured. ${problem}`);
}

/** @throws Error where the file is there and is no script. */
async function scriptOf(assets: Assets, workflow: string): Promise<Script | null> {
  const bytes = await assets.read(`agents/${workflow}/scripted.json`);
  return bytes === null ? null : parseScript(new TextDecoder().decode(bytes));
}

function holds(when: ScriptedTurn['when'], scope: Scope): boolean {
  return Object.entries(when).every(([path, wanted]) => {
    const found = atOrNull(path, scope);
    return isWords(wanted) ? hasWords(found, wanted.has) : isDeepStrictEqual(found, wanted);
  });
}

function isWords(wanted: Json | { has: string[] }): wanted is { has: string[] } {
  return wanted !== null && typeof wanted === 'object' && !Array.isArray(wanted) && Array.isArray(wanted['has']);
}

function hasWords(found: Json, words: readonly string[]): boolean {
  return typeof found === 'string' && words.every((word) => found.toLowerCase().includes(word.toLowerCase()));
}

async function play(turn: ScriptedTurn, question: Question, scope: Scope): Promise<TierAnswer> {
  const { agent, lookUp } = question;
  try {
    const { read, sources } = await readAll(turn, lookUp, scope);
    const says = agent.judgement.safeParse(fillIn(turn.says, { ...scope, read }));
    if (!says.success) return failed(`What is written for ${agent.title} does not fit what was read.`);
    return answer(says.data, turn, sources, question);
  } catch (error) {
    if (error instanceof ScriptMisfit)
      return failed(`What is written for ${agent.title} does not fit what was read: ${error.message}.`);
    throw error;
  }
}

async function readAll(
  turn: ScriptedTurn,
  lookUp: Question['lookUp'],
  scope: Scope,
): Promise<{ readonly read: JsonObject; readonly sources: readonly string[] }> {
  const read: Record<string, Json> = {};
  for (const { as, source, asked, for: items } of turn.reads) {
    const known = { ...scope, read };
    const list = items === undefined ? null : fillIn(items, known);
    if (list !== null && !Array.isArray(list)) throw new ScriptMisfit(`there is no list to read ${source} for`);
    const calls = (list ?? [null]).map((one) => ({ source, asked: fillIn(asked, { ...known, one }) }));
    const data = (await lookUp.read(calls)).map((reading) => dataOf(source, reading));
    read[as] = list === null ? (data[0] ?? null) : list.map((of, at) => ({ of, data: data[at] ?? null }));
  }
  return { read, sources: [...new Set(turn.reads.map(({ source }) => source))] };
}

function dataOf(source: string, reading: Reading | null): Json {
  if (reading !== null && reading.status !== 'failed') return reading.data;
  throw new ScriptMisfit(`${source} could not be read (${reading?.problems.join(', ') ?? 'no readings left'})`);
}

function answer(
  judgement: JsonObject,
  { because }: ScriptedTurn,
  sources: readonly string[],
  { agent, notes }: Question,
): TierAnswer {
  const told = notes.length === 0 ? [] : ['A person told more than a script can take in.'];
  return {
    ...{ status: 'answered', tier: 'scripted', model: SCRIPTED_MODEL, judgement, confidence: 0 },
    fields: Object.keys(judgement).map((field) => ({ field, confidence: 0, threshold: null, because: [] })),
    reasons: [...because],
    doubts: [`${agent.title}: no model was asked; a script played a turn that was written beforehand.`, ...told],
    usage: NO_USAGE,
    cites: agent.sources.length === 0 ? null : [...sources],
    attempts: [],
    cap: null,
  };
}
