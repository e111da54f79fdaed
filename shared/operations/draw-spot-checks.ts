import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { SpotCheck, SpotDraw, Versions } from '../contracts/index.ts';
import { dayOf } from '../domain/caps.ts';
import { type Drawn, drawCases } from '../domain/spot-checks/draw.ts';
import { firstDayOf } from '../domain/spot-checks/figures.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type Executions,
  type Ids,
  type RecordStore,
  type SettingsStore,
  type Telemetry,
} from '../ports/index.ts';
import { commitGovernance } from './autonomy/commit-governance.ts';
import { ownSettings } from './current-settings.ts';
import { eachWorkflow } from './each-workflow.ts';
import { operation } from './operation.ts';
import { candidatesOf } from './spot-checks/candidates-of.ts';
import { MOST_CHECKS } from './spot-checks/read-figures.ts';

export interface DrawSpotChecksPorts {
  readonly workflows: readonly Workflow[];
  readonly cases: CaseStore;
  readonly records: RecordStore;
  readonly settings: SettingsStore;
  readonly versionsOf: (workflow: string) => Versions;
  /** Of the machine `ask`. */
  readonly askExecutions: Executions;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** Days that are over and are drawn from where that was missed before. */
const DAYS_BACK = 3;
const DAY_MS = 86_400_000;

/** A day at the most, so that people can look at all of it, and all of it fits into one transaction. */
const MOST_A_DAY = 40;

/**
 * Draws from what was done without a person on the days that are over, each day once, and asks people whether it was
 * right. The cases stay closed. What is drawn is on record, with its probabilities, before anybody is asked; a question
 * that could not be put is put by the next run.
 * @throws once all workflows were looked at, when one of them failed.
 */
export const drawSpotChecks = operation({
  name: 'draw-spot-checks',
  input: z.object({}),
  async run(ports: DrawSpotChecksPorts): Promise<{ readonly drawn: number }> {
    let drawn = 0;
    await eachWorkflow(ports, { failed: 'draw-failed', problem: 'could not be drawn from' }, async (workflow) => {
      if (workflow.rollout.spotCheckShare > 0) drawn += await drawOf(ports, workflow);
    });
    return { drawn };
  },
});

async function drawOf(ports: DrawSpotChecksPorts, workflow: Workflow): Promise<number> {
  const { records, clock } = ports;
  const nowMs = clock.nowMs();
  const days = Array.from({ length: DAYS_BACK }, (_, at) => dayOf(nowMs - (at + 1) * DAY_MS)).toReversed();
  const [first = ''] = days;
  const draws = await records.spotDraws({ workflow: workflow.id, sinceDay: firstDayOf(nowMs) });
  const known = draws.length === 0 ? [] : await records.spotChecks({ workflow: workflow.id, limit: MOST_CHECKS });
  const isDrawn = new Set(draws.map(({ day }) => day));
  const fresh: SpotCheck[] = [];
  for (const day of days.filter((one) => !isDrawn.has(one))) {
    fresh.push(...(await drawDay(ports, workflow, { day, known: [...known, ...fresh] })));
  }
  const waiting = known.filter(({ state, day }) => state === 'open' && day >= first);
  for (const { caseId } of [...waiting, ...fresh]) {
    const input = { caseId, kind: 'spot-check', actionId: null, problem: null };
    await ports.askExecutions.start(`${caseId}-spot-check`, input);
  }
  ports.telemetry.log('spot-checks-drawn', { workflow: workflow.id, drawn: fresh.length });
  return fresh.length;
}

/** @returns nothing where there was nothing to draw from, or another run was first. */
async function drawDay(
  ports: DrawSpotChecksPorts,
  workflow: Workflow,
  { day, known }: { readonly day: string; readonly known: readonly SpotCheck[] },
): Promise<readonly SpotCheck[]> {
  const candidates = await candidatesOf(ports, workflow, day);
  if (candidates.length === 0) return [];
  const share = workflow.rollout.spotCheckShare;
  const seed = ports.ids.linkSecret();
  const drawn = drawCases(candidates, {
    ...{ share, seed, most: MOST_A_DAY },
    checked: (segment, version) =>
      known.filter((one) => one.isRight !== null && one.segment === segment && one.version === version).length,
  });
  const draw = { workflow: workflow.id, day, drawnAtMs: ports.clock.nowMs(), seed, share, strata: [...drawn.strata] };
  const checks = drawn.cases.map((one) => checkOf(draw, one));
  try {
    await write(ports, workflow, draw, checks);
    return checks;
  } catch (error) {
    if (error instanceof ConflictError && error.kind === 'draw-exists') return [];
    throw error;
  }
}

async function write(
  { cases, settings, versionsOf }: DrawSpotChecksPorts,
  workflow: Workflow,
  draw: SpotDraw,
  checks: readonly SpotCheck[],
): Promise<void> {
  const own = await ownSettings(settings, workflow);
  const { day, seed, share, strata, drawnAtMs: atMs } = draw;
  const drawn = checks.map(({ caseId, probability }) => ({ caseId, probability }));
  await commitGovernance(cases, own.settings, versionsOf(workflow.id).workflow, {
    atMs,
    events: [{ type: 'spot-checks-drawn', day, seed, share, strata, cases: drawn }],
    spotDraw: { draw, checks },
  });
}

function checkOf(draw: SpotDraw, { caseId, segment, version, band, probability }: Drawn['cases'][number]): SpotCheck {
  return {
    ...{ caseId: caseId as SpotCheck['caseId'], workflow: draw.workflow, segment, version, band, probability },
    ...{ day: draw.day, drawnAtMs: draw.drawnAtMs, state: 'open', by: null, proof: null, checkedAtMs: null },
    ...{ isRight: null, fields: [], revision: 0 },
  };
}
