import { expect, test } from 'vitest';
import { leanZod } from './zod-schemas.ts';

test('stops the build when Zod no longer looks as it did', () => {
  expect(() => leanZod('export const string = 1;')).toThrow(/Zod no longer has the code that the build leaves out/);
});
