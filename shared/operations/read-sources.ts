import type { Source, Workflow } from '../authoring/index.ts';
import type { JsonObject, Reading } from '../contracts/index.ts';
import { messageOf } from '../domain/message-of.ts';
import { type Clock, ReadError, type Sources } from '../ports/index.ts';
import { within } from './within.ts';

const FIRST_PAUSE_MS = 200;

interface SourceReading {
  readonly workflow: Workflow;
  /** Ids of sources. */
  readonly sources: readonly string[];
  readonly input: JsonObject;
  readonly deadlineMs: number;
}

/** Reads sources in parallel. A source that cannot be read is a reading too, with what went wrong. */
export function readSources(
  ports: { sources: Sources; clock: Clock },
  wanted: SourceReading,
): Promise<readonly Reading[]> {
  const { workflow, input, deadlineMs } = wanted;
  return Promise.all(
    wanted.sources.map(async (id): Promise<Reading> => {
      const source = workflow.sources[id];
      if (source === undefined) throw new Error(`Workflow ${workflow.id} has no source ${id}`);
      const startedAtMs = ports.clock.nowMs();
      const read = await readOne(ports, source, { workflow: workflow.id, input, deadlineMs });
      return { source: id, readAtMs: startedAtMs, tookMs: ports.clock.nowMs() - startedAtMs, ...read };
    }),
  );
}

type Outcome = Pick<Reading, 'status' | 'data' | 'problems'>;

async function readOne(
  { sources, clock }: { sources: Sources; clock: Clock },
  source: Source,
  { workflow, input, deadlineMs }: { workflow: string; input: JsonObject; deadlineMs: number },
): Promise<Outcome> {
  const { connector } = source;
  let problem = 'not tried';
  for (let attempt = 1; attempt <= connector.attempts; attempt += 1) {
    try {
      const call = sources.read(connector.id, source.arguments(input), { workflow });
      const data = connector.data.parse(await within(clock, connector.timeoutMs, call));
      const missing = source.missing(data);
      return { status: missing.length === 0 ? 'complete' : 'incomplete', data, problems: [...missing] };
    } catch (error) {
      problem = messageOf(error);
      const told = error instanceof ReadError ? error : null;
      const pauseMs = Math.max(FIRST_PAUSE_MS * 2 ** (attempt - 1), told?.retryAfterMs ?? 0);
      const isHopeless = told?.isPassing === false || attempt === connector.attempts;
      if (isHopeless || clock.nowMs() + pauseMs >= deadlineMs) break;
      await clock.sleep(pauseMs);
    }
  }
  return { status: 'failed', data: null, problems: [problem] };
}
