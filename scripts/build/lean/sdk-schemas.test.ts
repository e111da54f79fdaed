import { expect, test } from 'vitest';
import { advisedErrors, leanSchemas } from './sdk-schemas.ts';

const all = () => true;

test('spells out the keys of the tables', () => {
  const source = 'const _h = "http";\nexport var Send$ = [9, n0, _S, { [_h]: ["POST", "/", 200] }];';
  expect(leanSchemas(source, all)).toContain('{ "http": ["POST", "/", 200] }');
});

test('stops the build at a key that is no constant text', () => {
  expect(() => leanSchemas('const _h = key();\nvar a = { [_h]: 1 };', all)).toThrow(
    /a key _h that is no constant text/,
  );
});

test('registers the errors that are kept, and the general one', () => {
  const source = [
    '_s_registry.registerError(AllException$, AllException);',
    'n0_registry.registerError(Kept$, Kept);',
    'n0_registry.registerError(Gone$, Gone);',
  ].join('\n');
  expect(leanSchemas(source, (name) => name === 'Kept').match(/\w+(?=\);)/g)).toEqual(['AllException', 'Kept']);
});

test('finds the errors that the client tries again by their class', () => {
  const source = 'export class A extends Base {\n  $retryable = {};\n}\nexport class B extends Base {\n}\n';
  expect(advisedErrors(source)).toEqual(['A']);
});
