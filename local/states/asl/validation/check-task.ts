import type { Json, JsonObject } from '../../../kernel/service.ts';
import { canCall } from '../../integrations/call-task.ts';
import type { QueryLanguage } from '../definition.ts';
import { isObject } from '../definition.ts';
import type { TaskResource } from '../resource.ts';
import { parseResource } from '../resource.ts';
import type { ValidationContext } from './check-flow.ts';
import { checkExclusive, checkInteger } from './check-values.ts';
import type { Report } from './report.ts';

const LONGEST_SECONDS = 99_999_999;

/** The fields of a Task state: its resource and what it is given, and how long it may take. */
export function checkTask(
  state: JsonObject,
  language: QueryLanguage,
  location: string,
  context: ValidationContext,
): void {
  const { report } = context;
  const arn = state['Resource'];
  if (arn !== undefined) {
    const resource = checkResource(arn, `${location}/Resource`, context);
    if (resource !== null) checkArguments(state, language, resource, location, report);
  }
  for (const field of ['TimeoutSeconds', 'HeartbeatSeconds']) {
    checkExclusive(state, field, `${field}Path`, location, report);
    checkInteger(state[field], { min: 1, max: LONGEST_SECONDS }, `${location}/${field}`, report);
  }
  checkHeartbeat(state, location, report);
  checkCredentials(state, `${location}/Credentials`, report);
}

function checkHeartbeat(state: JsonObject, location: string, report: Report): void {
  const [heartbeat, timeout] = [state['HeartbeatSeconds'], state['TimeoutSeconds']];
  if (typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout) {
    report.error(location, 'HeartbeatSeconds must be smaller than TimeoutSeconds');
  }
}

/** Null where there is something wrong with it. */
function checkResource(arn: Json, location: string, { type, report }: ValidationContext): TaskResource | null {
  if (typeof arn !== 'string' || !arn.startsWith('arn:')) {
    report.error(location, 'Value is not a valid resource ARN');
    return null;
  }
  const resource = parseResource(arn);
  if (resource === null || !canCall(resource)) {
    report.error(
      location,
      `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
    );
    return null;
  }
  if (type === 'EXPRESS') checkExpress(resource, location, report);
  return resource;
}

function checkExpress(resource: TaskResource, location: string, report: Report): void {
  if (resource.kind === 'activity') report.error(location, 'Express state machine does not support Activity ARN');
  if (resource.kind !== 'service') return;
  // AWS has a blank too many after the first of the two texts.
  if (resource.pattern === 'token')
    report.error(location, "Express state machine does not support '.waitForTaskToken' service integration ");
  else if (resource.pattern !== 'request')
    report.error(location, "Express state machine does not support '.sync' service integration");
}

/** Fields without which an optimised integration cannot be called. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:deleteItem': ['TableName', 'Key'],
  'dynamodb:getItem': ['TableName', 'Key'],
  'dynamodb:putItem': ['TableName', 'Item'],
  'dynamodb:updateItem': ['TableName', 'Key'],
  'events:putEvents': ['Entries'],
  'lambda:invoke': ['FunctionName'],
  'sns:publish': ['Message'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'states:startExecution': ['StateMachineArn'],
};

function checkArguments(
  state: JsonObject,
  language: QueryLanguage,
  resource: TaskResource,
  location: string,
  report: Report,
): void {
  if (resource.kind !== 'service') return;
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const given = state[field];
  if (given === undefined) {
    report.error(location, `${field} field is required for resource ARN: ${String(state['Resource'])}`);
    return;
  }
  if (!isObject(given)) return;
  for (const name of REQUIRED[`${resource.resourceType}:${resource.operation}`] ?? []) {
    if (given[name] === undefined && given[`${name}.$`] === undefined)
      report.error(`${location}/${field}`, `The field '${name}' is required but was missing`);
  }
}

/** The role with which a task would make its call, in place of the machine's own. */
function checkCredentials(state: JsonObject, location: string, report: Report): void {
  const credentials = state['Credentials'];
  if (credentials === undefined) return;
  if (parseResource(String(state['Resource']))?.kind === 'activity')
    report.error(location, "The field 'Credentials' is not supported for activities");
  else if (isObject(credentials) && credentials['RoleArn'] === undefined && credentials['RoleArn.$'] === undefined)
    report.error(location, "The field 'RoleArn' is required but was missing");
  else report.error(location, 'The local runtime does not have roles of other accounts');
}
