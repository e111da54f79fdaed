import type { DeadLetters, LetterFate } from '../../shared/ports/index.ts';

/** What could not be handled, in memory. */
export class MemoryDeadLetters implements DeadLetters {
  texts: readonly string[] = [];

  async lookThrough(judge: (text: string) => LetterFate): Promise<void> {
    this.texts = this.texts.flatMap((text) => {
      const fate = judge(text);
      if (fate === 'keep') return [text];
      return fate === 'remove' ? [] : [fate.replaceBy];
    });
  }
}
