import { BootError } from '../template/boot-error.ts';
import { parsePolicy, type Statement } from './policy.ts';

/** The statements of a policy that AWS manages. Throws BootError for one that the local runtime does not know. */
export function managedPolicy(arn: string): readonly Statement[] {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const actions = ACTIONS[name];
  if (actions === undefined) throw new BootError(`The local runtime does not know the managed policy ${arn}.`);
  return parsePolicy({ Statement: { Effect: 'Allow', Action: [...actions], Resource: '*' } }, arn);
}

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** The AWS managed policies that the CDK attaches to functions, as AWS publishes them. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  AWSLambdaBasicExecutionRole: LOGS,
  AWSLambdaSQSQueueExecutionRole: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS],
  AWSXRayDaemonWriteAccess: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
};
