import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Json } from '../kernel/service.ts';
import { BootError } from './boot-error.ts';

/** One synthesized stack: its template and where its assets lie. */
export interface Assembly {
  readonly folder: string;
  readonly stackName: string;
  /** Null where the stack was synthesized without an environment. */
  readonly accountId: string | null;
  readonly region: string | null;
  readonly template: Template;
  /** The file or folder behind an asset's object key in the deployment bucket. Throws BootError when there is none. */
  readonly assetPath: (objectKey: string) => string;
}

/** Reads the one stack of a cdk.out folder. Throws BootError where the folder is missing, broken or holds several stacks. */
export function readAssembly(folder: string): Assembly {
  if (!existsSync(folder)) throw new BootError(`There is no folder ${folder}: synthesize the stack first.`);
  const stack = findStack(folder);
  const template = parseFile(join(folder, stack.templateFile), Template);
  const assets = readAssets(folder, stack.name);
  return {
    folder,
    stackName: stack.name,
    accountId: stack.accountId,
    region: stack.region,
    template,
    assetPath: (objectKey) => {
      const path = assets.get(objectKey);
      if (path === undefined) throw new BootError(`${stack.name}.assets.json in ${folder} has no asset ${objectKey}.`);
      return path;
    },
  };
}

function findStack(folder: string): StackEntry {
  const stacks = existsSync(join(folder, 'manifest.json')) ? stacksOfManifest(folder) : stacksByFileName(folder);
  const [stack, second] = stacks;
  if (stack === undefined) throw new BootError(`The folder ${folder} holds no stack (no <Stack>.template.json).`);
  if (second !== undefined) {
    throw new BootError(`The folder ${folder} holds the stacks ${stack.name} and ${second.name}; one can be booted.`);
  }
  return stack;
}

function stacksOfManifest(folder: string): StackEntry[] {
  const manifest = parseFile(join(folder, 'manifest.json'), Manifest);
  return Object.entries(manifest.artifacts ?? {}).flatMap(([id, artifact]) => {
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

/** The parts of a CloudFormation template that the local runtime reads. */
export type Template = z.infer<typeof Template>;
const Template = z.object({
  Parameters: z.record(z.string(), z.object({ Type: z.string(), Default: AnyJson.optional() })).optional(),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), AnyJson))).optional(),
  Conditions: z.record(z.string(), AnyJson).optional(),
  Resources: z.record(z.string(), TemplateResource),
  Outputs: z.record(z.string(), z.object({ Value: AnyJson })).optional(),
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
