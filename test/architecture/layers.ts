import { importsOf } from './imports.ts';
import { isCode, isTest, type ProjectFile } from './repository.ts';
import type { Violation } from './violation.ts';

interface Layer {
  readonly name: string;
  /** Which files belong to it; the first layer that matches counts. */
  readonly holds: RegExp;
  /** Layers that it may import, beside itself. */
  readonly mayImport: readonly string[];
  /** Layers of which it may import types, and nothing that runs. */
  readonly mayImportTypes?: readonly string[];
}

/** Who may import whom. Folders that are not here (scripts, test, bench) may import all, and nobody here imports them. */
const LAYERS: readonly Layer[] = [
  { name: 'contracts', holds: /^shared\/contracts\//, mayImport: [] },
  { name: 'authoring', holds: /^shared\/authoring\//, mayImport: ['contracts'] },
  { name: 'domain', holds: /^shared\/domain\//, mayImport: ['contracts', 'authoring'] },
  { name: 'ports', holds: /^shared\/ports\//, mayImport: ['contracts', 'authoring'] },
  {
    name: 'operations',
    holds: /^shared\/operations\//,
    mayImport: ['contracts', 'authoring', 'domain', 'ports', 'pages'],
  },
  { name: 'models', holds: /^shared\/models\//, mayImport: ['contracts', 'authoring', 'domain', 'ports'] },
  { name: 'pages', holds: /^shared\/pages\//, mayImport: ['contracts'] },
  {
    name: 'connector definitions',
    holds: /^shared\/connectors\/(definitions\.ts|.*\bdefinition[\w-]*\.ts)$/,
    mayImport: ['contracts', 'authoring'],
  },
  {
    name: 'connectors',
    holds: /^shared\/connectors\//,
    mayImport: ['contracts', 'authoring', 'domain', 'ports', 'connector definitions'],
  },
  {
    name: 'aws',
    holds: /^shared\/aws\//,
    mayImport: ['contracts', 'authoring', 'domain', 'ports'],
    mayImportTypes: ['connectors'],
  },
  {
    name: 'functions',
    holds: /^functions\//,
    mayImport: [
      'contracts',
      'authoring',
      'domain',
      'ports',
      'operations',
      'models',
      'pages',
      'connector definitions',
      'connectors',
      'aws',
      'agents',
      'evals',
    ],
  },
  {
    name: 'evals',
    holds: /^evals\//,
    mayImport: ['contracts', 'authoring', 'domain', 'ports', 'operations', 'models', 'pages', 'connectors', 'agents'],
  },
  { name: 'agents', holds: /^agents\//, mayImport: ['contracts', 'authoring', 'connector definitions'] },
  { name: 'infra', holds: /^infra\//, mayImport: ['contracts', 'authoring', 'agents'] },
  { name: 'local', holds: /^local\//, mayImport: [] },
  { name: 'console', holds: /^console\//, mayImport: [], mayImportTypes: ['contracts'] },
];

/** Imports that go against the table. Tests may import what they test and what they need for it. */
export function layerViolations(files: readonly ProjectFile[]): Violation[] {
  return files
    .filter((file) => isCode(file) && !isTest(file.path))
    .flatMap((file) => [...homeless(file), ...wrongImports(file)]);
}

function homeless({ path }: ProjectFile): Violation[] {
  if (!path.startsWith('shared/') || layerOf(path) !== null) return [];
  return [
    {
      file: path,
      problem: 'its folder has no place in the layers',
      fix: 'say in test/architecture/layers.ts who may import it and whom it may import',
    },
  ];
}

function wrongImports(file: ProjectFile): Violation[] {
  const layer = layerOf(file.path);
  if (layer === null) return [];
  return importsOf(file).flatMap(({ path, line, isTypeOnly }) => {
    if (path === null || isAllowed(layer, path, isTypeOnly)) return [];
    const allowed = [...layer.mayImport, ...(layer.mayImportTypes ?? []).map((name) => `types of ${name}`)];
    const fix = `${layer.name} may import ${allowed.length === 0 ? 'nothing but itself' : allowed.join(', ')}: move what is needed there, or pass it in`;
    return [{ file: file.path, line, problem: `${layer.name} imports ${path}`, fix }];
  });
}

function isAllowed(layer: Layer, path: string, isTypeOnly: boolean): boolean {
  const target = layerOf(path);
  if (target === null) return false;
  if (target.name === layer.name || layer.mayImport.includes(target.name)) return true;
  return isTypeOnly && (layer.mayImportTypes ?? []).includes(target.name);
}

function layerOf(path: string): Layer | null {
  return LAYERS.find((layer) => layer.holds.test(path)) ?? null;
}
