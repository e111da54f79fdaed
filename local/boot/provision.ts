import { AwsError } from '../kernel/errors.ts';
import { BootError, type Resource } from '../template/index.ts';
import { provisionHttpApi } from './provision-http-api.ts';
import { provisionIam } from './provision-iam.ts';
import { provisionKeeping } from './provision-keeping.ts';
import { provisionLambda } from './provision-lambda.ts';
import { provisionMessaging } from './provision-messaging.ts';
import { provisionStates } from './provision-states.ts';
import type { Provision, Stack } from './stack.ts';

const PROVISIONS: Readonly<Record<string, Provision>> = {
  ...provisionIam,
  ...provisionKeeping,
  ...provisionLambda,
  ...provisionMessaging,
  ...provisionStates,
  ...provisionHttpApi,
};

/** Makes all resources of the stack. Throws BootError naming the first that cannot be made. */
export function provisionStack(stack: Stack): void {
  for (const resource of rolesFirst(stack.resources)) {
    const provision = PROVISIONS[resource.type];
    if (provision === undefined) {
      throw new BootError(`The local runtime cannot make ${resource.type} (resource ${resource.logicalId}).`);
    }
    try {
      provision(resource, stack);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new BootError(`The resource ${resource.logicalId} (${resource.type}) cannot be made: ${error.message}`);
    }
  }
}

/** Names are known beforehand, so roles can come before what they speak of; trust is checked when they are used. */
function rolesFirst(resources: readonly Resource[]): readonly Resource[] {
  const isRole = (resource: Resource): boolean => resource.type === 'AWS::IAM::Role';
  return [...resources.filter(isRole), ...resources.filter((resource) => !isRole(resource))];
}
