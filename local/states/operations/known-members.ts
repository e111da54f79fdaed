import { notBuilt } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';

/** Makes every operation refuse a member by name that it would have to ignore. */
export function withKnownMembersOnly(operations: Readonly<Record<string, Operation>>): Record<string, Operation> {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, checked(name, operation)]));
}

function checked(name: string, operation: Operation): Operation {
  const known = new Set(MEMBERS[name]?.split(' '));
  const check = (input: JsonObject): void => {
    const unknown = Object.keys(input).find((member) => !known.has(member));
    if (unknown !== undefined) throw notBuilt('Step Functions', `${name} parameter ${unknown}`);
  };
  return {
    permissions: (input) => {
      check(input);
      return operation.permissions(input);
    },
    run: (input, caller) => {
      check(input);
      return operation.run(input, caller);
    },
  };
}

/** As in the API's reference, without encryptionConfiguration: there are no keys here. */
const MEMBERS: Readonly<Record<string, string>> = {
  CreateActivity: 'name tags',
  CreateStateMachine:
    'name definition roleArn type loggingConfiguration tags tracingConfiguration publish versionDescription',
  CreateStateMachineAlias: 'description name routingConfiguration',
  DeleteActivity: 'activityArn',
  DeleteStateMachine: 'stateMachineArn',
  DeleteStateMachineAlias: 'stateMachineAliasArn',
  DeleteStateMachineVersion: 'stateMachineVersionArn',
  DescribeActivity: 'activityArn',
  DescribeExecution: 'executionArn includedData',
  DescribeMapRun: 'mapRunArn',
  DescribeStateMachine: 'stateMachineArn includedData',
  DescribeStateMachineAlias: 'stateMachineAliasArn',
  DescribeStateMachineForExecution: 'executionArn includedData',
  GetActivityTask: 'activityArn workerName',
  GetExecutionHistory: 'executionArn maxResults reverseOrder nextToken includeExecutionData',
  ListActivities: 'maxResults nextToken',
  ListExecutions: 'stateMachineArn statusFilter maxResults nextToken mapRunArn redriveFilter',
  ListMapRuns: 'executionArn maxResults nextToken',
  ListStateMachineAliases: 'stateMachineArn nextToken maxResults',
  ListStateMachines: 'maxResults nextToken',
  ListStateMachineVersions: 'stateMachineArn nextToken maxResults',
  ListTagsForResource: 'resourceArn',
  PublishStateMachineVersion: 'stateMachineArn revisionId description',
  RedriveExecution: 'executionArn clientToken',
  SendTaskFailure: 'taskToken error cause',
  SendTaskHeartbeat: 'taskToken',
  SendTaskSuccess: 'taskToken output',
  StartExecution: 'stateMachineArn name input traceHeader',
  StartSyncExecution: 'stateMachineArn name input traceHeader includedData',
  StopExecution: 'executionArn error cause',
  TagResource: 'resourceArn tags',
  TestState:
    'definition roleArn input inspectionLevel revealSecrets variables stateName mock context stateConfiguration',
  UntagResource: 'resourceArn tagKeys',
  UpdateMapRun: 'mapRunArn maxConcurrency toleratedFailurePercentage toleratedFailureCount',
  UpdateStateMachine:
    'stateMachineArn definition roleArn loggingConfiguration tracingConfiguration publish versionDescription',
  UpdateStateMachineAlias: 'stateMachineAliasArn description routingConfiguration',
  ValidateStateMachineDefinition: 'definition type severity maxResults',
};
