import type { Agent, Workflow } from '../authoring/index.ts';
import type { Json, JsonObject, Reading } from '../contracts/index.ts';
import type { LookUp, SourceCall, SourceOnDemand } from '../ports/index.ts';
import { type ReadPorts, readSource } from './read-sources.ts';

/** Readings of a turn where its agent does not say how many it may have. */
const MOST_READINGS = 10;

/** What a model asks for is bounded like what it is told. */
const MOST_ASKED_BYTES = 2_048;

export interface Turn {
  readonly workflow: Workflow;
  readonly agent: Agent;
  readonly input: JsonObject;
  readonly deadlineMs: number;
}

/**
 * The sources on demand of one turn, and everything that was read of them. The same asked twice is read once. What is not
 * declared for the agent, or asked for in a way that its schema does not allow, is not read. Each call counts.
 */
export class TurnLookUp implements LookUp {
  readonly sources: LookUp['sources'];
  readonly #ports: ReadPorts;
  readonly #turn: Turn;
  readonly #readings = new Map<string, Promise<Reading>>();
  #calls = 0;

  constructor(ports: ReadPorts, turn: Turn) {
    this.#ports = ports;
    this.#turn = turn;
    this.sources = turn.agent.sources.flatMap((id) => {
      const source = turn.workflow.sources[id];
      if (source === undefined || source.read !== 'on-demand' || source.asks === null) return [];
      return [{ id, title: source.title, asks: source.asks, mostBytes: source.mostBytes }];
    });
  }

  get left(): number {
    return this.sources.length === 0 ? 0 : Math.max(0, this.#most - this.#calls);
  }

  read(calls: readonly SourceCall[]): Promise<readonly (Reading | null)[]> {
    return Promise.all(calls.map((call) => this.#readOnce(call)));
  }

  /** What was read up to now, in the order of asking. A reading that is still under way is not waited for. */
  async readings(): Promise<readonly Reading[]> {
    const unfinished = Symbol('unfinished');
    const all = await Promise.all(
      [...this.#readings.values()].map((reading) => Promise.race([reading, Promise.resolve(unfinished)])),
    );
    return all.filter((one): one is Reading => typeof one !== 'symbol');
  }

  get #most(): number {
    return this.#turn.agent.mostReadings ?? MOST_READINGS;
  }

  #readOnce(call: SourceCall): Promise<Reading | null> {
    if (this.left === 0) return Promise.resolve(null);
    this.#calls += 1;
    const declared = this.sources.find(({ id }) => id === call.source);
    if (declared === undefined) return Promise.resolve(this.#refused(call.source, 'not a source of this agent'));
    const key = JSON.stringify([call.source, call.asked]);
    const known = this.#readings.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(declared, call.asked, Buffer.byteLength(key));
    this.#readings.set(key, reading);
    return reading;
  }

  async #read({ id, asks }: SourceOnDemand, asked: Json, bytes: number): Promise<Reading> {
    if (bytes > MOST_ASKED_BYTES) return this.#refused(id, 'asked for in too many words');
    const parsed = asks.schema.safeParse(asked);
    if (!parsed.success) return this.#refused(id, 'asked for in a way that it does not take');
    const { workflow, input, deadlineMs } = this.#turn;
    return readSource(this.#ports, id, { workflow, input, deadlineMs, asked: parsed.data });
  }

  #refused(source: string, problem: string): Reading {
    const readAtMs = this.#ports.clock.nowMs();
    return { source, status: 'failed', readAtMs, tookMs: 0, data: null, problems: [problem] };
  }
}
