import { type ChildProcess, spawn } from 'node:child_process';
import { START } from './start-of-time.ts';

/** A runtime in a process of its own, so that it can be killed as a machine that loses its power is. */
export class RuntimeProcess {
  readonly #assembly: string;
  readonly #home: string;
  readonly #environment: Readonly<Record<string, string>>;
  #running: ChildProcess | null = null;

  constructor(assembly: string, home: string, environment: Readonly<Record<string, string>> = {}) {
    this.#environment = environment;
    this.#assembly = assembly;
    this.#home = home;
  }

  /** Resolves when it answers. */
  async start(port: number): Promise<void> {
    const child = spawn(process.execPath, ['local/main.ts', this.#assembly], {
      env: {
        ...process.env,
        ...this.#environment,
        REMIT_HOME: this.#home,
        REMIT_NOT_BEFORE: START,
        REMIT_PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running = child;
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => said.push(String(bytes)));
    const deadline = performance.now() + 30_000;
    while (performance.now() < deadline) {
      const isUp = await fetch(`http://127.0.0.1:${port}/_local/`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isUp) return;
      if (child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The runtime did not start: ${said.join('')}`);
  }

  /** `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#running;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
