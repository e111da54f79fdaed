import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { type Case, type Phase, Reader, type Versions } from '../../contracts/index.ts';
import { phaseUnder, segmentKey, segmentsOf, segmentTitle } from '../../domain/phase-changes.ts';
import { mayRead } from '../../domain/team-members.ts';
import type { CaseStore, SettingsStore } from '../../ports/index.ts';
import { currentSettings } from '../current-settings.ts';
import { operation } from '../operation.ts';

export interface ReadStandingsPorts {
  readonly workflows: readonly Workflow[];
  readonly cases: Pick<CaseStore, 'list'>;
  readonly settings: SettingsStore;
  readonly versionsOf: (workflow: string) => Versions;
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

/** The workflows that somebody may read, in the order in which they are defined; `only` one of them where it is named. */
export const readStandings = operation({
  name: 'read-standings',
  input: z.object({ reader: Reader, only: z.string().optional() }),
  run(ports: ReadStandingsPorts, { reader, only }): Promise<readonly Standing[]> {
    const wanted = ports.workflows.filter(({ id }) => only === undefined || id === only);
    return Promise.all(wanted.filter((one) => mayRead(one, reader)).map((one) => standingOf(ports, one)));
  },
});

async function standingOf({ cases, settings, versionsOf }: ReadStandingsPorts, workflow: Workflow): Promise<Standing> {
  const [now, { items }] = await Promise.all([
    currentSettings(settings, workflow),
    cases.list({ workflow: workflow.id, state: null, limit: MOST_LOOKED_AT, after: null }),
  ]);
  const { workflow: version } = versionsOf(workflow.id);
  const phases = segmentsOf(workflow).map((segment) => ({
    ...{ segment: segmentKey(segment), title: segmentTitle(workflow, segment) },
    phase: phaseUnder(now, workflow, { segment, version }),
  }));
  return { workflow, paused: now.paused, phases, latest: latestOf(items) };
}

function latestOf(cases: readonly Case[]): LatestCases {
  const closed = cases.filter(({ state }) => state === 'closed');
  const alone = closed.filter(({ personAsked }) => !personAsked).length;
  return {
    ...{ cases: cases.length, alone, withPeople: closed.length - alone, open: cases.length - closed.length },
    costUsd: cases.reduce((sum, { usage }) => sum + usage.costUsd, 0),
  };
}
