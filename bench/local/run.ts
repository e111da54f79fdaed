import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, figureOf, type Sources } from './figures.ts';
import type { Benchmark, Opened, Sample, Sizes, Step } from './measurement.ts';

/** Where the measured sources are: this checkout, and another one where they are compared. */
export type Roots = readonly { readonly sources: Sources; readonly root: string }[];

const ROUNDS = 6;

/** Measures all sources in turns, round by round, so that a busy moment of the machine touches each of them. */
export async function runBenchmark(
  benchmark: Benchmark,
  roots: Roots,
  sizes: Sizes,
  say: (progress: string) => void,
): Promise<Figure[]> {
  const homes = roots.map(() => mkdtempSync(join(tmpdir(), 'bench-')));
  const opened: { readonly sources: Sources; readonly opened: Opened }[] = [];
  try {
    for (const [at, { sources, root }] of roots.entries()) {
      say(`${benchmark.name}: getting ready`);
      opened.push({ sources, opened: await benchmark.open({ root, home: homes[at] ?? '' }, sizes) });
    }
    return await measure(opened, (progress) => say(`${benchmark.name}: ${progress}`));
  } finally {
    for (const one of opened) await one.opened.close();
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  }
}

async function measure(
  all: readonly { readonly sources: Sources; readonly opened: Opened }[],
  say: (progress: string) => void,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const at of all[0]?.opened.steps.keys() ?? []) {
    const lanes = all.flatMap(({ sources, opened: { steps } }) => {
      const step = steps[at];
      return step === undefined ? [] : [{ sources, step, samples: [] as Sample[] }];
    });
    for (let round = 0; round < roundsOf(lanes[0]?.step); round++)
      for (const { step, samples } of lanes) {
        say(`${step.figure}, round ${round + 1}`);
        samples.push(await step.run(Math.ceil(step.n / roundsOf(step))));
      }
    figures.push(...lanes.map(({ sources, step, samples }) => figureOf(step, sources, samples)));
  }
  return figures;
}

function roundsOf(step: Step | undefined): number {
  return step?.rounds ?? ROUNDS;
}
