import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { deployedAssembly, type Template } from './deployment.ts';

/**
 * The synthesized stack with other workflows in its functions: `agents` is a file that takes the place of agents/index.ts.
 * Their ids must be those of the template, which is left as it is.
 */
export async function assemblyWith(agents: string): Promise<string> {
  const assembly = deployedAssembly();
  const template: Template = JSON.parse(readFileSync(join(assembly, 'Remit.template.json'), 'utf8'));
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const entryPoints = Object.fromEntries(
    functions.map(({ Properties }) => [
      `${assetOf(Properties)}/index`,
      `functions/${String(Properties['Description'])}.ts`,
    ]),
  );
  await build({
    ...{ entryPoints, outdir: assembly, outExtension: { '.js': '.mjs' }, allowOverwrite: true, logLevel: 'silent' },
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node24', mainFields: ['module', 'main'] },
    plugins: [inPlaceOfAgents(resolve(agents))],
  });
  return assembly;
}

/** The folder of a function's bundle, named by the hash that its object key in the deployment bucket has. */
function assetOf(properties: Readonly<Record<string, unknown>>): string {
  const { S3Key: key } = properties['Code'] as { readonly S3Key: string };
  return `asset.${key.replace(/\.zip$/, '')}`;
}

function inPlaceOfAgents(path: string): Plugin {
  return {
    name: 'in-place-of-agents',
    setup: ({ onResolve }) => {
      onResolve({ filter: /\/agents\/index\.ts$/ }, () => ({ path }));
    },
  };
}
