import * as z from 'zod';
import type { Agent, Workflow } from '../authoring/index.ts';
import { JsonObject, Slug, type TurnResult } from '../contracts/index.ts';
import { messageOf } from '../domain/message-of.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { ModelAnswer, Models, Sources, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
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
  readonly telemetry: Telemetry;
}

/** Left of the agent's time for writing the answer down. */
const RESERVE_MS = 500;

/**
 * One agent's run: reads its sources in parallel, then asks the models. It only reads and answers; what happens in it,
 * time-out included, comes back as a result and is recorded by the step that judges it.
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
    const readings = await readSources(ports, { workflow, sources: agent.sources, input, deadlineMs });
    const purse = purseOf(ports, workflow, { workflow: workflow.id, caseId: pinned.caseId });
    const answer = await inTime(ports, deadlineMs, agent, () =>
      ports.models.judge({ workflow, agent, input, readings, notes: pinned.notes, handOver, deadlineMs, purse }),
    );
    const tookMs = ports.clock.nowMs() - startedAtMs;
    ports.telemetry.log('turn-finished', {
      caseId: pinned.caseId,
      agent: agentId,
      status: answer.status,
      tier: answer.tier,
      tookMs,
    });
    return { agent: agent.id, ...answer, readings: [...readings], startedAtMs, tookMs };
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
