import { Problem } from '../command/problem.ts';

const LIST = /(workflows: readonly Workflow\[\] = \[)([^\]]*)(\];)/;
const LAST_IMPORT = /^(?:import .*;\n)*import .*;\n/m;

/**
 * agents/index.ts with one more workflow.
 * @throws Problem where its list is not as it was left; it says what to write there by hand.
 */
export function registered(index: string, { id, exportName }: { id: string; exportName: string }): string {
  const line = `import { ${exportName} } from './${id}/workflow.ts';\n`;
  const imports = LAST_IMPORT.exec(index)?.[0];
  if (imports === undefined || !LIST.test(index)) {
    throw new Problem(
      `agents/index.ts has no list of workflows to add to: write there\n  ${line}and ${exportName} in the list.`,
    );
  }
  return index
    .replace(imports, () => `${imports}${line}`)
    .replace(LIST, (_all, before: string, known: string, after: string) => {
      const names = known.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
      return `${before}${[...names, exportName].join(', ')}${after}`;
    });
}
