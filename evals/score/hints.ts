import { card, readArtefact } from '../../shared/models/learned/index.ts';
import type { FieldHint } from './failures.ts';

/** What the training of a learned model says of each field; nothing where there is no model. */
export function hintsFrom(bytes: Uint8Array | null): Record<string, FieldHint> {
  if (bytes === null) return {};
  return Object.fromEntries(
    card(readArtefact(bytes)).fields.map(({ name, missingExamples, learningCurve }) => {
      const [last, before] = [learningCurve.at(-1), learningCurve.at(-2)];
      const lastGain = last === undefined || before === undefined ? null : last.accuracy - before.accuracy;
      return [name, { missingExamples, lastGain }];
    }),
  );
}
