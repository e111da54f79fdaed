import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import type { BuildFailure, BuildOptions, BuildResult, Metafile, Plugin } from 'esbuild';
import type { Workflow } from '../../shared/authoring/index.ts';
import { Problem } from '../command/problem.ts';
import { inProject, projectRoot } from '../command/project.ts';
import { partsAtStart, partsOf } from './bundle-parts.ts';
import { lazyWorkflows, WORKFLOWS_FOLDER, type WorkflowFile, workflowFiles } from './lazy-workflows.ts';
import { leanPackages } from './lean-packages.ts';
import { loadWorkflows } from './load-workflows.ts';
import { asksForWriter, schemaWriterLater, writerOptions } from './schema-writer.ts';
import { usedConnectors } from './used-connectors.ts';

export interface Bundle {
  readonly name: string;
  /** Of what a start loads. */
  readonly bytes: number;
}

/** What is in each bundle, as esbuild tells it. */
export const WRITTEN = inProject('dist', '.maps', 'written.json');

/**
 * Bundles every function to dist/<name>/index.mjs. Beside it stand its workflows, a file each, and what it loads only when
 * it comes to need it. Source maps go to dist/.maps, where the stack does not see them: they are for people who read a stack
 * trace, and are not deployed.
 */
export async function bundleFunctions(names: readonly string[]): Promise<Bundle[]> {
  // The bundler frees memory less often: it is done in half the time.
  process.env['GOGC'] ??= '400';
  const esbuild = await import('esbuild');
  try {
    const files = await workflowFiles(await loadWorkflows());
    const turn: Turn = { name: '' };
    const writer = await esbuild.build(writerOptions(bundleOptions([])));
    // One after the other in one context, which reads and parses each file once.
    const context = await esbuild.context(inParts(turn, files));
    const written: Written[] = [];
    for (const name of names) {
      turn.name = name;
      written.push(write(name, await context.rebuild(), writer));
    }
    await context.dispose();
    const outputs: Metafile['outputs'] = Object.assign({}, ...written.map((bundle) => bundle.outputs));
    writeFileSync(WRITTEN, JSON.stringify({ outputs }));
    return written.map(({ name, bytes }) => ({ name, bytes }));
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const messages = await esbuild.formatMessages(error.errors, { kind: 'error', color: process.stderr.isTTY });
    throw new Problem(messages.join('').trimEnd(), { cause: error });
  } finally {
    await esbuild.stop();
  }
}

/** The function that is bundled next. */
interface Turn {
  name: string;
}

/** Stands for the function whose turn it is: a context keeps what it has parsed only while its entries have the same names. */
const IN_TURN = 'function-in-turn';

/** The function whose turn it is, beside its workflows and once what they share. */
function inParts(turn: Turn, files: readonly WorkflowFile[]) {
  const { plugins, entryPoints, ...options } = partOptions(files);
  const ofTurn: Plugin = {
    name: IN_TURN,
    setup: ({ onResolve }) => {
      onResolve({ filter: new RegExp(`^${IN_TURN}$`) }, () => ({ path: inProject('functions', `${turn.name}.ts`) }));
    },
  };
  return {
    ...options,
    plugins: [ofTurn, ...plugins],
    entryPoints: { index: IN_TURN, ...entryPoints },
    outdir: `dist/${IN_TURN}`,
  } satisfies BuildOptions;
}

/** How a function is bundled in parts: each workflow in a file of its own, and what is imported only when it is needed. */
export function partOptions(files: readonly WorkflowFile[]) {
  const { plugins, ...options } = bundleOptions([]);
  const workflows = files.map(({ id, path }) => [`${WORKFLOWS_FOLDER}/${id}`, path]);
  return {
    ...options,
    plugins: [lazyWorkflows(files), schemaWriterLater(), ...plugins],
    entryPoints: Object.fromEntries(workflows) as Readonly<Record<string, string>>,
    splitting: true,
    chunkNames: '[name]-[hash]',
    // Maps lie one folder deeper than what they are of.
    sourceRoot: '..',
    // What is loaded with `require` may not wait.
    supported: { 'top-level-await': false },
  } satisfies BuildOptions;
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
    plugins: [leanPackages(), usedConnectors(workflows)] as Plugin[],
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    logLevel: 'silent',
    write: false,
  } satisfies BuildOptions;
}

interface Written extends Bundle {
  readonly outputs: Metafile['outputs'];
}

type Result = BuildResult<{ write: false; metafile: true }>;

function write(name: string, { outputFiles, metafile }: Result, writer: Result): Written {
  const all = named(name, metafile);
  const needed = partsOf(name, all);
  for (const { path, contents } of outputFiles) {
    const output = relative(projectRoot, path).replace(IN_TURN, name);
    if (!needed.has(output.replace(/\.map$/, ''))) continue;
    const target = output.endsWith('.map') ? inProject('dist', '.maps', relative('dist', output)) : inProject(output);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }
  const outputs = Object.fromEntries(Object.entries(all).filter(([path]) => needed.has(path)));
  if (asksForWriter(outputs))
    for (const { path, contents } of writer.outputFiles) writeFileSync(writerPath(name, path), contents);
  const bytes = partsAtStart(name, outputs).reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { name, bytes, outputs };
}

/** Beside the bundle, as all that it may come to load. */
function writerPath(name: string, path: string): string {
  return inProject('dist', ...(path.endsWith('.map') ? ['.maps'] : []), name, basename(path));
}

/** What was written, by where it goes. */
function named(name: string, { outputs }: Metafile): Metafile['outputs'] {
  return JSON.parse(JSON.stringify(outputs).replaceAll(`dist/${IN_TURN}/`, `dist/${name}/`));
}
function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error;
}
