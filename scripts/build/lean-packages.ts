import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loader, Plugin, PluginBuild } from 'esbuild';
import { inProject } from '../command/project.ts';
import { NO_OTHER_KEYS, NO_TRACES } from './lean/claude-parts.ts';
import { advisedErrors, type IsKept, leanSchemas } from './lean/sdk-schemas.ts';
import { leanZod } from './lean/zod-schemas.ts';

/**
 * Leaves out what packages bring along and no function can reach, where the bundler cannot see that by itself. What is
 * left behaves as before. A package that no longer looks as expected stops the build.
 */
export function leanPackages(): Plugin {
  return {
    name: 'lean-packages',
    setup(build) {
      for (const lean of LEAN) rewrite(build, lean);
    },
  };
}

interface Lean {
  readonly files: RegExp;
  readonly loader: Loader;
  readonly text: (source: string, path: string) => string;
}

const LEAN: readonly Lean[] = [
  { files: /client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/, loader: 'js', text: schemasOf },
  { files: /zod\/v4\/classic\/schemas\.js$/, loader: 'js', text: leanZod },
  // A client says its version to the service, and takes its whole package.json along to do so.
  { files: /@aws-sdk\/client-[\w-]+\/package\.json$/, loader: 'json', text: versionOnly },
  // DynamoDB's client makes a store for endpoints that must be asked for first. No operation of DynamoDB has one.
  { files: /@aws-sdk\/endpoint-cache\/dist-es\/EndpointCache\.js$/, loader: 'js', text: () => NO_ENDPOINTS },
  { files: /@opentelemetry\/api\/dist\/index\.mjs$/, loader: 'js', text: () => NO_TRACES },
  { files: /@anthropic-ai\/sdk\/lib\/credentials\/credential-chain\.mjs$/, loader: 'js', text: () => NO_OTHER_KEYS },
  // The client of MCP checks answers by the server's own schemas; ours are checked by the connector's.
  {
    files: /@modelcontextprotocol\/sdk\/dist\/esm\/validation\/ajv-provider\.js$/,
    loader: 'js',
    text: () => NO_VALIDATOR,
  },
];

const NO_VALIDATOR = 'export class AjvJsonSchemaValidator {}';
const NO_ENDPOINTS = 'export class EndpointCache {}';

function rewrite(build: PluginBuild, { files, loader, text }: Lean): void {
  build.onLoad({ filter: files }, ({ path }) => ({ contents: text(readFileSync(path, 'utf8'), path), loader }));
}

function schemasOf(source: string, path: string): string {
  const errors = readFileSync(join(path, '..', '..', 'models', 'errors.js'), 'utf8');
  return leanSchemas(source, keptErrors(errors));
}

/** Those that our own code tells apart by their class, and those that the client treats in a way of their own. */
function keptErrors(errors: string): IsKept {
  const advised = new Set(advisedErrors(errors));
  const files = globSync('shared/aws/**/*.ts', { cwd: inProject() });
  const words = new Set(files.flatMap((file) => readFileSync(inProject(file), 'utf8').match(/\w+/g) ?? []));
  return (name) => advised.has(name) || words.has(name);
}

function versionOnly(manifest: string): string {
  const { version } = JSON.parse(manifest) as { readonly version: string };
  return JSON.stringify({ version });
}
