import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';
import { bundleOptions } from '../../scripts/build/bundle.ts';
import { functionNames } from '../../scripts/build/entries.ts';
import { inProject } from '../../scripts/command/project.ts';
import { deployedAssembly } from './deployment.ts';

/**
 * The synthesized stack with other workflows in its bundles: those of a module that stands in for agents/index.ts.
 * @param change of its template
 */
export async function assemblyWith(module: string, change: TemplateChange = () => undefined): Promise<string> {
  const names = functionNames();
  const options = bundleOptions(names, async () => (await import(inProject(module))).workflows);
  const { outputFiles } = await build({
    ...options,
    minify: false,
    sourcemap: false,
    plugins: [instead(inProject(module)), ...options.plugins],
  });
  await stop();
  const folders = new Map<string, string>();
  const assembly = deployedAssembly((template) => {
    change(template);
    for (const { Type: type, Properties } of Object.values(template.Resources)) {
      if (type !== 'AWS::Lambda::Function') continue;
      const { S3Key: key } = Properties['Code'] as { S3Key: string };
      folders.set(String(Properties['Description']), `asset.${key.replace(/\.zip$/, '')}`);
    }
  });
  for (const name of names) {
    const bundle = outputFiles.find(({ path }) => path.endsWith(`/${name}/index.mjs`));
    const folder = folders.get(name);
    if (bundle === undefined || folder === undefined) throw new Error(`there is no bundle of ${name}`);
    writeFileSync(join(assembly, folder, 'index.mjs'), bundle.contents);
  }
  return assembly;
}

type TemplateChange = NonNullable<Parameters<typeof deployedAssembly>[0]>;

function instead(path: string): Plugin {
  return {
    name: 'other-workflows',
    setup: ({ onResolve }) => onResolve({ filter: /\/agents\/index\.ts$/ }, () => ({ path })),
  };
}
