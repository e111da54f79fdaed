import type { Json, JsonObject, Reading } from '../contracts/index.ts';
import { type Mask, maskOf, personalFields } from '../domain/masking.ts';
import type { LookUp, Question } from '../ports/index.ts';
import type { TierAnswer } from './answer.ts';

/** The mask of a case, for a model that is not the account's own. */
export function maskFor({ workflow, agent, input }: Question): Mask {
  return maskOf(input, personalFields(workflow.input), agent.needs);
}

/** The case as such a model may see it. What it wants to read is asked for with the real values. */
export function maskedQuestion(question: Question, mask: Mask): Question {
  const { input, readings, notes, lookUp } = question;
  return {
    ...question,
    input: mask.hide(input),
    readings: readings.map((reading) => hiddenReading(mask, reading)),
    notes: notes.map((note) => ({ ...note, text: mask.hide(note.text) })),
    lookUp: maskedLookUp(lookUp, mask),
  };
}

/** What other tiers said of the case; labels and past cases of the learned model hold no text. */
export function maskedAnswer(mask: Mask, answer: TierAnswer): TierAnswer {
  const { judgement, reasons, doubts } = answer;
  return {
    ...answer,
    judgement: judgement === null ? null : (mask.hide(judgement) as JsonObject),
    reasons: reasons.map((reason) => mask.hide(reason)),
    doubts: doubts.map((doubt) => mask.hide(doubt)),
  };
}

function maskedLookUp(lookUp: LookUp, mask: Mask): LookUp {
  return {
    sources: lookUp.sources,
    get left() {
      return lookUp.left;
    },
    read: async (calls) => {
      const read = await lookUp.read(calls.map(({ source, asked }) => ({ source, asked: mask.bringBack(asked) })));
      return read.map((reading) => (reading === null ? null : hiddenReading(mask, reading)));
    },
  };
}

function hiddenReading(mask: Mask, reading: Reading): Reading {
  const problems = reading.problems.map((problem) => mask.hide(problem));
  return { ...reading, problems, data: mask.hide(reading.data as Json) };
}
