import type { Metafile } from 'esbuild';
import { REGISTRY, WORKFLOWS_FOLDER } from './lazy-workflows.ts';

type Outputs = Metafile['outputs'];

/** The bundle of a function, as esbuild calls it. */
export function bundleOf(name: string): string {
  return `dist/${name}/index.mjs`;
}

/** What a function is loaded with: its bundle, and the parts that this imports. */
export function partsAtStart(name: string, outputs: Outputs): readonly string[] {
  return [...reachedFrom([bundleOf(name)], outputs, (kind) => kind === 'import-statement')];
}

/** What a function may come to load. The workflows are among it only where it asks for any. */
export function partsOf(name: string, outputs: Outputs): ReadonlySet<string> {
  const own = reachedFrom([bundleOf(name)], outputs);
  const asks = [...own].some((path) =>
    Object.keys(outputs[path]?.inputs ?? {}).some((input) => REGISTRY.test(`/${input}`)),
  );
  if (!asks) return own;
  const workflows = Object.keys(outputs).filter((path) => path.startsWith(`dist/${name}/${WORKFLOWS_FOLDER}/`));
  return reachedFrom([...own, ...workflows], outputs);
}

function reachedFrom(
  starts: readonly string[],
  outputs: Outputs,
  isFollowed: (kind: string) => boolean = () => true,
): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const path of reached) {
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (external !== true && isFollowed(kind)) reached.add(next);
    }
  }
  return reached;
}
