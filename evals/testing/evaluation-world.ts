import { existsSync, readFileSync } from 'node:fs';
import type * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import { EvaluationId, EvaluationWish } from '../../shared/contracts/index.ts';
import type { Clock, EvaluationStore } from '../../shared/ports/index.ts';
import { type EvaluateStep, evaluate } from '../machine/evaluate.ts';
import type { EvaluatePorts } from '../machine/evaluate-ports.ts';
import type { Planned } from '../machine/plan-evaluation.ts';
import type { Summed } from '../machine/sum-up-evaluation.ts';
import { noTelemetry } from '../run/replay-ports.ts';

const VERSIONS = { workflow: 'w', code: 'c' };

export interface World {
  readonly ports: EvaluatePorts;
  readonly id: EvaluationId;
  readonly step: <T>(input: StepInput) => Promise<T>;
  /** All steps, in the order of the state machine. */
  readonly whole: () => Promise<Summed>;
}

type StepInput = DistributedOmit<z.input<typeof EvaluateStep>, 'evaluationId'>;
type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface WorldOptions {
  readonly workflow: Workflow;
  readonly evaluations: EvaluationStore;
  readonly clock: Clock;
  /** Contents of files in place of those of the project; null for none. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly apiKey?: string | null;
  readonly wish?: Readonly<Record<string, unknown>>;
}

/** An evaluation that was just begun, and its steps as the function runs them. */
export async function evaluationWorld(options: WorldOptions): Promise<World> {
  const { workflow, evaluations, clock, files = {}, apiKey = null, wish = {} } = options;
  const id = EvaluationId.parse('e'.repeat(32));
  const ports: EvaluatePorts = {
    findWorkflow: (asked) => (asked === workflow.id ? workflow : null),
    versionsOf: () => VERSIONS,
    evaluations,
    assets: { read: async (path) => fileOf(files, path) },
    reached: {
      claudeModels: { fast: 'claude-haiku-5-5', smart: 'claude-sonnet-5-5', deep: null },
      // Nobody listens there.
      ...{ baseUrl: 'http://127.0.0.1:9', signer: null },
      secrets: { webhookSecrets: async () => [], anthropicApiKey: async () => apiKey },
    },
    clock,
    telemetry: noTelemetry,
    newSalt: () => 'a salt',
  };
  await evaluations.open({
    ...{ id, wish: EvaluationWish.parse({ workflow: workflow.id, ...wish }), versions: VERSIONS },
    ...{ by: workflow.team.owner, startedAtMs: clock.nowMs(), attempt: 1, state: 'running', outcome: null },
  });
  const step = async <T>(input: StepInput): Promise<T> =>
    (await evaluate.run(ports, evaluate.input.parse({ ...input, evaluationId: id }))) as T;
  const whole = async (): Promise<Summed> => {
    const { problem, folds, slices } = await step<Planned>({ step: 'plan' });
    for (const fold of folds) await step({ step: 'train', fold });
    for (const slice of slices) await step({ step: 'slice', slice });
    return step<Summed>({ step: 'sum-up', attempt: 1, problem });
  };
  return { ports, id, step, whole };
}

function fileOf(files: Readonly<Record<string, string | null>>, path: string): Uint8Array | null {
  const given = files[path];
  if (given !== undefined) return given === null ? null : Buffer.from(given);
  return existsSync(path) ? readFileSync(path) : null;
}
