import type { Metafile } from 'esbuild';
import { partsAtStart } from './bundle-parts.ts';

/** What esbuild says of what it wrote. */
export type Written = Pick<Metafile, 'outputs'>;

/**
 * What builders write grows with each workflow: no function answers for it, so it counts nowhere. Workflows stand beside the
 * bundles; in one is what the platform itself uses of it.
 */
const OF_WORKFLOWS = /^agents\/|^shared\/connectors\/(?:.*[/-])?definitions?\.ts$/;

/**
 * Bytes, minified, that a start may load of a function beside the workflows; a thousand are a KB. Claude's SDK is loaded at
 * the first question to Claude, so there is no larger one for the functions that have it.
 */
export const BUDGET_BYTES = 300_000;

/**
 * Bundles that are above their budget, and how far they may be, with all that a start loads. AWS's client for DynamoDB takes
 * 130 KB and Zod 76 KB of each, what stands in the tables with its schemas 45 KB. Pages, mails, connectors and ways to answer
 * are loaded when somebody comes to need them. A figure here goes down and not up; one that is no longer needed goes.
 */
const ABOVE_BUDGET: Readonly<Record<string, number>> = {
  // The rules of all patterns, and of what is carried out in place of an overturned decision.
  'advance-case': 328_000,
  // Every store has what it keeps of people in it.
  'erase-subject': 302_000,
  // It looks again at all that an action was allowed by, and starts questions.
  'perform-action': 324_000,
  // The learned model for items and what people taught it since, and the rules of all patterns.
  'run-turn': 316_000,
  // It reads triggers of every kind, opens cases with all that they are found by, and plans the first turns.
  'start-case': 308_000,
};

export function limitOf(name: string): number {
  return ABOVE_BUDGET[name] ?? BUDGET_BYTES;
}
/** A sentence for each bundle that is larger than it may be, with what fills it. */
export function tooLarge(written: Written): string[] {
  return bundlesOf(written).flatMap(({ name, bytes, inputs }) =>
    bytes <= limitOf(name)
      ? []
      : [`${name} has ${kb(bytes)} and may have ${kb(limitOf(name))}; the largest parts: ${largest(inputs)}`],
  );
}

/** A sentence for each exception that is not needed: the bundle is within its budget, or there is none of that name. */
export function neededNoMore(written: Written, allowed: Readonly<Record<string, number>> = ABOVE_BUDGET): string[] {
  const bytesOf = new Map(bundlesOf(written).map(({ name, bytes }) => [name, bytes]));
  return Object.keys(allowed)
    .filter((name) => (bytesOf.get(name) ?? 0) <= BUDGET_BYTES)
    .map((name) => `${name} is within ${kb(BUDGET_BYTES)}: take its exception out`);
}

/** A sentence for each package that is in one bundle more than once, with the places that the copies come from. */
export function packedTwice(written: Written): string[] {
  return bundlesOf(written).flatMap(({ name, inputs }) => {
    const places = new Map<string, Set<string>>();
    for (const path of Object.keys(inputs)) {
      const found = PACKAGE.exec(path)?.groups;
      if (found === undefined || inputs[path]?.bytesInOutput === 0) continue;
      const { place = '', packageName = '' } = found;
      places.set(packageName, (places.get(packageName) ?? new Set()).add(place));
    }
    const twice = [...places].filter(([, copies]) => copies.size > 1);
    return twice.map(([one, copies]) => `${name} holds ${copies.size} copies of ${one}: ${[...copies].join(', ')}`);
  });
}

/** The innermost package that a file belongs to. */
const PACKAGE = /^(?<place>.*\bnode_modules\/(?<packageName>(?:@[^/]+\/)?[^/]+))\//;

const SHOWN = 8;

type Inputs = Metafile['outputs'][string]['inputs'];

interface WrittenBundle {
  readonly name: string;
  readonly bytes: number;
  readonly inputs: Inputs;
}

/** With all that a start loads: the bundle, and the parts that it imports. */
function bundlesOf({ outputs }: Written): WrittenBundle[] {
  return Object.keys(outputs).flatMap((path) => {
    const name = /([^/]+)\/index\.mjs$/.exec(path)?.[1];
    if (name === undefined) return [];
    const parts = partsAtStart(name, outputs).flatMap((part) => outputs[part] ?? []);
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    const inputs: Inputs = Object.assign({}, ...parts.map((part) => part.inputs));
    return [{ name, bytes: bytes - ofWorkflows(inputs), inputs }];
  });
}

function ofWorkflows(inputs: Inputs): number {
  const parts = Object.entries(inputs).filter(([path]) => OF_WORKFLOWS.test(path));
  return parts.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}

/** By package and by folder of ours, the largest first. */
function largest(inputs: Inputs): string {
  const sums = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const part = PACKAGE.exec(path)?.groups?.['packageName'] ?? path.split('/').slice(0, 2).join('/');
    sums.set(part, (sums.get(part) ?? 0) + bytesInOutput);
  }
  const sorted = [...sums].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  return sorted.map(([part, bytes]) => `${part} ${kb(bytes)}`).join(', ');
}

function kb(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`;
}
