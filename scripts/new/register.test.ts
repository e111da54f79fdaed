import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '../command/project.ts';
import { registered } from './register.ts';

const NEW = { id: 'returns-desk', exportName: 'returnsDeskWorkflow' };

test('adds the import and the name to the list as it is', () => {
  const index = registered(readFileSync(inProject('agents', 'index.ts'), 'utf8'), NEW);
  expect(index).toContain("import { returnsDeskWorkflow } from './returns-desk/workflow.ts';\n");
  expect(index).toMatch(/workflows: readonly Workflow\[\] = \[[^\]]*, returnsDeskWorkflow\];/);
});

test.each([
  ['empty', '[]', '[returnsDeskWorkflow]'],
  ['of several lines', '[\n  a,\n  b,\n]', '[a, b, returnsDeskWorkflow]'],
])('adds to a list that is %s', (_what, list, expected) => {
  const index = `import type { Workflow } from './x.ts';\n\nexport const workflows: readonly Workflow[] = ${list};\n`;
  expect(registered(index, NEW)).toContain(`= ${expected};`);
});

test('says what to write where there is no such list', () => {
  expect(() => registered('export {};\n', NEW)).toThrow('write there\n  import { returnsDeskWorkflow }');
});
