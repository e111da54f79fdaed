import { Annotations, type Stack } from 'aws-cdk-lib';
import type { Workflow } from '../shared/authoring/index.ts';
import type { DeploymentSettings } from './settings.ts';

export interface Addressed {
  readonly workflows: readonly Pick<Workflow, 'id' | 'team'>[];
  readonly settings: Pick<DeploymentSettings, 'mailFrom' | 'mailDomain' | 'inboundMailDomain'>;
  /** The account of the credentials that the CDK command found; null where it found none, and on one machine. */
  readonly account: string | null;
}

/**
 * Domains below `.example` belong to nobody: with them in a real account no mail leaves, and every question ends as a no. The CDK
 * command goes no further where it has an account, and warns where it has none.
 */
export function refuseMadeUpAddresses(stack: Stack, addressed: Addressed): void {
  const found = madeUp(addressed);
  if (found.length === 0) return;
  const sentence = `A real account cannot send or receive mail at made-up domains (.example): ${found.join('; ')}.`;
  if (addressed.account === null) Annotations.of(stack).addWarningV2('remit:made-up-addresses', sentence);
  else Annotations.of(stack).addError(sentence);
}

function madeUp({ workflows, settings }: Addressed): readonly string[] {
  const names = (['mailFrom', 'mailDomain', 'inboundMailDomain'] as const).filter((name) => isMadeUp(settings[name]));
  const teams = workflows.flatMap(({ id, team }) => (addressesOf(team).some(isMadeUp) ? [id] : []));
  return [
    ...(names.length === 0 ? [] : [`set ${names.map((name) => `remit:${name}`).join(', ')} in cdk.json`]),
    ...(teams.length === 0
      ? []
      : [`name the people under team in the workflow.ts of ${teams.join(', ')}, or take it out of agents/index.ts`]),
  ];
}

function addressesOf({ owner, approvers, nextApprovers, roles }: Workflow['team']): readonly string[] {
  const named = [...approvers, ...nextApprovers].filter((rule) => typeof rule === 'string');
  return [owner, ...named, ...Object.values(roles).flat()];
}

function isMadeUp(address: string): boolean {
  return /(^|[@.])example$/i.test(address);
}
