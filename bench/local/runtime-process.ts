import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A local runtime in a process of its own. */
export interface RuntimeProcess {
  readonly url: string;
  /** From the spawn to the first answer. */
  readonly startMs: number;
  /** Resident memory now, in MB of 2^20 bytes; not a number where there is no /proc. */
  readonly residentMb: () => number;
  /** As `kill -9`; resolves once the process is gone. */
  readonly kill: () => Promise<void>;
}

/**
 * Starts an empty runtime, or the stack of an assembly, from the sources under `root`.
 * @throws with what the process said when it ends before it answers.
 */
export async function startRuntime(options: {
  readonly root: string;
  readonly home: string;
  /** A cdk.out folder; default: none, an empty runtime. */
  readonly assembly?: string;
  /** Default 0: any free port. */
  readonly port?: number;
}): Promise<RuntimeProcess> {
  const { root, home, assembly, port = 0 } = options;
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, ['local/main.ts', assembly ?? '--bare', '--port', String(port)], {
    cwd: root,
    env: { ...process.env, REMIT_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killNow = (): void => void child.kill('SIGKILL');
  process.once('exit', killNow);
  child.once('exit', () => process.off('exit', killNow));
  const url = await urlOf(child);
  await fetch(`${url}/_local/`);
  return {
    url,
    startMs: performance.now() - startedAtMs,
    residentMb: () => residentMb(child.pid),
    kill: () => kill(child),
  };
}

/** Every runtime prints its address once it is open. */
function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (bytes: Buffer): void => {
      said += bytes.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`The runtime did not start: ${said}`)));
  });
}

function residentMb(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
