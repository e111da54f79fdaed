import type { JsonObject } from '../../../kernel/service.ts';
import { canCall } from '../../integrations/call-task.ts';
import { parseResource } from '../resource.ts';
import type { ValidationContext } from './check-flow.ts';
import { checkExclusive, checkInteger, isExpression } from './check-values.ts';
import type { Report } from './report.ts';

const LONGEST_SECONDS = 99_999_999;

/** The fields of a Task state: its resource, and how long it may take. */
export function checkTask(state: JsonObject, location: string, context: ValidationContext): void {
  const { report } = context;
  if (state['Resource'] !== undefined) checkResource(state['Resource'], `${location}/Resource`, context);
  for (const field of ['TimeoutSeconds', 'HeartbeatSeconds']) {
    checkExclusive(state, field, `${field}Path`, location, report);
    checkInteger(state[field], { min: 1, max: LONGEST_SECONDS }, `${location}/${field}`, report);
  }
  checkHeartbeat(state, location, report);
  if (state['Credentials'] !== undefined) {
    report.error(`${location}/Credentials`, 'The local runtime does not have roles of other accounts');
  }
}

function checkHeartbeat(state: JsonObject, location: string, report: Report): void {
  const [heartbeat, timeout] = [state['HeartbeatSeconds'], state['TimeoutSeconds']];
  if (typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout) {
    report.error(location, 'HeartbeatSeconds must be smaller than TimeoutSeconds');
  }
}

function checkResource(arn: unknown, location: string, { type, report }: ValidationContext): void {
  if (typeof arn === 'string' && isExpression(arn)) {
    report.error(location, 'The resource of a Task state cannot be an expression');
    return;
  }
  const resource = typeof arn === 'string' ? parseResource(arn) : null;
  if (resource === null || !canCall(resource)) {
    report.error(
      location,
      `The resource provided ${String(arn)} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
    );
    return;
  }
  if (type !== 'EXPRESS') return;
  if (resource.kind === 'activity') report.error(location, 'Express state machine does not support Activity ARN');
  if (resource.kind !== 'service') return;
  // AWS has a blank too many after the first of the two texts.
  if (resource.pattern === 'token')
    report.error(location, "Express state machine does not support '.waitForTaskToken' service integration ");
  else if (resource.pattern !== 'request')
    report.error(location, "Express state machine does not support '.sync' service integration");
}
