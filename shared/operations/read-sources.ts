import type { Source, Workflow } from '../authoring/index.ts';
import type { JsonObject, Reading } from '../contracts/index.ts';
import { sha256 } from '../domain/digest.ts';
import { messageOf } from '../domain/message-of.ts';
import { type Clock, ReadError, type Sources } from '../ports/index.ts';
import { within } from './within.ts';

const FIRST_PAUSE_MS = 200;

export interface ReadPorts {
  readonly sources: Sources;
  readonly clock: Clock;
}

interface SourceReading {
  readonly workflow: Workflow;
  /** Ids of sources. */
  readonly sources: readonly string[];
  readonly input: JsonObject;
  readonly deadlineMs: number;
}

/** Reads sources in parallel. A source that cannot be read is a reading too, with what went wrong. */
export function readSources(ports: ReadPorts, wanted: SourceReading): Promise<readonly Reading[]> {
  const { sources, ...of } = wanted;
  return Promise.all(sources.map((id) => readSource(ports, id, { ...of, asked: {} })));
}

/** Reads one source, as it is asked for. @throws only where the workflow has no such source. */
export async function readSource(
  ports: ReadPorts,
  id: string,
  { workflow, ...given }: Omit<SourceReading, 'sources'> & { readonly asked: JsonObject },
): Promise<Reading> {
  const source = Object.hasOwn(workflow.sources, id) ? workflow.sources[id] : undefined;
  if (source === undefined) throw new Error(`Workflow ${workflow.id} has no source ${id}`);
  const startedAtMs = ports.clock.nowMs();
  const read = await readOne(ports, source, { workflow: workflow.id, ...given });
  return { source: id, readAtMs: startedAtMs, tookMs: ports.clock.nowMs() - startedAtMs, ...read };
}

type Outcome = Pick<Reading, 'status' | 'data' | 'problems' | 'arguments' | 'digest'>;

async function readOne(
  { sources, clock }: ReadPorts,
  source: Source,
  given: { workflow: string; input: JsonObject; asked: JsonObject; deadlineMs: number },
): Promise<Outcome> {
  const { workflow, deadlineMs } = given;
  const { connector } = source;
  const args = argumentsOf(source, given);
  if (typeof args === 'string') return { status: 'failed', data: null, problems: [args] };
  let problem = 'not tried';
  for (let attempt = 1; attempt <= connector.attempts; attempt += 1) {
    try {
      const call = sources.read(connector.id, args, { workflow });
      const limitMs = Math.max(0, Math.min(connector.timeoutMs, deadlineMs - clock.nowMs()));
      const data = connector.data.parse(await within(clock, limitMs, call));
      const missing = source.missing(data);
      const status = missing.length === 0 ? 'complete' : 'incomplete';
      return { status, data, problems: [...missing], arguments: args, digest: sha256(JSON.stringify(data)) };
    } catch (error) {
      problem = messageOf(error);
      const told = error instanceof ReadError ? error : null;
      const pauseMs = Math.max(FIRST_PAUSE_MS * 2 ** (attempt - 1), told?.retryAfterMs ?? 0);
      const isHopeless = told?.isPassing === false || attempt === connector.attempts;
      if (isHopeless || clock.nowMs() + pauseMs >= deadlineMs) break;
      await clock.sleep(pauseMs);
    }
  }
  return { status: 'failed', data: null, problems: [problem], arguments: args };
}

/** What the connector is asked, or why nothing can be. */
function argumentsOf(source: Source, { input, asked }: { input: JsonObject; asked: JsonObject }): JsonObject | string {
  try {
    return source.arguments(input, asked);
  } catch (error) {
    return messageOf(error);
  }
}
