import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { type Case, type Phase, Reader, type Settings, type Versions } from '../../contracts/index.ts';
import { phaseUnder, segmentKey, segmentsOf, segmentTitle } from '../../domain/phase-changes.ts';
import { mayRead } from '../../domain/team-members.ts';
import type { CaseStore, SettingsStore } from '../../ports/index.ts';
import { currentSettings } from '../current-settings.ts';
import { operation } from '../operation.ts';

export interface StandingPorts {
  readonly cases: Pick<CaseStore, 'list'>;
  readonly versionsOf: (workflow: string) => Versions;
}

export interface ReadStandingsPorts extends StandingPorts {
  readonly workflows: readonly Workflow[];
  readonly settings: Pick<SettingsStore, 'get'>;
}

/** How one workflow stands, at a glance. */
export interface Standing {
  readonly workflow: Workflow;
  readonly paused: boolean;
  readonly phases: readonly { readonly segment: string; readonly title: string; readonly phase: Phase }[];
  readonly latest: LatestCases;
}

/** What became of the newest cases: closed and nobody was asked, closed after somebody was, not closed yet. */
export interface LatestCases {
  readonly cases: number;
  readonly alone: number;
  readonly withPeople: number;
  readonly open: number;
  readonly costUsd: number;
}

/** Cases of a workflow that are looked at, newest first: one query's worth. */
const MOST_LOOKED_AT = 50;

/** The workflows that somebody may read, in the order in which they are defined. */
export const readStandings = operation({
  name: 'read-standings',
  input: z.object({ reader: Reader }),
  run: (ports: ReadStandingsPorts, { reader }): Promise<readonly Standing[]> =>
    Promise.all(
      ports.workflows
        .filter((one) => mayRead(one, reader))
        .map(async (one) => standingOf(ports, one, await currentSettings(ports.settings, one))),
    ),
});

export async function standingOf(
  { cases, versionsOf }: StandingPorts,
  workflow: Workflow,
  settings: Settings,
): Promise<Standing> {
  const { items } = await cases.list({ workflow: workflow.id, state: null, limit: MOST_LOOKED_AT, after: null });
  const { workflow: version } = versionsOf(workflow.id);
  const phases = segmentsOf(workflow).map((segment) => ({
    ...{ segment: segmentKey(segment), title: segmentTitle(workflow, segment) },
    phase: phaseUnder(settings, workflow, { segment, version }),
  }));
  return { workflow, paused: settings.paused, phases, latest: latestOf(items) };
}

function latestOf(cases: readonly Case[]): LatestCases {
  const closed = cases.filter(({ state }) => state === 'closed');
  const alone = closed.filter(({ personAsked }) => !personAsked).length;
  return {
    ...{ cases: cases.length, alone, withPeople: closed.length - alone, open: cases.length - closed.length },
    costUsd: cases.reduce((sum, { usage }) => sum + usage.costUsd, 0),
  };
}
