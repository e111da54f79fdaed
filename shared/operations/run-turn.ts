import * as z from 'zod';
import type { Agent, Workflow } from '../authoring/index.ts';
import { JsonObject, Slug, type TurnResult } from '../contracts/index.ts';
import { messageOf } from '../domain/message-of.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { ModelAnswer, Models, ReadingStore, RecordStore, Sources, Telemetry } from '../ports/index.ts';
import { keepReadings } from './keep-readings.ts';
import { TurnLookUp } from './look-up.ts';
import { operation } from './operation.ts';
import { pastOf } from './past-opinions.ts';
import { type PursePorts, purseOf } from './purse.ts';
import { readSources } from './read-sources.ts';
import { Pinned } from './step-contracts.ts';

export const RunTurn = z.object({
  pinned: Pinned,
  agent: Slug,
  /** What other agents hand it; nothing by default. */
  handOver: JsonObject.nullable().optional(),
});

export interface RunTurnPorts extends PursePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly sources: Sources;
  readonly models: Models;
  readonly readings: ReadingStore;
  readonly records: RecordStore;
  readonly telemetry: Telemetry;
}

/** The turn is put back: the state machine runs it again later, from its beginning. Nothing was decided or paid. */
export class ModelServiceDown extends Error {
  override readonly name = 'ModelServiceDown';

  constructor(agent: string) {
    super(`The models of ${agent} cannot be reached now`);
  }
}

function mayWait({ whenDown = 'ask' }: Agent, { openedAtMs }: Pinned, nowMs: number): boolean {
  return whenDown !== 'ask' && nowMs < openedAtMs + whenDown.waitHours * HOUR_MS;
}

const HOUR_MS = 3_600_000;

/** Left of the agent's time for writing the answer down. */
const RESERVE_MS = 500;

/** Left for the model to hear that a source on demand gave nothing in time. */
const LOOK_UP_RESERVE_MS = 500;

/**
 * One agent's run: reads its sources in parallel, then asks the models, which may read more on demand. It only reads and
 * answers; what happens in it, time-out included, comes back as a result and is recorded by the step that judges it.
 * @throws ModelServiceDown where the agent rather waits for its models than asks a person.
 */
export const runTurn = operation({
  name: 'run-turn',
  input: RunTurn,
  async run(ports: RunTurnPorts, { pinned, agent: agentId, handOver = null }): Promise<TurnResult> {
    const workflow = ports.findWorkflow(pinned.workflow);
    const agent = workflow?.agents.find(({ id }) => id === agentId);
    if (workflow === null || agent === undefined)
      throw new Error(`Workflow ${pinned.workflow} has no agent ${agentId}`);
    const startedAtMs = ports.clock.nowMs();
    const deadlineMs = startedAtMs + agent.timeoutMs - RESERVE_MS;
    const input = pinned.input as JsonObject;
    const sources = agent.sources.filter((id) => workflow.sources[id]?.read !== 'on-demand');
    const readings = await readSources(ports, { workflow, sources, input, deadlineMs });
    const purse = purseOf(ports, workflow, { workflow: workflow.id, caseId: pinned.caseId });
    const lookUp = new TurnLookUp(ports, { workflow, agent, input, deadlineMs: deadlineMs - LOOK_UP_RESERVE_MS });
    const past = (): ReturnType<typeof pastOf> => pastOf(ports, workflow, pinned.versions.workflow);
    const { notes, settings } = pinned;
    const asked = { workflow, agent, input, readings, lookUp, notes, handOver, past, deadlineMs, purse };
    const { isDown, ...answer } = await inTime(ports, deadlineMs, agent, () =>
      ports.models.judge({ ...asked, minimumConfidence: settings.minimumConfidence }),
    );
    // What was paid has to be on record, and a turn that is put back leaves none.
    if (isDown === true && answer.usage.costUsd === 0 && mayWait(agent, pinned, startedAtMs)) {
      ports.telemetry.log('turn-put-back', { caseId: pinned.caseId, agent: agentId });
      throw new ModelServiceDown(agent.id);
    }
    const tookMs = ports.clock.nowMs() - startedAtMs;
    ports.telemetry.log('turn-finished', {
      caseId: pinned.caseId,
      agent: agentId,
      status: answer.status,
      tier: answer.tier,
      tookMs,
    });
    const read = await keepReadings(ports, pinned.caseId, [...readings, ...(await lookUp.readings())]);
    return { agent: agent.id, ...answer, readings: read, startedAtMs, tookMs };
  },
});

/** The answer, or a failed one once the agent's time is over or the models break. */
async function inTime(
  ports: RunTurnPorts,
  deadlineMs: number,
  agent: Agent,
  ask: () => Promise<ModelAnswer>,
): Promise<ModelAnswer> {
  const leftMs = Math.max(0, deadlineMs - ports.clock.nowMs());
  const timeOut = ports.clock.sleep(leftMs).then(() => failedAnswer(`no answer within ${agent.timeoutMs / 1_000} s`));
  const answer = ask().catch((error: unknown) => failedAnswer(messageOf(error)));
  return Promise.race([answer, timeOut]);
}

function failedAnswer(problem: string): ModelAnswer {
  return {
    status: 'failed',
    tier: 'learned',
    model: 'none',
    judgement: null,
    confidence: 0,
    fields: [],
    reasons: [],
    doubts: [problem],
    usage: NO_USAGE,
    ...{ cites: null, attempts: [], cap: null },
  };
}
