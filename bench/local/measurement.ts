/** A group of figures that share a runtime and its data. */
export interface Benchmark {
  readonly name: string;
  /** Brings up what is measured, from the sources under `root`, with its data under `home`. */
  readonly open: (place: { readonly root: string; readonly home: string }, sizes: Sizes) => Promise<Opened>;
}

export interface Opened {
  readonly steps: readonly Step[];
  readonly close: () => Promise<void>;
}

/** What gives one figure. */
export interface Step {
  readonly figure: string;
  readonly way: Way;
  readonly unit: 'ms' | 'MB';
  /** How often it is done in all; it is shared out over the rounds. */
  readonly n: number;
  /** Default: as many as the run has. 1 where doing it again would measure something else. */
  readonly rounds?: 1;
  readonly run: (n: number) => Promise<Sample>;
}

/** `wire`: by AWS SDK clients over HTTP to another process. `in process`: by calling the service. */
export type Way = 'wire' | 'in process';

export interface Sample {
  readonly values: readonly number[];
  /** What was got through in `elapsedMs`; null where a rate says nothing. */
  readonly done: { readonly count: number; readonly elapsedMs: number } | null;
}

/** How much of everything; `--quick` takes a tenth. */
export interface Sizes {
  readonly serialCalls: number;
  readonly parallelCalls: number;
  readonly storedItems: number;
  readonly executions: number;
  readonly lambdaExecutions: number;
  readonly waiting: number;
}

/** Calls `work` for 0 to n - 1, `parallel` at a time, and takes the time of each. */
export async function timed(n: number, parallel: number, work: (index: number) => Promise<unknown>): Promise<Sample> {
  const values: number[] = [];
  const startedAtMs = performance.now();
  await inParallel(n, parallel, async (index) => {
    const atMs = performance.now();
    await work(index);
    values.push(performance.now() - atMs);
  });
  return { values, done: { count: n, elapsedMs: performance.now() - startedAtMs } };
}

export async function inParallel(
  n: number,
  parallel: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < n; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, n) }, worker));
}
