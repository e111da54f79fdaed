import * as z from 'zod';
import { EvaluationId } from '../../shared/contracts/index.ts';
import { operation } from '../../shared/operations/operation.ts';
import type { EvaluatePorts } from './evaluate-ports.ts';
import { type Planned, planEvaluation } from './plan-evaluation.ts';
import { runSlice } from './run-slice.ts';
import { type Summed, sumUpEvaluation } from './sum-up-evaluation.ts';
import { trainFold } from './train-fold.ts';

const of = { evaluationId: EvaluationId };

export const EvaluateStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('plan'), ...of }),
  z.object({ step: z.literal('train'), ...of, fold: z.int() }),
  z.object({ step: z.literal('slice'), ...of, slice: z.int() }),
  /** `problem`: what ended it early, for people. */
  z.object({ step: z.literal('sum-up'), ...of, attempt: z.int(), problem: z.string().nullable() }),
]);

type Done = Planned | Summed | Awaited<ReturnType<typeof runSlice>> | { readonly fold: number };

/** The steps of the state machine `evaluation`. Each may be repeated: what is there already is not made again. */
export const evaluate = operation({
  name: 'evaluate',
  input: EvaluateStep,
  async run(ports: EvaluatePorts, step): Promise<Done> {
    const { evaluationId: id } = step;
    switch (step.step) {
      case 'plan':
        return planEvaluation(ports, id);
      case 'train':
        await trainFold(ports, id, step.fold);
        return { fold: step.fold };
      case 'slice':
        return runSlice(ports, id, step.slice);
      case 'sum-up':
        return sumUpEvaluation(ports, { id, attempt: step.attempt, problem: step.problem });
    }
  },
});
