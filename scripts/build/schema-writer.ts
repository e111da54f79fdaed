import type { BuildOptions, Metafile, Plugin } from 'esbuild';

/** The module of ours that writes JSON Schemas, as esbuild names it. */
const MODULE = 'shared/domain/json-schema-of.ts';
const WRITER = 'json-schema';

/**
 * Gives functions, in place of Zod's writer of JSON Schemas, a file of that beside the bundle, loaded when it is first asked.
 * Zod is one tree: whatever of it any part uses would stand in what every start loads. So the writer is bundled alone. It reads
 * schemas that another copy of Zod made, by what Zod keeps in them and by the registry that all copies share.
 */
export function schemaWriterLater(): Plugin {
  return {
    name: 'schema-writer-later',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]shared[\\/]domain[\\/]json-schema-of\.ts$/ }, () => ({ contents: LATER, loader: 'ts' }));
    },
  };
}

/** `require` takes modules, and unlike `import` has them at once. */
const LATER = [
  "import { createRequire } from 'node:module';",
  'const load = createRequire(import.meta.url);',
  `export const jsonSchemaOf = (...given) => load('./${WRITER}.mjs').jsonSchemaOf(...given);`,
].join('\n');

/** How the writer itself is bundled. @param options as all bundles are made */
export function writerOptions<T extends BuildOptions>(options: T) {
  return { ...options, entryPoints: { [WRITER]: MODULE }, outdir: 'dist' };
}

/** Whether anything in a bundle of these parts writes JSON Schemas. */
export function asksForWriter(outputs: Metafile['outputs']): boolean {
  return Object.values(outputs).some(({ inputs }) => MODULE in inputs);
}
