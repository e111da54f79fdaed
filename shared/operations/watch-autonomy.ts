import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { Versions } from '../contracts/index.ts';
import { lookAtRecord } from './autonomy/look-at-record.ts';
import { type ProposePorts, proposePromotions } from './autonomy/propose-promotions.ts';
import { stepBackIfDue } from './autonomy/step-back-if-due.ts';
import { type TellOfAutonomyPorts, tellOfAutonomy } from './autonomy/tell-of-autonomy.ts';
import { type WarnPorts, warnReviewers } from './autonomy/warn-reviewers.ts';
import { eachWorkflow } from './each-workflow.ts';
import { operation } from './operation.ts';
import { askSecondReviewers } from './second-reviews/ask-second-reviewers.ts';

export type WatchAutonomyPorts = ProposePorts &
  TellOfAutonomyPorts &
  WarnPorts & {
    readonly workflows: readonly Workflow[];
    readonly versionsOf: (workflow: string) => Versions;
  };

export interface Watched {
  readonly proposed: number;
  readonly steppedBack: number;
  readonly told: number;
}

/**
 * Looks at the record of every segment of every workflow: takes a phase where too much went wrong, proposes one to the
 * owner where the numbers pass the gates, and tells people of both. It has no way to give autonomy by itself.
 * @throws once all workflows were looked at, when one of them failed.
 */
export const watchAutonomy = operation({
  name: 'watch-autonomy',
  input: z.object({}),
  async run(ports: WatchAutonomyPorts): Promise<Watched> {
    const watched: Watched[] = [];
    await eachWorkflow(ports, { failed: 'watch-failed', problem: 'could not be watched' }, async (workflow) => {
      watched.push(await watchOne(ports, workflow));
    });
    const sum = (of: keyof Watched): number => watched.reduce((total, one) => total + one[of], 0);
    return { proposed: sum('proposed'), steppedBack: sum('steppedBack'), told: sum('told') };
  },
});

async function watchOne(ports: WatchAutonomyPorts, workflow: Workflow): Promise<Watched> {
  const { workflow: version } = ports.versionsOf(workflow.id);
  const due = await lookAtRecord(ports, workflow, version);
  let steppedBack = 0;
  for (const segment of due.stepBack) {
    if ((await stepBackIfDue(ports, workflow, { segment, version })) !== null) steppedBack += 1;
  }
  const proposed = due.proposals ? await proposePromotions(ports, workflow, version) : 0;
  if (due.warnings) await warnReviewers(ports, workflow, version);
  const hasNews = due.news || due.warnings || steppedBack > 0;
  const told = hasNews ? await tellOfAutonomy(ports, workflow) : 0;
  await askSecondReviewers(ports, workflow);
  return { proposed, steppedBack, told };
}
