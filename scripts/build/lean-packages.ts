import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Loader, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';
import { inProject } from '../command/project.ts';
import { NO_OTHER_KEYS, NO_TRACES } from './lean/claude-parts.ts';
import { endpointResolver, NOT_ON_LAMBDA, partitionsOf } from './lean/lambda-parts.ts';
import { advisedErrors, type IsKept, leanSchemas } from './lean/sdk-schemas.ts';
import { askedFormats, leanZod } from './lean/zod-schemas.ts';

/**
 * Leaves out what packages bring along and no function can reach, where the bundler cannot see that by itself. What is
 * left behaves as before. A package that no longer looks as expected stops the build.
 */
export function leanPackages(): Plugin {
  const rewritten = new Map<string, string>();
  return {
    name: 'lean-packages',
    setup(build) {
      for (const lean of LEAN) rewrite(build, lean, rewritten);
      build.onResolve({ filter: /^zod(\/|$)/ }, foreignSchemas);
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
  { files: /zod\/v4\/classic\/schemas\.js$/, loader: 'js', text: zodOf },
  // A client says its version to the service, and takes its whole package.json along to do so.
  { files: /@aws-sdk\/client-[\w-]+\/package\.json$/, loader: 'json', text: versionOnly },
  // DynamoDB's client makes a store for endpoints that must be asked for first. No operation of DynamoDB has one.
  { files: /@aws-sdk\/endpoint-cache\/dist-es\/EndpointCache\.js$/, loader: 'js', text: () => NO_ENDPOINTS },
  ...NOT_ON_LAMBDA.map(({ files, text }): Lean => ({ files, loader: 'js', text: () => text })),
  {
    files: /@aws-sdk\/client-[\w-]+\/dist-es\/endpoint\/endpointResolver\.js$/,
    loader: 'js',
    text: (source, path) => endpointResolver(path) ?? source,
  },
  { files: /util-endpoints\/lib\/aws\/partitions\.js$/, loader: 'js', text: partitionsOf },
  // Workflows are checked before they are bundled, and again as the stack is made of them.
  { files: /shared\/authoring\/workflow-problems\.ts$/, loader: 'js', text: () => NO_PROBLEMS },
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

const NO_PROBLEMS = 'export const workflowProblems = () => [];';

/** Each file once, however many builds there are. */
function rewrite(build: PluginBuild, { files, loader, text }: Lean, rewritten: Map<string, string>): void {
  build.onLoad({ filter: files }, ({ path }) => {
    const contents = rewritten.get(path) ?? text(readFileSync(path, 'utf8'), path);
    rewritten.set(path, contents);
    return { contents, loader };
  });
}

/** Stops the build at a package that makes schemas of its own with our Zod. */
function foreignSchemas({ importer }: OnResolveArgs): OnResolveResult | null {
  const owner = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(importer)?.[1];
  if (owner === undefined || owner === 'zod' || owner in WITH_SCHEMAS) return null;
  const text = `${owner} makes schemas with Zod: add its files to WITH_SCHEMAS in scripts/build/lean-packages.ts`;
  return { errors: [{ text }] };
}

function schemasOf(source: string, path: string): string {
  const errors = readFileSync(join(path, '..', '..', 'models', 'errors.js'), 'utf8');
  return leanSchemas(source, keptErrors(errors));
}

/** Packages that make schemas with Zod, and their files. */
const WITH_SCHEMAS: Readonly<Record<string, string>> = {
  '@modelcontextprotocol/sdk': 'node_modules/@modelcontextprotocol/sdk/dist/esm/**/*.js',
  'zod-to-json-schema': 'node_modules/zod-to-json-schema/dist/esm/**/*.js',
};

/** With the formats of texts that our own code and those packages ask for. */
function zodOf(source: string): string {
  const files = globSync(['{agents,functions,shared}/**/*.ts', ...Object.values(WITH_SCHEMAS)], {
    cwd: inProject(),
    exclude: (path) => path.endsWith('.test.ts'),
  });
  const asked = askedFormats(files.map((file) => readFileSync(inProject(file), 'utf8')).join('\n'));
  return leanZod(source, (format) => asked.has(format));
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
