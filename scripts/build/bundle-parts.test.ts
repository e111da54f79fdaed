import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { partsAtStart, partsOf } from './bundle-parts.ts';

type Outputs = Metafile['outputs'];
type Output = Outputs[string];

describe('the parts of a bundle', () => {
  const outputs: Outputs = {
    ...part('index', { imports: [now('shared'), later('pages')], inputs: ['agents/index.ts'] }),
    ...part('shared', { imports: [now('deeper')] }),
    ...part('deeper', {}),
    ...part('pages', { imports: [now('deeper')] }),
    ...part('workflows/lead', { imports: [now('definitions')] }),
    ...part('definitions', {}),
    ...part('nobody', {}),
  };

  it('at a start are those that are imported at once, however far', () => {
    expect(partsAtStart('judge', outputs)).toEqual(paths('index', 'shared', 'deeper'));
  });

  it('in all are those that may be imported later, and the workflows with what they import', () => {
    const all = ['index', 'shared', 'pages', 'deeper', 'workflows/lead', 'definitions'];
    expect([...partsOf('judge', outputs)].toSorted()).toEqual(paths(...all).toSorted());
  });

  it('hold no workflow where none is asked for', () => {
    const index = part('index', {
      imports: [now('shared')],
      inputs: ['functions/judge.ts', 'test/agents/index.test.ts'],
    });
    expect([...partsOf('judge', { ...outputs, ...index })]).toEqual(paths('index', 'shared', 'deeper'));
  });
});

function path(name: string): string {
  return `dist/judge/${name}.mjs`;
}

function paths(...names: readonly string[]): string[] {
  return names.map(path);
}

function now(name: string): Output['imports'][number] {
  return { path: path(name), kind: 'import-statement' };
}

function later(name: string): Output['imports'][number] {
  return { path: path(name), kind: 'dynamic-import' };
}

function part(
  name: string,
  { imports = [], inputs = [] }: { imports?: Output['imports']; inputs?: string[] },
): Outputs {
  const from = Object.fromEntries(inputs.map((input) => [input, { bytesInOutput: 1 }]));
  return { [path(name)]: { bytes: 1, imports, exports: [], inputs: from } };
}
