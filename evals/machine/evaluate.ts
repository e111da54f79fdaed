import * as z from 'zod';
import { EvaluationId } from '../../shared/contracts/index.ts';
import { operation } from '../../shared/operations/operation.ts';
import type { EvaluatePorts } from './evaluate-ports.ts';
import type { Planned } from './plan-evaluation.ts';
import type { runSlice } from './run-slice.ts';
import type { Summed } from './sum-up-evaluation.ts';

const of = { evaluationId: EvaluationId };

export const EvaluateStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('plan'), ...of }),
  z.object({ step: z.literal('train'), ...of, fold: z.int() }),
  z.object({ step: z.literal('slice'), ...of, slice: z.int() }),
  /** `problem`: what ended it early, for people. */
  z.object({ step: z.literal('sum-up'), ...of, attempt: z.int(), problem: z.string().nullable() }),
]);

type Done = Planned | Summed | Awaited<ReturnType<typeof runSlice>> | { readonly fold: number };

/**
 * The steps of the state machine `evaluation`. Each may be repeated: what is there already is not made again. Each is
 * loaded as it is called: who runs a slice needs neither the trainer nor the report.
 */
export const evaluate = operation({
  name: 'evaluate',
  input: EvaluateStep,
  async run(ports: EvaluatePorts, step): Promise<Done> {
    const { evaluationId: id } = step;
    switch (step.step) {
      case 'plan': {
        const { planEvaluation } = await import('./plan-evaluation.ts');
        return planEvaluation(ports, id);
      }
      case 'train': {
        const { trainFold } = await import('./train-fold.ts');
        await trainFold(ports, id, step.fold);
        return { fold: step.fold };
      }
      case 'slice': {
        const { runSlice: run } = await import('./run-slice.ts');
        return run(ports, id, step.slice);
      }
      case 'sum-up': {
        const { sumUpEvaluation } = await import('./sum-up-evaluation.ts');
        return sumUpEvaluation(ports, { id, attempt: step.attempt, problem: step.problem });
      }
    }
  },
});
