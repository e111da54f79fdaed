import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../../command/project.ts';
import { askedFormats, leanZod } from './zod-schemas.ts';

const zod = readFileSync(inProject('node_modules/zod/v4/classic/schemas.js'), 'utf8');

test('stops the build when Zod no longer looks as it did', () => {
  expect(() => leanZod('export const string = 1;', () => true)).toThrow(
    /Zod no longer has the code that the build leaves out/,
  );
});

test('leaves out the formats of a text that nobody asks for, and no other', () => {
  const lean = leanZod(zod, (format) => format === 'uuid');
  expect(lean).toContain('this.check(core._uuid(ZodUUID, params))');
  expect(lean).not.toContain('this.check(core._jwt(ZodJWT, params))');
  expect(lean).toContain('checks.minLength(...args)');
});

test.each([
  ['const Id = z.string().uuid();', true],
  ['const Id = text.uuid();', true],
  ['const Id = z\n  .string()\n  .uuid();', true],
  ['const Id = z.uuid();', false],
  ['const Id = z\n  .uuid();', false],
])('sees whether a format is asked for by a method: %s', (program, isAsked) => {
  expect(askedFormats(program).has('uuid')).toBe(isAsked);
});
