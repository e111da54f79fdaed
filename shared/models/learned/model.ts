import type { Artefact } from './artefact.ts';
import { type Bag, bagger } from './bag.ts';
import { applyCurve } from './confidence-curve.ts';
import type { Json, LearnedModel, MoreCases } from './contract.ts';
import { encoder } from './encoder.ts';
import { explainer } from './explain.ts';
import { NOTHING_KNOWN, unfamiliar } from './familiarity.ts';
import type { FieldModel } from './field-model.ts';
import { flatten } from './flatten.ts';
import type { JointCheck } from './joint.ts';
import { knownByMore, laterReason, withMoreCases } from './more-cases.ts';
import { nearestIn } from './nearest.ts';
import { rememberCase } from './remember.ts';
import { type FieldResult, type ReadCase, scoreField } from './score-field.ts';
import { type SparseVector, type View, vectorizer, WHOLE } from './vectors.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A model ready to score. Opening costs some milliseconds; keep it between cases. */
export function openModel(artefact: Artefact): LearnedModel {
  const { fields, joint, familiarity } = artefact;
  const read = caseReader(artefact);
  const nearest = nearestIn(artefact.cases, fields[0]?.name ?? '');
  return {
    caseIds: new Set(artefact.caseIds),
    score: (input, more = []) => {
      const known = read(input);
      const results = fields.map((field) => scoreWith(field, known, more));
      const unknown = unfamiliar(knownByMore(familiarity, more), known.emission, known.flat);
      return {
        fields: Object.fromEntries(results.map(({ name, scored }) => [name, scored])),
        decides: unknown.length === 0 && decidesJointly(joint, requiredOf(results)),
        confidence: wholeConfidence(joint, results, unknown),
        unknown,
        nearest: nearest(known.vectorFor(WHOLE)),
      };
    },
    remember: (input, expected) => rememberCase(fields, flatten(input), expected),
  };
}

function scoreWith(field: FieldModel, known: ReadCase, more: readonly MoreCases[]): FieldResult {
  if (more.length === 0) return scoreField(field, known);
  const result = scoreField(withMoreCases(field, more, known.flat), known);
  const { scored } = result;
  const because = [...laterReason(field.name, scored.value, more), ...scored.because];
  return { ...result, scored: { ...scored, because } };
}

function caseReader({ plan, vocabulary }: Artefact): (input: Json) => ReadCase {
  const encode = encoder(plan);
  const toBag = bagger();
  const viewed = viewer(vocabulary);
  const explaining = explainer(vocabulary);
  return (input) => {
    const flat = flatten(input);
    const emission = encode(flat);
    const bag = toBag(emission);
    return { flat, emission, vectorFor: (view) => viewed(view)(bag), explain: explaining(emission) };
  };
}

/** A case unlike the examples is at best as sure as the least sure of them, and not sure at all where nothing is known. */
function wholeConfidence(joint: JointCheck, results: readonly FieldResult[], unknown: readonly string[]): number {
  if (unknown.includes(NOTHING_KNOWN)) return 0;
  const confidence = applyCurve(joint.curve, productOf(requiredOf(results)));
  return unknown.length === 0 ? confidence : Math.min(confidence, joint.curve.calibrated[0] ?? 0);
}

function decidesJointly({ accepted }: JointCheck, required: readonly FieldResult[]): boolean {
  if (accepted === null || required.length === 0) return false;
  return required.every(({ scored }) => scored.passes) && productOf(required) >= accepted.value;
}

function productOf(required: readonly FieldResult[]): number {
  return required.reduce((product, { raw }) => product * raw, 1);
}

function requiredOf(results: readonly FieldResult[]): readonly FieldResult[] {
  return results.filter(({ isRequired }) => isRequired);
}

/** Returns the weighing for a view; fields with the same view share it. */
function viewer(vocabulary: Vocabulary): (view: View) => (bag: Bag) => SparseVector {
  const known = new Map<string, (bag: Bag) => SparseVector>();
  return (view) => {
    const key = `${view.categoryWeight} ${view.blocks?.join(' ') ?? 'all'}`;
    const toVector = known.get(key) ?? vectorizer(vocabulary, view);
    known.set(key, toVector);
    return toVector;
  };
}
