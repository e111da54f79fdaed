/**
 * How fast the local runtime is, on disk in a temporary folder:
 * `node bench/local.ts [--json] [--quick] [--only name,...] [--beside <folder of another checkout>]`.
 */
import { parseArgs } from 'node:util';
import { inProject } from '../scripts/command/project.ts';
import { inProcess } from './local/benchmarks/in-process.ts';
import { items } from './local/benchmarks/items.ts';
import { lambdaSteps } from './local/benchmarks/lambda-steps.ts';
import { messages } from './local/benchmarks/messages.ts';
import { queries } from './local/benchmarks/queries.ts';
import { transitions } from './local/benchmarks/transitions.ts';
import { waiting } from './local/benchmarks/waiting.ts';
import type { Figure } from './local/figures.ts';
import type { Benchmark, Sizes } from './local/measurement.ts';
import { printTable } from './local/print.ts';
import { runBenchmark } from './local/run.ts';

const BENCHMARKS: readonly Benchmark[] = [inProcess, items, queries, messages, transitions, lambdaSteps, waiting];

const FULL: Sizes = {
  serialCalls: 900,
  parallelCalls: 6_000,
  storedItems: 100_000,
  executions: 1_800,
  lambdaExecutions: 300,
  waiting: 10_000,
};

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    beside: { type: 'string' },
  },
});

// Ending by `exit` takes the runtimes along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const sizes = flags.quick ? tenth(FULL) : FULL;
const roots = [
  { sources: 'here' as const, root: inProject() },
  ...(flags.beside === undefined ? [] : [{ sources: 'beside' as const, root: flags.beside }]),
];
const figures: Figure[] = [];
for (const benchmark of chosen(flags.only?.split(',') ?? [])) {
  figures.push(...(await runBenchmark(benchmark, roots, sizes, (progress) => console.error(progress))));
}
if (flags.json) console.log(JSON.stringify({ sizes, figures }, null, 2));
else printTable(figures);

function chosen(names: readonly string[]): readonly Benchmark[] {
  const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}. There are ${BENCHMARKS.map(({ name }) => name).join(', ')}.`);
    process.exit(1);
  }
  return names.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => names.includes(name));
}

function tenth(whole: Sizes): Sizes {
  return Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, value / 10])) as unknown as Sizes;
}
