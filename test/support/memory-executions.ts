import type { JsonObject } from '../../shared/contracts/index.ts';
import type { Executions } from '../../shared/ports/index.ts';

/** Records starts and resumes. A token can be resumed once, while somebody waits for it. */
export class MemoryExecutions implements Executions {
  readonly started = new Map<string, JsonObject>();
  /** By the name of what was started: the execution whose version it goes by. */
  readonly like = new Map<string, string>();
  readonly resumed: { readonly token: string; readonly output: JsonObject }[] = [];
  /** Tokens that an execution waits for; tests add them. */
  readonly waiting = new Set<string>();
  /** Set to make every resume fail as a lost connection does. */
  isDown = false;
  /** Set to make every start fail so. */
  refusesStarts = false;

  async start(name: string, input: JsonObject): Promise<'started' | 'exists'> {
    if (this.refusesStarts) throw new Error('connection lost');
    if (this.started.has(name)) return 'exists';
    this.started.set(name, input);
    return 'started';
  }

  async startLike(first: string, name: string, input: JsonObject): Promise<'started' | 'exists'> {
    const started = await this.start(name, input);
    if (started === 'started') this.like.set(name, first);
    return started;
  }

  async resume(token: string, output: JsonObject): Promise<'resumed' | 'gone'> {
    if (this.isDown) throw new Error('connection lost');
    if (!this.waiting.delete(token)) return 'gone';
    this.resumed.push({ token, output });
    return 'resumed';
  }
}
