import { createHash } from 'node:crypto';
import type { Artefact } from './artefact.ts';
import type { ModelCard, WholeCard } from './card.ts';
import { type Cases, prepareCases } from './cases.ts';
import { trainClassField } from './class-field.ts';
import type { Example, LearnedSpec } from './contract.ts';
import { fitFamiliarity } from './familiarity.ts';
import type { FieldTraining, TrainedField } from './field-training.ts';
import { findCrosses } from './find-crosses.ts';
import type { HistoryPlan } from './history-keys.ts';
import { checkJointly, type JointCheck } from './joint.ts';
import { indexCases } from './nearest.ts';
import { trainNumberField } from './number-field.ts';
import { FEWEST_OUT_OF_SCOPE } from './outcome.ts';
import { vectorizer, WHOLE } from './vectors.ts';
import { fitVocabulary } from './vocabulary.ts';

/**
 * Trains one model per field. The same examples and specification give the same artefact on the same Node version, whatever the
 * order of the examples.
 * @throws RangeError where there is no example or no field, or where two fields have one name.
 */
export function train(examples: readonly Example[], spec: LearnedSpec): Artefact {
  refuseUnusable(examples, spec);
  const found = findCrosses(examples, spec);
  const crosses = [...(spec.crosses ?? []), ...found.map(({ cross }) => cross)];
  const cases = prepareCases(examples, { ...spec, crosses });
  const vocabulary = fitVocabulary(cases.bags, Int32Array.from(cases.bags.keys()));
  const history = historyPlan(cases, spec);
  const trained = spec.fields.map((field) => trainField({ cases, field, spec, vocabulary, history, found }));
  const joint = checkJointly(trained, spec.target);
  const caseIds = cases.examples.flatMap(({ caseId }) => caseId ?? []);
  return {
    plan: cases.plan,
    vocabulary,
    fields: trained.map(({ model }) => model),
    joint,
    familiarity: fitFamiliarity(cases, spec),
    cases: indexCases(cases, spec.fields, vectorizer(vocabulary, WHOLE)),
    card: modelCard(cases, spec, trained, joint),
    ...(caseIds.length === 0 ? {} : { caseIds }),
  };
}

function trainField(training: FieldTraining): TrainedField {
  const { name, kind } = training.field;
  const values = training.cases.examples.map(({ expected }) => expected[name]);
  return kind === 'number' ? trainNumberField(training, values) : trainClassField(training, values);
}

function historyPlan({ plan }: Cases, { history }: LearnedSpec): HistoryPlan | null {
  if (!history) return null;
  const names = plan.paths.filter(({ kinds }) => kinds.includes('text')).map(({ path }) => path);
  return { keys: [...history.keys, []], names };
}

function modelCard(cases: Cases, spec: LearnedSpec, trained: readonly TrainedField[], joint: JointCheck): ModelCard {
  const digest = createHash('sha256')
    .update(JSON.stringify([cases.examples, spec]))
    .digest('hex');
  const fields = trained.map((one) => one.card);
  return { examples: cases.examples.length, digest, target: spec.target, fields, whole: wholeCard(joint, fields) };
}

function wholeCard({ rows, accuracy, calibrationError, accepted }: JointCheck, fields: ModelCard['fields']): WholeCard {
  return {
    rows,
    accuracy,
    calibrationError,
    coverage: accepted ? accepted.rows / rows : null,
    accuracyThere: accepted?.accuracy ?? null,
    bound: accepted?.bound ?? null,
    outOfScopeShare: fields.some(({ outOfScopeExamples }) => outOfScopeExamples >= FEWEST_OUT_OF_SCOPE)
      ? 'known'
      : 'unknown',
  };
}

function refuseUnusable(examples: readonly Example[], { fields }: LearnedSpec): void {
  if (examples.length === 0) throw new RangeError('There is no example to learn from');
  if (fields.length === 0) throw new RangeError('The specification names no field to learn');
  if (new Set(fields.map(({ name }) => name)).size < fields.length)
    throw new RangeError('Two fields have the same name');
}
