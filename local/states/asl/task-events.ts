import type { Json, JsonObject } from '../../kernel/service.ts';
import { limitedText } from './data-size.ts';
import type { TaskState } from './definition.ts';
import type { TaskResource } from './resource.ts';
import type { Step } from './step.ts';
import type { ScheduledCall } from './strand.ts';

/** The events of a task's life: their names and details differ between functions, activities and services. */
export interface TaskEvents {
  scheduled(step: Step<TaskState>, call: ScheduledCall, timeouts: TaskTimeouts, region: string): void;
  started(step: Step<TaskState>, workerName?: string | null): void;
  submitted(step: Step<TaskState>, output: Json): void;
  succeeded(step: Step<TaskState>, output: Json): void;
  failed(step: Step<TaskState>, error: string | null, cause: string | null): void;
  timedOut(step: Step<TaskState>): void;
}

export interface TaskTimeouts {
  readonly timeoutSeconds: number | null;
  readonly heartbeatSeconds: number | null;
}

export function taskEvents(resource: TaskResource): TaskEvents {
  switch (resource.kind) {
    case 'lambda-function':
      return plainEvents('LambdaFunction', resource.arn);
    case 'activity':
      return plainEvents('Activity', resource.arn);
    case 'service':
      return serviceEvents({ resourceType: resource.resourceType, resource: resource.resource });
  }
}

const NOT_TRUNCATED: JsonObject = { truncated: false };

function plainEvents(prefix: 'LambdaFunction' | 'Activity', arn: string): TaskEvents {
  return {
    scheduled(step, call, timeouts) {
      const shown = { resource: arn, input: JSON.stringify(call.input), inputDetails: NOT_TRUNCATED };
      step.log(`${prefix}Scheduled`, { ...shown, ...timeoutDetails(timeouts) });
      if (prefix === 'LambdaFunction') step.log('LambdaFunctionStarted');
    },
    started(step, workerName) {
      if (prefix === 'Activity') step.log('ActivityStarted', typeof workerName === 'string' ? { workerName } : {});
    },
    submitted() {},
    succeeded(step, output) {
      step.log(`${prefix}Succeeded`, outputDetails(step, output));
    },
    failed(step, error, cause) {
      step.log(`${prefix}Failed`, errorDetails(error, cause));
    },
    timedOut(step) {
      step.log(`${prefix}TimedOut`, { error: 'States.Timeout' });
    },
  };
}

function serviceEvents(shown: JsonObject): TaskEvents {
  return {
    scheduled(step, call, timeouts, region) {
      step.log('TaskScheduled', {
        ...shown,
        region,
        parameters: JSON.stringify(call.input),
        ...timeoutDetails(timeouts),
      });
      step.log('TaskStarted', shown);
    },
    started() {},
    submitted(step, output) {
      step.log('TaskSubmitted', { ...shown, ...outputDetails(step, output) });
    },
    succeeded(step, output) {
      step.log('TaskSucceeded', { ...shown, ...outputDetails(step, output) });
    },
    failed(step, error, cause) {
      step.log('TaskFailed', { ...shown, ...errorDetails(error, cause) });
    },
    timedOut(step) {
      step.log('TaskTimedOut', { ...shown, error: 'States.Timeout' });
    },
  };
}

function timeoutDetails(timeouts: TaskTimeouts): JsonObject {
  return {
    ...(timeouts.timeoutSeconds === null ? {} : { timeoutInSeconds: timeouts.timeoutSeconds }),
    ...(timeouts.heartbeatSeconds === null ? {} : { heartbeatInSeconds: timeouts.heartbeatSeconds }),
  };
}

function outputDetails(step: Step<TaskState>, output: Json): JsonObject {
  return { output: limitedText(output, step.state.name), outputDetails: NOT_TRUNCATED };
}

function errorDetails(error: string | null, cause: string | null): JsonObject {
  return { ...(error === null ? {} : { error }), ...(cause === null ? {} : { cause }) };
}
