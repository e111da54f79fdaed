const WIDTH = 28;

/** A bar that is drawn again and again on one line of a terminal; silent where stderr is none, but for its last line. */
export class ProgressBar {
  readonly #name: string;
  readonly #startedMs = performance.now();
  #isDrawn = false;

  constructor(name: string) {
    this.#name = name;
  }

  draw(done: number, all: number, said = ''): void {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r${barLine(this.#name, done, all, said, performance.now() - this.#startedMs)}\u001b[K`);
    this.#isDrawn = true;
  }

  end(said: string): void {
    const took = `${((performance.now() - this.#startedMs) / 1_000).toFixed(1)} s`;
    process.stderr.write(
      `${this.#isDrawn ? '\r' : ''}  ${this.#name.padEnd(10)}${said.padEnd(58)} ${took}${this.#isDrawn ? '\u001b[K' : ''}\n`,
    );
  }
}

/** `  score     ██████████·····  120 of 640  93 % right  12 s left` */
export function barLine(name: string, done: number, all: number, said: string, tookMs: number): string {
  const full = all === 0 ? WIDTH : Math.round((done / all) * WIDTH);
  const left = done === 0 || done === all ? '' : `  ${Math.ceil(((tookMs / done) * (all - done)) / 1_000)} s left`;
  const words = said === '' ? '' : `  ${said}`;
  return `  ${name.padEnd(10)}${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}  ${done} of ${all}${words}${left}`;
}
