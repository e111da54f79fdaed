import { createHash } from 'node:crypto';
import { Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnStateMachine, CfnStateMachineVersion, type StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * Publishes the machine as it is in this deploy. What is called by the version's ARN stays as it is for good: a changed
 * machine becomes a version beside the old one, which no deploy deletes.
 */
export function publishMachine(machine: StateMachine): CfnStateMachineVersion {
  const version = new CfnStateMachineVersion(machine, 'Version', { stateMachineArn: machine.stateMachineArn });
  version.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const stack = Stack.of(machine);
  const name = String(stack.resolve(version.logicalId));
  // CloudFormation publishes only what is new to it by name. The versions that the machine calls are known at the end.
  version.overrideLogicalId(Lazy.uncachedString({ produce: () => `${name}${fingerprint(machine, stack)}` }));
  return version;
}

/** Of all that a version fixes: definition, called versions, role and logging. */
function fingerprint(machine: StateMachine, stack: Stack): string {
  const { defaultChild: resource } = machine.node;
  if (!(resource instanceof CfnStateMachine)) throw new Error(`${machine.node.path} is no state machine of its own`);
  const { definitionString, definitionSubstitutions, roleArn, loggingConfiguration } = resource;
  const fixed: unknown = stack.resolve([definitionString, definitionSubstitutions, roleArn, loggingConfiguration]);
  return createHash('sha256').update(JSON.stringify(fixed)).digest('hex').slice(0, 32);
}
