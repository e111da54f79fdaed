import { CfnResource, type Stack } from 'aws-cdk-lib';

/** What CloudFormation takes in one stack. */
export const MOST_RESOURCES = 500;

/**
 * Ends the synthesis with a sentence where a stack has more resources than can be deployed.
 * @param remedy what to do, as it follows a colon.
 */
export function refuseTooManyResources(stack: Stack, remedy: string): void {
  stack.node.addValidation({
    validate: () => {
      const count = resourcesOf(stack);
      if (count <= MOST_RESOURCES) return [];
      return [
        `The stack ${stack.stackName} would have ${count} resources, and CloudFormation takes ${MOST_RESOURCES}: ${remedy}.`,
      ];
    },
  });
}

function resourcesOf(stack: Stack): number {
  return stack.node.findAll().filter((node) => CfnResource.isCfnResource(node) && node.stack === stack).length;
}
