import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Json } from '../kernel/service.ts';
import { BootError } from './boot-error.ts';
import { exportersFirst } from './stack-order.ts';

/** The synthesized stacks of a folder, and where their assets lie. */
export interface Assembly {
  readonly folder: string;
  /** Null where the stacks were synthesized without an environment. */
  readonly accountId: string | null;
  readonly region: string | null;
  /** In the order in which they can be deployed: a stack comes after those that it imports from. */
  readonly stacks: readonly AssemblyStack[];
  /** The file or folder behind an asset's object key in the deployment bucket. Throws BootError when there is none. */
  readonly assetPath: (objectKey: string) => string;
}

export interface AssemblyStack {
  readonly name: string;
  readonly template: Template;
}

/**
 * Reads the stacks of a cdk.out folder. Throws BootError where the folder is missing, broken or holds none, and where its
 * stacks are for different places or import from each other in a circle.
 */
export function readAssembly(folder: string): Assembly {
  if (!existsSync(folder)) throw new BootError(`There is no folder ${folder}: synthesize the stack first.`);
  const entries = existsSync(join(folder, 'manifest.json')) ? stacksOfManifest(folder) : stacksByFileName(folder);
  const [first] = entries;
  if (first === undefined) throw new BootError(`The folder ${folder} holds no stack (no <Stack>.template.json).`);
  for (const other of entries) {
    if (other.accountId === first.accountId && other.region === first.region) continue;
    throw new BootError(`The stacks ${first.name} and ${other.name} in ${folder} are for different places.`);
  }
  const stacks = entries.map(({ name, templateFile }) => ({
    name,
    template: parseFile(join(folder, templateFile), Template),
  }));
  const assets = new Map(stacks.flatMap(({ name }) => [...readAssets(folder, name)]));
  return {
    folder,
    accountId: first.accountId,
    region: first.region,
    stacks: exportersFirst(stacks),
    assetPath: (objectKey) => {
      const path = assets.get(objectKey);
      const files = stacks.map(({ name }) => `${name}.assets.json`).join(', ');
      if (path === undefined) throw new BootError(`The folder ${folder} has no asset ${objectKey} (${files}).`);
      return path;
    },
  };
}

function stacksOfManifest(folder: string): StackEntry[] {
  const manifest = parseFile(join(folder, 'manifest.json'), Manifest);
  return Object.entries(manifest.artifacts ?? {}).flatMap(([id, artifact]) => {
    if (artifact.type === 'cdk:cloud-assembly') {
      throw new BootError(`The folder ${folder} holds the stage ${id}; the local runtime boots stacks without stages.`);
    }
    const templateFile = artifact.properties?.templateFile;
    if (artifact.type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
    const [, accountId, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment ?? '') ?? [];
    return [
      {
        name: artifact.properties?.stackName ?? id,
        templateFile,
        accountId: knownOrNull(accountId),
        region: knownOrNull(region),
      },
    ];
  });
}

function stacksByFileName(folder: string): StackEntry[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => ({
      name: file.slice(0, -'.template.json'.length),
      templateFile: file,
      accountId: null,
      region: null,
    }));
}

/** Stacks without an environment carry `unknown-account` and `unknown-region`. */
function knownOrNull(value: string | undefined): string | null {
  return value === undefined || value.startsWith('unknown-') ? null : value;
}

function readAssets(folder: string, stackName: string): Map<string, string> {
  const path = join(folder, `${stackName}.assets.json`);
  const found = new Map<string, string>();
  if (!existsSync(path)) return found;
  for (const [hash, asset] of Object.entries(parseFile(path, AssetManifest).files ?? {})) {
    const source = asset.source.path;
    if (source === undefined) continue;
    found.set(hash, join(folder, source));
    for (const destination of Object.values(asset.destinations)) found.set(destination.objectKey, join(folder, source));
  }
  return found;
}

function parseFile<T>(path: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new BootError(`Cannot read ${path}: ${reasonOf(error)}.`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new BootError(`${path} is broken: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return issue === undefined ? 'it has another form' : `${issue.message} at ${issue.path.join('.') || 'its top'}`;
  }
  return error instanceof Error ? error.message : String(error);
}

const AnyJson = z.json() as z.ZodType<Json>;

export type TemplateResource = z.infer<typeof TemplateResource>;
const TemplateResource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), AnyJson).optional(),
  Metadata: z.record(z.string(), AnyJson).optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  Condition: z.string().optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const Output = z.object({
  Value: AnyJson,
  Condition: z.string().optional(),
  Export: z.object({ Name: AnyJson }).optional(),
});

/** The parts of a CloudFormation template that the local runtime reads. */
export type Template = z.infer<typeof Template>;
const Template = z.object({
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: AnyJson.optional() })).optional(),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), AnyJson))).optional(),
  Conditions: z.record(z.string(), AnyJson).optional(),
  Resources: z.record(z.string(), TemplateResource),
  Outputs: z.record(z.string(), Output).optional(),
});

const Manifest = z.object({
  artifacts: z
    .record(
      z.string(),
      z.object({
        type: z.string(),
        environment: z.string().optional(),
        properties: z.object({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
      }),
    )
    .optional(),
});

const AssetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .optional(),
});

interface StackEntry {
  readonly name: string;
  readonly templateFile: string;
  readonly accountId: string | null;
  readonly region: string | null;
}
