/** What could not be handled after all tries, and waits for a person to look at it. */
export interface DeadLetters {
  /**
   * Looks at each of them once. What it is to become: `keep` lies there as before, and a text stands in its place.
   * @throws TooManyLettersError, before any is changed, where there are more than one call can look at
   */
  lookThrough(judge: (text: string) => LetterFate): Promise<void>;
}

export type LetterFate = 'keep' | 'remove' | { readonly replaceBy: string };

export class TooManyLettersError extends Error {
  override readonly name = 'TooManyLettersError';

  constructor(most: number) {
    super(`There are more than ${most} dead letters: set them going again, or remove them, and say it once more`);
  }
}
