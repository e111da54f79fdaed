import type { ModelAnswer, Models, Question } from '../../shared/ports/index.ts';

/** One answer of the models: given, broken, or never coming. */
export type ModelStep = ModelAnswer | { readonly breaks: string } | 'hangs';

/** Plays the given answers in order and fails when it is asked for one more. */
export class MemoryModels implements Models {
  readonly questions: Question[] = [];
  readonly #steps: ModelStep[];

  constructor(steps: readonly ModelStep[]) {
    this.#steps = [...steps];
  }

  async judge(question: Question): Promise<ModelAnswer> {
    this.questions.push(question);
    const step = this.#steps.shift();
    if (step === undefined) throw new Error('the script has no answer left');
    if (step === 'hangs') return new Promise(() => undefined);
    if ('breaks' in step) throw new Error(step.breaks);
    return step;
  }
}
