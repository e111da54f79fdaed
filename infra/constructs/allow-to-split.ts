import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * What a distributed Map needs of its own machine: to start its items, to look at them and to stop them. The name is fixed,
 * because a machine that refers to itself would go round in a circle.
 */
export function allowToSplit(machine: StateMachine, name: string): void {
  const arnOf = (resource: string, resourceName: string): string =>
    Stack.of(machine).formatArn({
      ...{ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME },
    });
  machine.addToRolePolicy(
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [arnOf('stateMachine', name)] }),
  );
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
      resources: [arnOf('execution', `${name}/*`)],
    }),
  );
}
