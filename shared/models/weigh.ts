import type { TierRule } from '../authoring/index.ts';
import { type FieldConfidence, type PastOpinion, WHOLE_DECISION } from '../contracts/index.ts';
import { confidenceAt, curveOf, FEWEST_JUDGED } from '../domain/calibration.ts';
import type { Question } from '../ports/index.ts';
import type { TierAnswer } from './answer.ts';

/**
 * What an answer's confidence counts for, and why it may not decide. A model of Claude is believed as often as people
 * agreed with it where it was as sure as now: its own word is an input of that, and counts for nothing by itself.
 */
export async function weighed(question: Question, rule: TierRule, said: TierAnswer): Promise<TierAnswer> {
  // A script is sure of nothing, and nobody can measure it.
  if (said.judgement === null || rule.tier === 'scripted') return said;
  const answer = rule.tier === 'learned' ? stricter(said, rule) : await measured(question, rule, said);
  const suggestOnly = rule.mayDecide === false ? [`The ${rule.tier} model only advises here: others decide.`] : [];
  return { ...answer, doubts: [...answer.doubts, ...suggestOnly] };
}

/** The thresholds that its examples support stay; a builder can ask for more. */
function stricter(said: TierAnswer, { thresholds = {} }: TierRule): TierAnswer {
  const fields = said.fields.map((field) => {
    const wanted = Object.hasOwn(thresholds, field.field) ? (thresholds[field.field] ?? 0) : 0;
    return field.threshold === null || wanted <= field.threshold ? field : { ...field, threshold: wanted };
  });
  const below = fields.filter(
    ({ confidence, threshold }, at) => threshold !== said.fields[at]?.threshold && confidence < (threshold ?? 1),
  );
  return { ...said, fields, doubts: [...said.doubts, ...below.map(belowWords)] };
}

async function measured(question: Question, rule: TierRule, said: TierAnswer): Promise<TierAnswer> {
  const stated = said.confidence;
  const past = await pastOf(question, said);
  const worth = (field: string): Worth => worthOf(past, field, stated, rule.unmeasuredConfidence ?? 0);
  const whole = worth(WHOLE_DECISION);
  const fields = said.fields.map((one): FieldConfidence => {
    const threshold = rule.thresholds?.[one.field] ?? question.minimumConfidence;
    // People never see a field that the decision leaves out; it is as good as the whole.
    const isSeen = past.some(({ field }) => field === one.field);
    const { confidence } = isSeen ? worth(one.field) : whole;
    return { ...one, confidence, threshold };
  });
  const below = fields.filter(({ confidence, threshold }) => !(confidence >= (threshold ?? 1)));
  const doubts =
    whole.isMeasured || rule.unmeasuredConfidence !== undefined ? below.map(belowWords) : [unmeasured(rule, past)];
  return {
    ...said,
    confidence: whole.confidence,
    fields,
    doubts: [...said.doubts, ...doubts],
  };
}

interface Worth {
  readonly confidence: number;
  readonly isMeasured: boolean;
}

function worthOf(past: readonly PastOpinion[], field: string, stated: number, unmeasuredConfidence: number): Worth {
  const curve = curveOf(past.filter((one) => one.field === field));
  const confidence = confidenceAt(curve, stated);
  if (confidence !== null) return { confidence, isMeasured: true };
  return { confidence: Math.min(stated, unmeasuredConfidence), isMeasured: false };
}

/** Of this very model in this tier. What cannot be read is taken for nothing: a person decides then. */
async function pastOf({ past }: Question, { tier, model }: TierAnswer): Promise<readonly PastOpinion[]> {
  const all = await past().catch((): readonly PastOpinion[] => []);
  return all.filter((one) => one.tier === tier && one.model === model);
}

function unmeasured({ tier }: TierRule, past: readonly PastOpinion[]): string {
  const judged = past.filter(({ field }) => field === WHOLE_DECISION).length;
  return `How far ${tier} can be relied on is not known yet: people have judged ${judged} of the ${FEWEST_JUDGED} answers that it takes.`;
}

function belowWords({ field, confidence, threshold }: FieldConfidence): string {
  return `${field}: ${percent(confidence)} is below the ${percent(threshold ?? 1)} that it takes to decide alone`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
