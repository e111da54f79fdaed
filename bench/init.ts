/**
 * How long a fresh process takes to load each bundle of dist/, clients included:
 * `node bench/init.ts [--json] [--beside <folder of another checkout, built>] [name ...]`.
 * Bundles take turns, so that a busy moment of the machine touches all of them. Ends with 1 where one takes more of the time
 * of the floor (Zod and AWS's client of DynamoDB alone) than it may.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { functionNames } from '../scripts/build/entries.ts';
import { inProject } from '../scripts/command/project.ts';
import { bundleFloor } from './init/floor.ts';
import { loadOnceMs } from './init/load-once.ts';
import { BUDGET, type InitFigures, limitOf, printFigures } from './init/print.ts';

const RUNS = 15;
/** The least that a function can be. */
const FLOOR = 'floor';

const { values: options, positionals: wanted } = parseArgs({
  options: { json: { type: 'boolean', default: false }, beside: { type: 'string', default: '' } },
  allowPositionals: true,
});
const { beside } = options;
const names = functionNames().filter((name) => wanted.length === 0 || wanted.includes(name));
const others = beside === '' ? [] : names.filter((name) => existsSync(join(beside, 'dist', name, 'index.mjs')));
const all = names.flatMap((name) => (others.includes(name) ? [nameBeside(name), name] : [name]));
const missing = names.filter((name) => !existsSync(inProject('dist', name, 'index.mjs')));

if (names.length === 0 || missing.length > 0) {
  console.error(`There is no bundle ${missing.join(', ') || wanted.join(', ')}: npm run build makes them.`);
  process.exit(1);
}

/** Out of reach of node_modules, as on Lambda. */
const folder = mkdtempSync(join(tmpdir(), 'remit-init-'));
try {
  for (const name of names) cpSync(inProject('dist', name), join(folder, name), { recursive: true });
  for (const name of others) cpSync(join(beside, 'dist', name), join(folder, nameBeside(name)), { recursive: true });
  await bundleFloor(copyOf(FLOOR));
  const figures = await measure();
  if (options.json) console.log(JSON.stringify({ runs: RUNS, bundles: figures }, null, 2));
  else printFigures(figures);
  const slow = figures
    .filter(({ name, ratio, limit }) => names.includes(name) && ratio > limit)
    .map(({ name }) => name);
  if (slow.length > 0) {
    console.error(`Slower than they may be, against the floor of the same run: ${slow.join(', ')}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(): Promise<InitFigures[]> {
  const timesMs = new Map<string, number[]>([FLOOR, ...all].map((name) => [name, []]));
  for (let run = 0; run < RUNS; run++) for (const [name, times] of timesMs) times.push(await loadOnceMs(copyOf(name)));
  const floorMs = medianOf(timesMs.get(FLOOR) ?? []);
  return [...timesMs].map(([name, times]) => figuresOf(name, times, floorMs));
}

function figuresOf(name: string, times: readonly number[], floorMs: number): InitFigures {
  const [medianMs, leastMs] = [medianOf(times), Math.min(...times)];
  const against = { ratio: medianMs / floorMs, limit: limitOf(name), budget: BUDGET };
  return { name, bytes: bytesOf(name), medianMs, leastMs, ...against };
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function copyOf(name: string): string {
  return join(folder, name, 'index.mjs');
}

function nameBeside(name: string): string {
  return `beside/${name}`;
}

/** Of what a start loads: the bundle, and the parts that it imports. */
function bytesOf(name: string): number {
  const files = new Set([copyOf(name)]);
  for (const file of files) {
    const imports = readFileSync(file, 'utf8').matchAll(/(?<=^|;)import\s*(?:[^;()'"]*?from\s*)?["'](\.[^"']+)["']/g);
    for (const [, part = ''] of imports) files.add(join(dirname(file), part));
  }
  return [...files].reduce((sum, file) => sum + statSync(file).size, 0);
}
