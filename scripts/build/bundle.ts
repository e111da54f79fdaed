import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { BuildFailure, BuildOptions, BuildResult } from 'esbuild';
import type { Workflow } from '../../shared/authoring/index.ts';
import { Problem } from '../command/problem.ts';
import { inProject, projectRoot } from '../command/project.ts';
import { leanPackages } from './lean-packages.ts';
import { loadWorkflows } from './load-workflows.ts';
import { usedConnectors } from './used-connectors.ts';

export interface Bundle {
  readonly name: string;
  readonly bytes: number;
}

/** What is in each bundle, as esbuild tells it. */
export const WRITTEN = inProject('dist', '.maps', 'written.json');

/**
 * Bundles every function to dist/<name>/index.mjs in one esbuild pass. Source maps go to dist/.maps, where the stack
 * does not see them: they are for people who read a stack trace, and are not deployed.
 */
export async function bundleFunctions(names: readonly string[]): Promise<Bundle[]> {
  const esbuild = await import('esbuild');
  try {
    const result = await esbuild.build(bundleOptions(names));
    return write(result);
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const messages = await esbuild.formatMessages(error.errors, { kind: 'error', color: process.stderr.isTTY });
    throw new Problem(messages.join('').trimEnd(), { cause: error });
  } finally {
    await esbuild.stop();
  }
}

/** What the AWS clients load only when asked for it, and no function asks: it stays out of the bundles. */
const NOT_NEEDED = [
  // Lambda hands credentials over in the environment; these are the ways by file, login or server.
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/nested-clients',
  '@smithy/credential-provider-imds',
  // No operation that is called answers with a stream of events.
  '@smithy/core/event-streams',
];

/** How the functions of these names are bundled, with the connectors that the workflows use. */
export function bundleOptions(names: readonly string[], workflows: () => Promise<readonly Workflow[]> = loadWorkflows) {
  return {
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `functions/${name}.ts`])),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: NOT_NEEDED,
    plugins: [leanPackages(), usedConnectors(workflows)],
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    logLevel: 'silent',
    write: false,
  } satisfies BuildOptions;
}

function write({ outputFiles, metafile }: BuildResult<{ write: false; metafile: true }>): Bundle[] {
  const bundles: Bundle[] = [];
  for (const { path, contents } of outputFiles) {
    const name = basename(dirname(path));
    const isMap = path.endsWith('.map');
    const target = isMap ? inProject('dist', '.maps', `${name}.mjs.map`) : path;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
    if (!isMap) bundles.push({ name, bytes: contents.byteLength });
  }
  writeFileSync(WRITTEN, JSON.stringify({ outputs: metafile.outputs }));
  return bundles;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error;
}
