import * as z from 'zod';
import type { Cap, Workflow } from '../authoring/index.ts';
import { Money, Phase, ShapeOutline, Slug } from '../contracts/index.ts';
import { type BackTest, backTest as backTestPast, type RuleChange } from '../domain/back-test.ts';
import { type ProposedRule, proposeRules } from '../domain/proposed-rules.ts';
import { DAY_MS } from '../domain/shapes.ts';
import { operation } from './operation.ts';
import { type ReadPastPorts, readPast } from './read-past.ts';

const CapInput = z.strictObject({
  id: Slug,
  limit: z.number().min(0),
  /** Left out: as the workflow's cap of that id has it. */
  counts: z.enum(['model-cost', 'effects', 'amount']).optional(),
  per: z.enum(['case', 'day']).optional(),
  actions: z.array(Slug).optional(),
  currency: Money.shape.currency.nullable().optional(),
});

/** A change of a rule as it comes from outside. A predicate is code: of escalation rules, only which of those deployed hold. */
export const RuleChangeInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('confidence'), minimumConfidence: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal('escalation'), without: z.array(Slug).default([]) }),
  z.strictObject({ kind: z.literal('phase'), segment: Slug.nullable().default(null), phase: Phase }),
  z.strictObject({ kind: z.literal('shape'), shape: ShapeOutline, author: z.email().nullable().default(null) }),
  z.strictObject({ kind: z.literal('approve-from'), action: Slug, approveFrom: Money.nullable() }),
  z.strictObject({ kind: z.literal('cap'), cap: CapInput }),
]);
type RuleChangeInput = z.infer<typeof RuleChangeInput>;

const Period = {
  days: z.int().min(1).max(365).default(90),
  maximumCases: z.int().min(1).max(2_000).default(500),
};

export const BackTestRule = z.object({
  workflow: z.string(),
  change: RuleChangeInput,
  ...Period,
  /** Who asks, and is spoken to as "you". */
  reader: z.string().nullable().default(null),
});

export interface BackTestPorts extends ReadPastPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
}

export type BackTestReport =
  | (BackTest & { readonly kind: 'tested'; readonly days: number; readonly stopped: string | null })
  | { readonly kind: 'unknown' | 'unfit'; readonly problem: string };

/** What a change of a rule would have meant for the closed cases of the last days. It reads, and does nothing else. */
export const backTestRule = operation({
  name: 'back-test',
  input: BackTestRule,
  async run(
    ports: BackTestPorts,
    { workflow: id, change: wanted, days, maximumCases, reader },
  ): Promise<BackTestReport> {
    const workflow = ports.findWorkflow(id);
    if (workflow === null) return { kind: 'unknown', problem: `There is no workflow "${id}".` };
    const change = changeOf(workflow, wanted);
    if (typeof change === 'string') return { kind: 'unfit', problem: change };
    const untilMs = ports.clock.nowMs();
    const past = await readPast(ports, workflow, { sinceMs: untilMs - days * DAY_MS, untilMs, maximumCases });
    return { kind: 'tested', days, stopped: past.stopped, ...backTestPast(workflow, past.cases, change, reader) };
  },
});

export const ProposeRules = z.object({ workflow: z.string(), ...Period });

/** Rules that repeated refusals speak for, each with its back-test; null for a workflow that there is not. */
export const proposeWorkflowRules = operation({
  name: 'propose-rules',
  input: ProposeRules,
  async run(
    ports: BackTestPorts,
    { workflow: id, days, maximumCases }: z.infer<typeof ProposeRules>,
  ): Promise<{
    readonly rules: readonly ProposedRule[];
    readonly days: number;
    readonly stopped: string | null;
  } | null> {
    const workflow = ports.findWorkflow(id);
    if (workflow === null) return null;
    const untilMs = ports.clock.nowMs();
    const past = await readPast(ports, workflow, { sinceMs: untilMs - days * DAY_MS, untilMs, maximumCases });
    return { rules: proposeRules(workflow, past.cases, untilMs), days, stopped: past.stopped };
  },
});

/** The change in terms of the workflow, or what is wrong with it. */
function changeOf(workflow: Workflow, change: RuleChangeInput): RuleChange | string {
  switch (change.kind) {
    case 'confidence':
      return change;
    case 'escalation': {
      const strange = change.without.find((rule) => workflow.escalation.every(({ id }) => id !== rule));
      const escalation = workflow.escalation.filter(({ id }) => !change.without.includes(id));
      return strange === undefined ? { kind: 'escalation', escalation } : `It has no escalation rule "${strange}".`;
    }
    case 'phase': {
      const isKnown = change.segment === null || workflow.segments.some(({ id }) => id === change.segment);
      return isKnown ? change : `It has no segment "${change.segment}".`;
    }
    case 'shape':
      return workflow.actions[change.shape.action] === undefined
        ? `It has no action "${change.shape.action}".`
        : change;
    case 'approve-from':
      return workflow.actions[change.action] === undefined ? `It has no action "${change.action}".` : change;
    case 'cap': {
      const cap = capOf(workflow, change.cap);
      return typeof cap === 'string' ? cap : { kind: 'cap', cap };
    }
  }
}

function capOf({ caps, actions: known }: Workflow, given: z.infer<typeof CapInput>): Cap | string {
  const declared = caps.find(({ id }) => id === given.id);
  const counts = given.counts ?? declared?.counts;
  const per = given.per ?? declared?.per;
  if (counts === undefined || per === undefined) {
    return `It has no cap "${given.id}": say what it counts (counts) and over what (per).`;
  }
  const actions = given.actions ?? declared?.actions ?? [];
  const strange = actions.find((action) => known[action] === undefined);
  if (strange !== undefined) return `It has no action "${strange}".`;
  const currency = given.currency ?? declared?.currency ?? null;
  if (counts === 'amount' && currency === null) return `The cap "${given.id}" sums amounts: say in which currency.`;
  return { id: given.id, counts, per, limit: given.limit, actions, currency };
}
