import type { ModelCard, WholeCard } from './card.ts';
import type { FieldCard } from './field-card.ts';
import type { LearningStep } from './learning-curve.ts';

/** The card in sentences, the whole first, then field by field. */
export function describe(card: ModelCard): string[] {
  return [
    `Learned from ${card.examples} examples; wants ${percent(card.target)} right where it decides alone.`,
    ...describeWhole(card.whole),
    ...card.fields.flatMap(describeField),
  ];
}

function describeWhole(whole: WholeCard): string[] {
  const right = `All required fields are right in ${percent(whole.accuracy)} of ${whole.rows} unseen examples.`;
  const alone =
    whole.coverage === null || whole.accuracyThere === null
      ? 'No case is decided alone yet: it suggests only.'
      : `It decides ${percent(whole.coverage)} of cases alone, and is right in ${percent(whole.accuracyThere)} of those.`;
  const scope = 'How many cases belong to no label is not known from the examples.';
  return [right, alone, ...(whole.outOfScopeShare === 'unknown' ? [scope] : [])];
}

function describeField(field: FieldCard): string[] {
  if (field.checkedOn === 'nothing') return [`${field.name}: ${describeUnchecked(field)}`];
  const interval = `${percent(field.accuracyFrom)} to ${percent(field.accuracyTo)}`;
  return [
    `${field.name}: right in ${percent(field.accuracy)} (${interval}) of ${field.examples} examples, checked on ${field.checkedOn}; ` +
      `confidence is off by ${(field.calibrationError * 100).toFixed(1)} points on average.`,
    describeThreshold(field),
    ...describeCurve(field.name, field.learningCurve),
    ...describeDoubtful(field),
    ...describeRare(field),
  ];
}

function describeUnchecked({ accuracy, examples, threshold }: FieldCard): string {
  if (accuracy === 0) return `cannot be learned from its ${examples} examples; leave it to a rule or a person.`;
  return `the ${examples} examples all say the same${threshold ? '' : ', too few to decide alone'}.`;
}

function describeThreshold({ name, threshold, target, missingExamples }: FieldCard): string {
  if (threshold) {
    const { coverage, accuracy, confidence } = threshold;
    return `${name}: decides ${percent(coverage)} alone (confidence from ${confidence.toFixed(2)}), ${percent(accuracy)} of them rightly.`;
  }
  const need =
    missingExamples === null
      ? 'more of the same examples would hardly change that'
      : `about ${missingExamples} more examples are missing`;
  return `${name}: suggests only, ${percent(target)} cannot be shown; ${need}.`;
}

function describeCurve(name: string, steps: readonly LearningStep[]): string[] {
  const [last, before] = [steps.at(-1), steps.at(-2)];
  if (!last || !before) return [];
  const points = steps.map(({ examples, accuracy }) => `${percent(accuracy)} with ${examples}`).join(', ');
  const gain = ((last.accuracy - before.accuracy) * 100).toFixed(1);
  return [`${name}: ${points}; the last doubling brought ${gain} points.`];
}

function describeDoubtful({ name, doubtfulValues }: FieldCard): string[] {
  if (doubtfulValues.length === 0) return [];
  return [`${name}: too often wrong to decide alone: ${doubtfulValues.join(', ')}.`];
}

function describeRare({ name, rareLabels }: FieldCard): string[] {
  if (rareLabels.length === 0) return [];
  return [`${name}: too few examples to decide alone: ${rareLabels.join(', ')}.`];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
