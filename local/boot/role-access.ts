import type { Iam, RoleUsage } from '../iam/index.ts';
import type { Resource } from '../template/index.ts';

/** What a role was allowed and did, with the functions and state machines that act as it. */
export interface RoleAccess extends RoleUsage {
  readonly principals: readonly string[];
}

export function roleAccess(iam: Iam, resources: readonly Resource[]): readonly RoleAccess[] {
  return iam.usage().map((usage) => ({
    ...usage,
    principals: resources.filter((resource) => roleOf(resource) === usage.roleArn).map(nameOf),
  }));
}

function roleOf({ type, properties }: Resource): unknown {
  if (type === 'AWS::Lambda::Function') return properties['Role'];
  return type === 'AWS::StepFunctions::StateMachine' ? properties['RoleArn'] : null;
}

function nameOf({ physicalId }: Resource): string {
  return physicalId.slice(physicalId.lastIndexOf(':') + 1);
}
