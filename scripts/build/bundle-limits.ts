import type { Metafile } from 'esbuild';

/** What esbuild says of what it wrote. */
export type Written = Pick<Metafile, 'outputs'>;

/** The one function that carries Anthropic's SDK. */
const WITH_CLAUDE = 'run-turn';

/**
 * What builders write is in every bundle and grows with each workflow: no function answers for it, so it counts nowhere.
 * The platform's own part may not grow under it.
 */
const OF_WORKFLOWS = /^agents\/|^shared\/connectors\/(?:.*[/-])?definitions?\.ts$/;

/** Bytes, minified, that a function's bundle may have beside the workflows; a thousand are a KB. */
const BUDGET = { withClaude: 420_000, others: 300_000 } as const;

/**
 * Bundles that are above their budget, and how far they may be. AWS's client for DynamoDB takes 120 KB and Zod 76 KB of
 * each, the client for mails 28 KB, the pages for people 70 KB, the check of who is signed in 19 KB: what shows pages or
 * sends mails has more of these than fits. A figure here goes down and not up; one that is no longer needed goes.
 */
const ABOVE_BUDGET: Readonly<Record<string, number>> = {
  // The rules of all patterns, and of what is carried out in place of an overturned decision.
  'advance-case': 319_000,
  'answer-request': 445_000,
  // Every store has what it keeps of people in it.
  'erase-subject': 304_000,
  // It runs turns and judges as production does, trains models, and makes the report with its statistics and plots.
  evaluate: 551_000,
  'open-request': 365_000,
  // It carries the sandbox's books, cards, help desk and tracker, the guard and secrets of the web search, and the tags of answers.
  'perform-action': 387_000,
  // It reads mails as they come over the wire, and finds what they answer.
  'receive-mail': 320_000,
  'remind-request': 332_000,
  // Beside Claude it carries the web search with its guard, the learned model for items, and scripts.
  'run-turn': 438_000,
  'send-code': 344_000,
  'show-inbox': 373_000,
  'show-request': 362_000,
  // It says in its mails where answers come to.
  'sum-up-batch': 301_000,
  'tell-outcome': 329_000,
  'watch-autonomy': 330_000,
};

export function limitOf(name: string): number {
  return ABOVE_BUDGET[name] ?? budgetOf(name);
}

/** What was aimed at, whatever is allowed meanwhile. */
export function budgetOf(name: string): number {
  return name === WITH_CLAUDE ? BUDGET.withClaude : BUDGET.others;
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
    .filter((name) => (bytesOf.get(name) ?? 0) <= budgetOf(name))
    .map((name) => `${name} is within ${kb(budgetOf(name))}: take its exception out`);
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

function bundlesOf({ outputs }: Written): WrittenBundle[] {
  return Object.entries(outputs).flatMap(([path, { bytes, inputs }]) => {
    const name = /([^/]+)\/index\.mjs$/.exec(path)?.[1];
    return name === undefined ? [] : [{ name, bytes: bytes - ofWorkflows(inputs), inputs }];
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
