import type { App, Stack } from 'aws-cdk-lib';
import type { Workflow } from '../shared/authoring/index.ts';
import { AlarmsStack, alarmsStackOf } from './alarms-stack.ts';
import { refuseMadeUpAddresses } from './made-up-addresses.ts';
import { RemitStack } from './remit-stack.ts';
import { refuseTooManyResources } from './resource-limit.ts';
import type { DeploymentSettings } from './settings.ts';
import type { DeployedVersions } from './versions.ts';

export interface Deployment {
  readonly workflows: readonly Workflow[];
  readonly settings: DeploymentSettings;
  readonly versions: DeployedVersions;
  /** Of the credentials that it is deployed with; default: none is known, as on one machine. */
  readonly account?: string | null;
}

/** All stacks of one deployment, in the order in which they are deployed. */
export function addStacks(app: App, { workflows, settings, versions, account = null }: Deployment): readonly Stack[] {
  const remit = new RemitStack(app, 'Remit', {
    description: 'Remit: autonomous agents for business workflows, inside the limits that a team sets.',
    ...{ workflows, settings, versions },
  });
  refuseTooManyResources(
    remit,
    'give some workflows a deployment of their own, in another account or region (agents/index.ts says which are in this one)',
  );
  refuseMadeUpAddresses(remit, { workflows, settings, account });
  const { alarmStacks: count, leastDecisions } = settings;
  const stacks: Stack[] = [remit];
  for (let number = 1; number <= count; number += 1) {
    // A stack without resources is none.
    if (number > 1 && !workflows.some(({ id }) => alarmsStackOf(id, count) === number)) continue;
    const alarms = new AlarmsStack(app, number === 1 ? 'RemitAlarms' : `RemitAlarms${number}`, {
      description: 'Remit: the alarms of its workflows, and whom they are mailed to.',
      ...{ workflows, watched: remit.watched, leastDecisions, number, count },
    });
    // An alarm has one name: the stack that hands it on is deployed before the one that takes it over.
    const [before] = stacks.slice(-1);
    if (before !== undefined) alarms.addStackDependency(before);
    refuseTooManyResources(alarms, `set remit:alarmStacks in cdk.json to ${count + 1} and deploy all stacks`);
    stacks.push(alarms);
  }
  return stacks;
}
