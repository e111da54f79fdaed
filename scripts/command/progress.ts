/** Runs one step of a script and says in a line what came of it and how long it took. */
export async function step<T>(name: string, work: () => Promise<Outcome<T>>): Promise<T> {
  const startedMs = performance.now();
  const { value, said } = await work();
  if (said !== null) console.log(lineOf(name, said, performance.now() - startedMs));
  return value;
}

export interface Outcome<T> {
  readonly value: T;
  /** What was done; null where nothing was to be done, and nothing is printed. */
  readonly said: string | null;
}

function lineOf(name: string, said: string, tookMs: number): string {
  return `  ${name.padEnd(10)}${said.padEnd(58)} ${seconds(tookMs)}`;
}

/** `1.2 s` */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
