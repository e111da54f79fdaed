import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** How one recorded case came out. */
export interface CaseResult {
  readonly id: string;
  readonly area: string;
  readonly kind: string;
  readonly pass: boolean;
  /** Null where no history was recorded. */
  readonly history?: boolean | null;
  readonly why?: string | null;
}

export interface CorpusRun {
  readonly results: readonly CaseResult[];
  /** What the runner printed; its last line is `N passed, N failed`. */
  readonly printed: string;
}

/**
 * Runs recorded executions of AWS against this engine, in a process of its own.
 * @param corpus the folder of the runner, or a folder of cases by area; the runner is then taken from beside or above it,
 * or from `runnerFolder`.
 * @param more further options of the runner.
 */
export async function runCorpus(
  corpus: string,
  more: readonly string[] = [],
  runnerFolder?: string,
): Promise<CorpusRun> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const runner = runnerFor(resolve(corpus), folder, runnerFolder);
    const file = join(folder, 'results.json');
    const adapter = join(import.meta.dirname, '../conformance-adapter.ts');
    const printed = await output([runner, '--adapter', adapter, '--json', file, ...more]);
    if (!existsSync(file)) throw new Error(printed);
    const { results } = JSON.parse(readFileSync(file, 'utf8')) as { results: readonly CaseResult[] };
    return { results, printed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The runner reads the cases beside itself: for cases that stand elsewhere it is copied next to a link to them. */
function runnerFor(corpus: string, scratch: string, runnerFolder: string | undefined): string {
  const own = join(corpus, 'run.mjs');
  if (existsSync(own)) return own;
  const candidates = [
    dirname(corpus),
    dirname(dirname(corpus)),
    ...(runnerFolder === undefined ? [] : [resolve(runnerFolder)]),
  ];
  const source = candidates.find((folder) => existsSync(join(folder, 'run.mjs')));
  if (source === undefined) throw new Error(`There is no run.mjs in ${corpus} or above it.`);
  for (const part of ['run.mjs', 'lib', 'adapters'])
    cpSync(join(source, part), join(scratch, part), { recursive: true });
  symlinkSync(corpus, join(scratch, 'corpus'));
  return join(scratch, 'run.mjs');
}

function output(args: readonly string[]): Promise<string> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on('close', () => done(text));
  });
}
