import type { CaseResult } from '../run/result.ts';
import {
  expectedCalibrationError,
  type ReliabilityBin,
  reliabilityBins,
  type Stated,
} from '../statistics/reliability.ts';

/** Whether the confidence of one tier in one field means what it says. */
export interface FieldCalibration {
  /** Of the tier that answered last: what another said before it is not held against its answer. */
  readonly tier: string;
  readonly field: string;
  readonly answers: number;
  readonly error: number;
  readonly bins: readonly ReliabilityBin[];
}

/** Fewer answers than this make no curve. */
const FEWEST_ANSWERS = 20;

/** Stated confidence against what was right, tier by tier and field by field, of the answers that a decision came of. */
export function fieldCalibrations(answers: readonly CaseResult[]): FieldCalibration[] {
  const stated = answers.flatMap(statedOf);
  return [...Map.groupBy(stated, ({ tier, field }) => JSON.stringify([tier, field])).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined || own.length < FEWEST_ANSWERS) return [];
    const { tier, field } = first;
    return [{ tier, field, answers: own.length, error: expectedCalibrationError(own), bins: reliabilityBins(own) }];
  });
}

interface StatedField extends Stated {
  readonly tier: string;
  readonly field: string;
}

function statedOf({ by, fields, expected, wrongJudged }: CaseResult): StatedField[] {
  const tier = /\(([^()]*)\)$/.exec(by)?.[1] ?? by;
  return fields
    .filter(({ field }) => Object.hasOwn(expected, field))
    .map(({ field, confidence }) => ({ tier, field, confidence, isRight: !wrongJudged.includes(field) }));
}
